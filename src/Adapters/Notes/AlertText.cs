using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>`Varsel fra Medisindispenser 11.05.2026 kl. 09:30: Ikke utlevert. Dose 11.05.2026 kl. 08:00 ikke utlevert innen fristen kl. 09:30.`</summary>
internal static class AlertText
{
    public static IEnumerable<string> Lines(DetectedIssue issue)
    {
        // A technology that is both the sender and the kind of alert is said once.
        var from = Says.Who(issue.Author) is { Length: > 0 } author && author != Says.Concept(issue.Code) ? $" fra {author}" : string.Empty;
        var at = Says.Time(issue.Identified as FhirDateTime) is { Length: > 0 } time ? $" {time}" : string.Empty;
        var detail = issue.Detail is { Length: > 0 } words ? $" {Says.Sentence(Says.Capital(words))}" : string.Empty;
        yield return $"Varsel{from}{at}: {Says.Sentence(Says.Concept(issue.Code))}{detail}{Status(issue)}";
    }

    private static string Status(DetectedIssue issue) => issue.Status switch
    {
        ObservationStatus.Cancelled => " Varselet er avbrutt.",
        ObservationStatus.EnteredInError => " Feilregistrert.",
        _ => string.Empty,
    };
}
