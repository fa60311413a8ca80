using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Reading;

/// <summary>FHIR as the specification has it: nothing is put right but a code system's misspelt address, which the interface's own published example has.</summary>
internal static class StrictFhir
{
    /// <summary>Null when something is wrong, which then is in the findings.</summary>
    public static Resource? Read(ReadOnlyMemory<byte> bytes, Findings findings)
    {
        var wrong = Errors(FhirJson.ParseStrict(bytes).Issues);
        foreach (var issue in wrong.Where(issue => issue.Code != FhirIssueCodes.MisspeltCanonical))
            findings.Fault(issue.ToError());
        if (findings.AreFatal || LenientFhir.Read(bytes, findings) is not { } resource)
            return null;

        Demands.Check(resource, findings);
        return findings.AreFatal ? null : resource;
    }

    private static IReadOnlyList<FhirIssue> Errors(IEnumerable<FhirIssue> issues) => [.. issues.Where(issue => issue.Severity >= FhirSeverity.Error)];
}
