using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>
/// A message as the text a health worker reads in the journal, in bokmål: what happened first, then what was measured and seen, then what was done
/// and who writes. Times are Norwegian local time. Pure: the same resources give the same text. Never throws on any resource.
/// </summary>
public static class NoteRenderer
{
    /// <param name="lateSince">When the hub took a message that came too late to be news; null for one that came in time.</param>
    /// <returns>Lines separated by line feeds, without one at the end. Empty when there is nothing to say.</returns>
    public static string Render(IReadOnlyList<Resource> resources, DateTimeOffset? lateSince = null)
    {
        var lines = new List<string>();
        if (lateSince is { } recordedAt)
            lines.Add($"Etterregistrert: meldingen ble mottatt {NorwegianTime.DateAndTime(recordedAt)}.");
        foreach (var resource in resources.OrderBy(Order))
            lines.AddRange(Lines(resource));
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    /// <summary>The value of a measurement as a note has it, `86 %`; empty when it has none.</summary>
    public static string ValueOf(Observation observation) => ObservationText.Values(observation);

    private static IEnumerable<string> Lines(Resource resource) => resource switch
    {
        DetectedIssue issue => AlertText.Lines(issue),
        MedicationDispense dispense => DispenseText.Lines(dispense),
        Observation observation => ObservationText.Lines(observation),
        QuestionnaireResponse response => QuestionnaireText.Lines(response),
        Encounter encounter => EncounterText.Lines(encounter),
        Communication communication => CommunicationText.Lines(communication),
        CarePlan plan => CarePlanText.Lines(plan),
        Media media => MediaText.Lines(media),
        Composition composition => CompositionText.Lines(composition),
        _ => [],
    };

    private static int Order(Resource resource) => resource switch
    {
        DetectedIssue => 0,
        MedicationDispense => 1,
        Observation => 2,
        QuestionnaireResponse => 3,
        Encounter => 4,
        Composition => 6,
        _ => 5,
    };
}
