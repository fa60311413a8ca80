using Vkp.Fhir;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Adapters.Reading;

/// <summary>
/// All that FHIR itself demands of a resource, and of the profiles it declares the elements they demand. Their value sets are not asked: real senders have codes
/// of their own, and what a code means is for the receiver.
/// </summary>
internal static class Demands
{
    private static readonly FhirValidationOptions BaseOnly = new() { UseDeclaredProfiles = false };

    public static void Check(Resource resource, Findings findings)
    {
        var found = Errors(FhirValidator.Validate(resource));
        if (found.Count == 0)
            return;
        foreach (var issue in Errors(FhirValidator.Validate(resource, BaseOnly)).Concat(found.Where(issue => issue.Code == FhirIssueCodes.Missing)))
            findings.Fault(issue.ToError());
    }

    private static IReadOnlyList<FhirIssue> Errors(IEnumerable<FhirIssue> issues) => [.. issues.Where(issue => issue.Severity >= FhirSeverity.Error)];
}
