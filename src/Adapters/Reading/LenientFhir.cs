using Vkp.Adapters.Errors;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Reading;

/// <summary>FHIR as real senders send it: repairs are told, errors refuse.</summary>
internal static class LenientFhir
{
    /// <summary>Null when something is wrong in a way that cannot be put right, which then is in the findings.</summary>
    public static Resource? Read(ReadOnlyMemory<byte> bytes, Findings findings)
    {
        var result = FhirJson.ParseLenient(bytes);
        foreach (var issue in result.Issues)
        {
            if (issue.Severity >= FhirSeverity.Error)
                findings.Fault(issue.ToError());
            else
                findings.Repair(issue.ToError());
        }

        if (result.Resource is null && !findings.AreFatal)
            findings.Fault(TranslationErrors.NotADocument("nothing that can be read as FHIR"));
        return findings.AreFatal ? null : result.Resource;
    }

    /// <summary>The FHIR room's own code, message and hint: they say best what is wrong, and quote no value.</summary>
    public static VkpError ToError(this FhirIssue issue) => new(issue.Code, ErrorCategory.Incorrect, issue.Message, issue.Hint, issue.Location);
}
