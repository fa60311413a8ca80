using System.Text;
using Vkp.Cli.Vendor;
using Vkp.Sandbox;

namespace Vkp.Cli.Up;

/// <summary>The sandbox municipality as a configuration file: what an integrator would write, made for the synthetic people.</summary>
public static class SandboxFile
{
    /// <summary>The number the national samples use for a test municipality.</summary>
    public const string OrgNo = "888134574";

    /// <summary>The patient of the sample submission, known there by a journal system's own number.</summary>
    private const string SampleSystem = "http://cosdoc.dips.no/lopenummer";

    /// <summary>The identifier system the vendors' formats give serial numbers (contracts/vendors/evondos-style).</summary>
    public const string DispenserSystem = "https://example.org/fhir/device-serial";

    /// <param name="fetching">The destination of a second journal system, as a line; null when the first is the only one.</param>
    public static string Write(Uri epj, string? fetching = null)
    {
        var yaml = new StringBuilder();
        yaml.AppendLine("# The sandbox: one municipality, two vendor systems, one journal system, invented people.");
        yaml.AppendLine("municipalities:");
        yaml.AppendLine($"  - orgNo: \"{OrgNo}\"");
        yaml.AppendLine("    name: Eksempel kommune");
        yaml.AppendLine("    policy:");
        yaml.AppendLine("      serviceGate: registry      # off | registry | epj");
        yaml.AppendLine("      journaling:                # each (default) | never");
        yaml.AppendLine("        dose.dispensed: each");
        yaml.AppendLine("    clients:");
        foreach (var client in DemoClient.All) yaml.AppendLine($"      - {{ id: {client.Id}, vendor: {client.Vendor}, vkpId: {client.VkpId}{(client == DemoClient.ResponseCentre ? ", serviceCodes: [ RT, TA, GPS, MD, DHO ]" : "")} }}");
        yaml.AppendLine("    destinations:");
        yaml.AppendLine($"      - {{ name: epj, adapter: fhir-messaging, address: \"{epj}\" }}");
        if (fetching is not null) yaml.AppendLine($"      {fetching}");
        yaml.AppendLine("    patients:");
        // The stranger too: the hub must know her for her message to come as far as a journal system that does not.
        foreach (var person in SyntheticPeople.All.Append(SyntheticPeople.Stranger))
        {
            yaml.AppendLine($"      - identifiers: [ {{ value: \"{person.NationalId}\" }} ]");
            yaml.AppendLine("        services: [ MD, TA, DT ]");
            if (person.DispenserSerial is { } serial) yaml.AppendLine($"        devices: [ {{ system: \"{DispenserSystem}\", value: {serial} }} ]");
        }

        // The person and the dispenser of the sample events in contracts/vendors, so that a sample sent as it is gets journaled.
        yaml.AppendLine($"      - identifiers: [ {{ value: \"{SampleEvents.Person}\" }} ]");
        yaml.AppendLine("        services: [ MD, TA, DT, GPS, RT, DHO ]");
        yaml.AppendLine("        devices:");
        foreach (var serial in SampleEvents.Devices) yaml.AppendLine($"          - {{ system: \"{DispenserSystem}\", value: \"{serial}\" }}");
        yaml.AppendLine($"      - identifiers: [ {{ system: \"{SampleSystem}\", value: \"1302\" }} ]");
        yaml.AppendLine("        services: [ TA, RT ]");
        return yaml.ToString();
    }
}
