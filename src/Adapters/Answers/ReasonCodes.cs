using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Answers;

/// <summary>
/// The coded reasons in an answer. Only codes come through, and only such as look like codes: the texts beside them are written by a system that may
/// name a patient.
/// </summary>
internal static class ReasonCodes
{
    private const int ReasonsMax = 5;

    /// <summary>`processing/1.3, not-found`: the issue's type and, after a slash, the codes of its details. Empty when there are none.</summary>
    public static string Of(Resource? answer) => string.Join(", ", Outcomes(answer).SelectMany(outcome => outcome.Issue).Select(Reason).Where(reason => reason.Length > 0).Distinct().Take(ReasonsMax));

    /// <summary>The codes of a FHIR answer, whatever it is; empty when it is no FHIR.</summary>
    public static string OfFhir(EpjAnswer.Response answer) => Of(FhirJson.ParseLenient(answer.Body).Resource);

    /// <summary>The code of an answer in plain JSON, `{"code": "UNKNOWN_PATIENT", ...}`; empty when there is none.</summary>
    public static string OfJson(EpjAnswer.Response answer) => JsonAnswer.Read(answer)?.Text("code") is { } code && IsSafe(code, lengthMax: 40) ? code : string.Empty;

    /// <summary>Whether one of the reasons is FHIR's code for what the receiver has already.</summary>
    public static bool SayDouble(string reasons) => reasons.Split([',', ' ', '/']).Contains("duplicate", StringComparer.Ordinal);

    /// <summary>A UUID, or an id as FHIR has it that cannot hold a national identity number; otherwise null.</summary>
    public static string? SafeId(string? id) => id is not null && (Guid.TryParseExact(id, "D", out _) || IsSafe(id, lengthMax: 64)) ? id : null;

    private static IEnumerable<OperationOutcome> Outcomes(Resource? answer) => answer switch
    {
        OperationOutcome outcome => [outcome],
        Bundle bundle => bundle.ResourcesOf<OperationOutcome>(),
        _ => [],
    };

    private static string Reason(OperationOutcome.IssueComponent issue)
    {
        var codes = new[] { issue.CodeElement?.Text }.Concat(issue.Details?.Coding.Select(coding => coding.Code) ?? []);
        return string.Join('/', codes.Where(code => code is not null && IsSafe(code, lengthMax: 40)));
    }

    private static bool IsSafe(string text, int lengthMax)
    {
        if (text.Length == 0 || text.Length > lengthMax || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
            return false;

        // Eleven digits in a row can be a person.
        var run = 0;
        foreach (var character in text)
        {
            run = char.IsAsciiDigit(character) ? run + 1 : 0;
            if (run == 11)
                return false;
        }

        return true;
    }
}
