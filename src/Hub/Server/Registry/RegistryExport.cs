using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using System.Text.Json;

namespace Vkp.Hub.Registry;

/// <summary>
/// A municipality's configuration as the file that would bring it about: planned again, it changes nothing. Patients stand in it by their streams, so that it can be
/// kept where configurations are kept: no identity number is opened for it. Pure.
/// </summary>
public static class RegistryExport
{
    /// <summary>As YAML that <see cref="RegistryFile.Read"/> reads.</summary>
    public static string ToYaml(RegistryState state) => new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithQuotingNecessaryStrings()
        .Build()
        .Serialize(FileOf(state));

    private static RegistryFile FileOf(RegistryState state) => new()
    {
        Municipalities =
        [
            new MunicipalityFile
            {
                OrgNo = state.OrgNo, Name = state.Name, Policy = PolicyOf(state.Policy),
                Clients = [.. state.Clients.Values.Select(ClientOf)],
                Destinations = [.. state.Destinations.Values.Select(d => new DestinationFile { Name = d.Name, Adapter = d.Adapter, Address = d.Address, Settings = d.Settings.ToDictionary(StringComparer.Ordinal) })],
                Patients = [.. PatientsOf(state)],
            },
        ],
    };

    private static PolicyFile PolicyOf(Policy policy) => new()
    {
        ServiceGate = JsonNamingPolicy.CamelCase.ConvertName(policy.ServiceGate.ToString()), HeldHours = policy.HeldHoursMax, RetentionDays = policy.RetentionDays,
        Journaling = policy.Journaling.ToDictionary(p => p.Key, p => JsonNamingPolicy.CamelCase.ConvertName(p.Value.ToString()), StringComparer.Ordinal),
        Escalation = new EscalationFile
        {
            AlarmMinutes = policy.Escalation.AlarmMinutes, DestinationMinutes = policy.Escalation.DestinationMinutes, SilentMinutes = policy.Escalation.SilentMinutes,
            Mail = policy.Escalation.Mail.ToDictionary(StringComparer.Ordinal), Webhook = policy.Escalation.Webhook,
        },
    };

    private static ClientFile ClientOf(VendorClient client) => new()
    {
        Id = client.ClientId, Vendor = client.Vendor, VkpId = client.VkpId, ServiceCodes = Listed(client.ServiceCodes), Reports = Listed(client.Reports),
        ResponseCentre = client.ResponseCentre.Length > 0 ? client.ResponseCentre : null, RequestsPerSecond = client.RequestsPerSecond, WebhookSecrets = Listed(client.WebhookSecrets),
    };

    /// <summary>What a patient has now; once for each time from which she has it.</summary>
    private static IEnumerable<PatientFile> PatientsOf(RegistryState state)
    {
        var services = state.Services.SelectMany(s => s.Value.Where(grant => grant.To is null).Select(grant => (Stream: s.Key, grant.From, Service: (string?)grant.ServiceCode, Device: (string?)null)));
        var devices = state.Devices.SelectMany(d => d.Value.Where(held => held.To is null).Select(held => (Stream: held.PatientStream, held.From, Service: (string?)null, Device: (string?)d.Key)));
        return services.Concat(devices)
            .GroupBy(had => (had.Stream, had.From))
            .OrderBy(had => had.Key.Stream, StringComparer.Ordinal).ThenBy(had => had.Key.From)
            .Select(had => new PatientFile
            {
                Stream = had.Key.Stream, From = had.Key.From.ToString("O"),
                Services = [.. had.Select(h => h.Service).OfType<string>().Order(StringComparer.Ordinal)],
                Devices = [.. had.Select(h => h.Device).OfType<string>().Order(StringComparer.Ordinal).Select(DeviceOf)],
            });
    }

    /// <summary>No system has a bar in it; a serial number may.</summary>
    private static IdentifierFile DeviceOf(string key) => key.IndexOf('|', StringComparison.Ordinal) is var bar && bar > 0
        ? new IdentifierFile { System = key[..bar], Value = key[(bar + 1)..] }
        : new IdentifierFile { Value = key[1..] };

    private static List<string> Listed(string codes) => [.. codes.Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
