using Vkp.Adapters.Reading;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>FHIR as the specification has it: nothing is put right but a code system's misspelt address, which the interface's own published example has.</summary>
internal static class StrictFhir
{
    private static readonly FhirValidationOptions BaseOnly = new() { UseDeclaredProfiles = false };

    /// <summary>Null when something is wrong, which then is in the findings.</summary>
    public static Resource? Read(ReadOnlyMemory<byte> bytes, Findings findings)
    {
        var wrong = Errors(FhirJson.ParseStrict(bytes).Issues);
        foreach (var issue in wrong.Where(issue => issue.Code != FhirIssueCodes.MisspeltCanonical))
            findings.Fault(issue.ToError());
        if (findings.AreFatal || LenientFhir.Read(bytes, findings) is not { } resource)
            return null;

        Check(resource, findings);
        return findings.AreFatal ? null : resource;
    }

    /// <summary>
    /// All that FHIR itself demands, and of a declared profile the elements it demands. Its value sets are not asked: real senders have codes of their own, and
    /// what a code means is for the receiver.
    /// </summary>
    private static void Check(Resource resource, Findings findings)
    {
        var found = Errors(FhirValidator.Validate(resource));
        if (found.Count == 0)
            return;
        foreach (var issue in Errors(FhirValidator.Validate(resource, BaseOnly)).Concat(found.Where(issue => issue.Code == FhirIssueCodes.Missing)))
            findings.Fault(issue.ToError());
    }

    private static IReadOnlyList<FhirIssue> Errors(IEnumerable<FhirIssue> issues) => [.. issues.Where(issue => issue.Severity >= FhirSeverity.Error)];
}
