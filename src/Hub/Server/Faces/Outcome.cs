using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Task = System.Threading.Tasks.Task;
using VkpCodes = Vkp.Fhir.Codes.OperationOutcomeCodes;

namespace Vkp.Hub.Faces;

/// <summary>Errors and repairs as a FHIR OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html), with the published VKP code beside the hub's own.</summary>
public static class Outcome
{
    /// <summary>What a sender is told: 202 with where to ask about the message and what was put right, or why not.</summary>
    public static Task WriteAsync(HttpResponse response, IntakeAnswer answer, Func<IntakeAnswer.Stored, string> location)
    {
        if (answer is not IntakeAnswer.Stored stored) return WriteErrorsAsync(response, ((IntakeAnswer.Refused)answer).Errors);

        response.Headers.Location = location(stored);
        return FhirAnswer.WriteAsync(response, StatusCodes.Status202Accepted, Of(stored.Issues, areErrors: false));
    }

    public static Task WriteErrorsAsync(HttpResponse response, IReadOnlyList<VkpError> errors)
    {
        RefusalWatch.NoteRefusal(response.HttpContext, errors);
        response.StatusCode = ErrorStatus.Of(errors[0]);
        ErrorStatus.AddHeaders(response, errors[0]);
        return FhirAnswer.WriteAsync(response, response.StatusCode, Of(errors, areErrors: true));
    }

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

    /// <summary>An entry of a search's answer: what was deleted under retention, said so that a short list is not taken for all there ever was.</summary>
    public static Bundle.EntryComponent OfDeleted(int documents) =>
        new(null, Of([Errors.ContentDeleted(documents)], areErrors: false)) { Search = new() { Mode = Bundle.SearchEntryMode.Outcome } };

    private static OperationOutcome.IssueComponent Issue(VkpError error, bool isError)
    {
        var details = new CodeableConcept { Text = error.Message };
        details.Coding.Add(new Coding(Systems.HubError, error.Code));
        // A message that the gate keeps back is stored, and still its sender's to know about under the published code.
        if (isError || error.Code is "VKP-115" or "VKP-131" or "VKP-133") details.Coding.Add(PublishedCode(error));
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
        ErrorCategory.Forbidden => ErrorStatus.AsksForToken(error) ? OperationOutcome.IssueType.Login : OperationOutcome.IssueType.Forbidden,
        ErrorCategory.Conflict => OperationOutcome.IssueType.Conflict,
        ErrorCategory.NotFound => OperationOutcome.IssueType.NotFound,
        ErrorCategory.Busy => OperationOutcome.IssueType.Throttled,
        ErrorCategory.Unavailable => OperationOutcome.IssueType.Transient,
        ErrorCategory.Fault => OperationOutcome.IssueType.Exception,
        _ => error.Code == "VKP-101" ? OperationOutcome.IssueType.TooLong : OperationOutcome.IssueType.Invalid,
    };

    /// <summary>The national hub's code for the same thing; `3` (other) where it has none, so that a sender who knows only those is never without one.</summary>
    internal static FhirCode PublishedCode(VkpError error) => error.Code switch
    {
        "VKP-401" or "VKP-111" or "VKP-804" => VkpCodes.InvalidOrg,
        "VKP-115" or "VKP-131" or "VKP-812" => VkpCodes.MissingActiveService,
        "VKP-133" or "VKP-811" => VkpCodes.NotAllowed,
        "VKP-813" => VkpCodes.InvalidParameterCount,
        "VKP-803" or "VKP-805" => VkpCodes.NotAuthorized,
        _ when ErrorStatus.AsksForToken(error) => VkpCodes.NotAuthorized,
        "VKP-391" or "VKP-521" => VkpCodes.TimedOut,
        "VKP-269" or "VKP-116" or "VKP-130" => VkpCodes.InvalidSsn,
        _ => error.Category switch
        {
            ErrorCategory.Incorrect => VkpCodes.InvalidFormat,
            ErrorCategory.Conflict => VkpCodes.Invalid,
            _ => VkpCodes.Other,
        },
    };
}
