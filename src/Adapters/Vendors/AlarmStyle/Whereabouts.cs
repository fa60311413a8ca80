using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>Outside the agreed zone, and back. The zone's name goes on; a position never does, for anyone.</summary>
internal static class Whereabouts
{
    public static Func<Outcome> Exited(VendorEvent source)
    {
        var alarmId = source.Data.Text("alarmId", charactersMax: 64);
        var zone = source.Data.Text("zone", charactersMax: 120);
        return () => Journal(Lane.Alarm, CaseRole.Opens, alarmId, [Outside(source, alarmId, zone, source.OccurredAt, ObservationStatus.Preliminary)]) with { FreshFor = Freshness.Alarm };
    }

    public static Func<Outcome> Entered(VendorEvent source)
    {
        var alarmId = source.Data.Text("alarmId", charactersMax: 64);
        var zone = source.Data.Text("zone", charactersMax: 120);
        var exitedAt = source.Data.TimeOrNull("exitedAt");
        return () =>
        {
            var note = Compositions.Note(
                source, source.Id("note"), CompositionCategories.SafetyAndMastery, new ResourceReference { Display = "Lokaliseringsteknologi" }, "Journalnotat om lokalisering");
            var since = exitedAt is { } at ? $"Utenfor sone {zone} fra {NorwegianTime.DateAndTime(at)}, tilbake" : $"Tilbake i sone {zone}";
            note.Section.Add(Compositions.Section(
                CompositionSections.CompiledText, "Oppsummering", Words.WithUncertainty($"{since} {NorwegianTime.DateAndTime(source.OccurredAt)}.", source)));
            IReadOnlyList<Resource> resources = exitedAt is { } from ? [note, Outside(source, alarmId, zone, from, ObservationStatus.Final)] : [note];
            return Journal(Lane.Alarm, CaseRole.Closes, alarmId, resources) with { WholeCaseIds = exitedAt is null ? [] : [alarmId] };
        };
    }

    private static DetectedIssue Outside(VendorEvent source, string alarmId, string zone, DateTimeOffset exitedAt, ObservationStatus status)
    {
        var issue = Alerts.Alert(
            source, AlarmReport.IdOf(source, alarmId), AlertCodes.Localisation, DetectedIssue.DetectedIssueSeverity.High,
            new ResourceReference { Display = "Lokaliseringsteknologi" }, $"Utenfor sone {zone}");
        issue.Status = status;
        issue.Identified = new FhirDateTime(exitedAt);
        return issue;
    }

    private static Outcome.Journal Journal(Lane lane, CaseRole role, string alarmId, IReadOnlyList<Resource> resources) =>
        new(lane, ServiceCodes.Gps, role, [alarmId], Freshness.Day, resources) { AboutIds = [$"alarm:{alarmId}"] };
}
