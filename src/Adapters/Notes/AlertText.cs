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
        yield return $"Varsel{from}{at}: {Says.Sentence(Says.Concept(issue.Code))}{detail}{About(issue)}{Status(issue)}";
    }

    /// <summary>What is missing has no resource of its own, only a name: the form that nobody answered. Names beside a resource are other alerts' ids, which tell a reader nothing.</summary>
    private static string About(DetectedIssue issue)
    {
        if (issue.Implicated.Any(about => about.Reference is not null)) return string.Empty;

        var names = issue.Implicated.Select(about => about.Display).OfType<string>()
            .Where(name => name.Length > 0 && issue.Detail?.Contains(name, StringComparison.OrdinalIgnoreCase) != true).ToList();
        return names.Count == 0 ? string.Empty : $" Gjelder {Says.Sentence(string.Join(", ", names))}";
    }

    private static string Status(DetectedIssue issue) => issue.Status switch
    {
        ObservationStatus.Cancelled => " Varselet er avbrutt.",
        ObservationStatus.EnteredInError => " Feilregistrert.",
        _ => string.Empty,
    };
}
