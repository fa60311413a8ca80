using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Task = System.Threading.Tasks.Task;
using VkpCodes = Vkp.Fhir.Codes.OperationOutcomeCodes;

namespace Vkp.Hub.Faces;

/// <summary>Errors and repairs as a FHIR OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html), with the published VKP code beside the hub's own.</summary>
public static class Outcome
{
    /// <summary>Code system of the hub's own error codes.</summary>
    public const string ErrorSystem = "urn:vkp:error";

    public static async Task WriteAsync(HttpResponse response, int status, IReadOnlyList<VkpError> issues, bool areErrors)
    {
        response.StatusCode = status;
        if (areErrors) ErrorStatus.AddHeaders(response, issues[0]);
        response.ContentType = "application/fhir+json";
        await response.Body.WriteAsync(FhirJson.Serialize(Of(issues, areErrors)));
    }

    public static Task WriteErrorsAsync(HttpResponse response, IReadOnlyList<VkpError> errors) =>
        WriteAsync(response, ErrorStatus.Of(errors[0]), errors, areErrors: true);

    public static OperationOutcome Of(IReadOnlyList<VkpError> issues, bool areErrors)
    {
        var outcome = new OperationOutcome();
        if (issues.Count == 0)
        {
            outcome.Issue.Add(new OperationOutcome.IssueComponent
            {
                Severity = OperationOutcome.IssueSeverity.Information,
                Code = OperationOutcome.IssueType.Informational,
                Details = new CodeableConcept { Text = "Registered." },
            });
        }

        foreach (var issue in issues) outcome.Issue.Add(Issue(issue, areErrors));
        return outcome;
    }

    private static OperationOutcome.IssueComponent Issue(VkpError error, bool isError)
    {
        var details = new CodeableConcept { Text = error.Message };
        details.Coding.Add(new Coding(ErrorSystem, error.Code));
        if (isError && PublishedCode(error) is { } published) details.Coding.Add(published);
        var issue = new OperationOutcome.IssueComponent
        {
            Severity = isError ? OperationOutcome.IssueSeverity.Error : OperationOutcome.IssueSeverity.Warning,
            Code = TypeOf(error),
            Details = details,
            Diagnostics = error.Hint,
        };
        if (error.Path is { } path) issue.Expression.Add(path);
        return issue;
    }

    private static OperationOutcome.IssueType TypeOf(VkpError error) => error.Category switch
    {
        ErrorCategory.Forbidden => error.Code is "VKP-801" or "VKP-802" ? OperationOutcome.IssueType.Login : OperationOutcome.IssueType.Forbidden,
        ErrorCategory.Conflict => OperationOutcome.IssueType.Conflict,
        ErrorCategory.NotFound => OperationOutcome.IssueType.NotFound,
        ErrorCategory.Busy => OperationOutcome.IssueType.Throttled,
        ErrorCategory.Unavailable => OperationOutcome.IssueType.Transient,
        ErrorCategory.Fault => OperationOutcome.IssueType.Exception,
        _ => error.Code == "VKP-101" ? OperationOutcome.IssueType.TooLong : OperationOutcome.IssueType.Invalid,
    };

    /// <summary>The national hub's code for the same thing, where it has one.</summary>
    private static FhirCode? PublishedCode(VkpError error) => error.Code switch
    {
        "VKP-401" or "VKP-111" or "VKP-804" => VkpCodes.InvalidOrg,
        "VKP-115" => VkpCodes.MissingActiveService,
        "VKP-801" or "VKP-802" or "VKP-803" or "VKP-805" => VkpCodes.NotAuthorized,
        "VKP-391" => VkpCodes.TimedOut,
        "VKP-269" => VkpCodes.InvalidSsn,
        _ => error.Category == ErrorCategory.Incorrect ? VkpCodes.InvalidFormat : null,
    };
}
