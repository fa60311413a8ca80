using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>An alarm from raised to closed. Exactly one journal entry per alarm, written at closure, with the steps in order.</summary>
internal static class Alarms
{
    private static readonly Dictionary<string, string> Outcomes = new()
    {
        ["helpedUp"] = "Hjulpet opp",
        ["noActionNeeded"] = "Ikke behov for tiltak",
        ["advised"] = "Rådgitt på telefon",
        ["homeCareVisit"] = "Hjemmetjenesten var på stedet",
        ["transferred"] = "Overført til annen instans",
        ["ambulance"] = "Ambulanse tilkalt",
        ["falseAlarm"] = "Feilutløst",
    };

    public static Func<Outcome> Raised(VendorEvent source)
    {
        var report = AlarmReport.Read(source.Data);
        return () => Journal(report.Kind.ServiceCode, CaseRole.Opens, report.AlarmId, [report.Issue(source, ObservationStatus.Preliminary, source.OccurredAt)]) with
        {
            FreshFor = Freshness.Alarm,
            GroupId = $"press:{report.Kind.Code.Code}",
        };
    }

    /// <summary>A step on the way. The closing has them all, so none becomes an entry of its own.</summary>
    public static Func<Outcome> Step(VendorEvent source, string name)
    {
        var alarmId = source.Data.Text("alarmId", charactersMax: 64);
        var step = LogStep.Read(source.Data, name, source.OccurredAt);
        return () => Journal(ServiceCodes.ResponseService, CaseRole.Opens, alarmId, [Log(source, alarmId, [step], Operator(step.By))]) with { NoEntryReason = "step" };
    }

    public static Func<Outcome> Cancelled(VendorEvent source)
    {
        var report = AlarmReport.Read(source.Data);
        var raisedAt = source.Data.TimeOrNull("raisedAt") ?? source.OccurredAt;
        return () =>
        {
            LogStep[] steps =
            [
                new("raised", CompositionEvents.Reported, raisedAt, By: null, To: null, Words: null, Mode: null),
                new("cancelled", CompositionEvents.Acknowledged, source.OccurredAt, By: null, To: null, Words: "feilutløst/avbrutt", Mode: null),
            ];
            var log = Log(source, report.AlarmId, steps, Operator(null));
            log.Section.Add(Compositions.Section(
                CompositionSections.CompiledText, "Oppsummering", Words.WithUncertainty("Alarmen ble avbrutt før den ble behandlet.", source), AlarmReport.IdOf(source, report.AlarmId)));
            return Journal(report.Kind.ServiceCode, CaseRole.Closes, report.AlarmId, [log, report.Issue(source, ObservationStatus.Cancelled, raisedAt)]) with { WholeCaseIds = [report.AlarmId] };
        };
    }

    public static Func<Outcome> Closed(VendorEvent source)
    {
        var data = source.Data;
        var report = AlarmReport.Read(data);
        var steps = data.Objects("log", itemsMax: 200, required: true).Select(LogStep.Read).OfType<LogStep>().OrderBy(step => step.At).ToList();
        var outcome = data.TextOrNull("outcome", charactersMax: 64) is { } word ? Outcomes.GetValueOrDefault(word, word) : null;
        var note = data.TextOrNull("note", charactersMax: 4000);
        var person = HealthWorker.ReadOrNull(data, "closedBy");
        return () => Journal(report.Kind.ServiceCode, CaseRole.Closes, report.AlarmId, Document(source, report, steps, outcome, note, person)) with { WholeCaseIds = [report.AlarmId] };
    }

    /// <summary>What is written after the closing: an addendum that names the note it adds to. Before the closing it is a step.</summary>
    public static Func<Outcome> NoteAdded(VendorEvent source)
    {
        var alarmId = source.Data.Text("alarmId", charactersMax: 64);
        var text = source.Data.Text("text", charactersMax: 4000);
        var person = source.Data.Object("by") is { } by ? HealthWorker.Read(by) : null;
        return () =>
        {
            var addendum = Compositions.Note(source, source.Id("addendum"), CompositionCategories.SafetyAndMastery, Parts.Person(person!), "Tillegg til journalnotat");
            addendum.RelatesTo.Add(new() { Code = DocumentRelationshipType.Appends, Target = Parts.UuidIdentifier(AlarmReport.LogIdOf(source, alarmId)) });
            addendum.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, "Tillegg", Words.WithUncertainty(text, source)));
            return Journal(ServiceCodes.ResponseService, CaseRole.None, alarmId, [addendum]) with { Lane = Lane.Clinical, CaseIds = [], AboutIds = [$"alarm:{alarmId}"], Traits = CaseTraits.Addendum };
        };
    }

    private static IReadOnlyList<Resource> Document(
        VendorEvent source, AlarmReport report, IReadOnlyList<LogStep> steps, string? outcome, string? note, HealthWorker? person)
    {
        var raisedAt = steps[0].At;
        var issue = report.Issue(source, ObservationStatus.Final, raisedAt);
        var log = Log(source, report.AlarmId, steps, person is null ? Operator(steps[^1].By) : Parts.Person(person));
        var happened = $"{report.Kind.Code.Display} {NorwegianTime.DateAndTime(raisedAt)}.{(report.Place is { } place ? $" Sted: {place}." : string.Empty)}";
        log.Section.Add(Compositions.Section(CompositionSections.EventDescription, "Hendelse", happened, Guid.Parse(issue.Id!)));
        if (note is not null || outcome is not null)
            log.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, "Oppfølging", Words.WithUncertainty(string.Join(". ", new[] { note?.TrimEnd('.'), outcome }.OfType<string>()) + ".", source)));
        return Call(source, report, steps) is { } call ? [log, issue, call] : [log, issue];
    }

    /// <summary>The operator's look-in or talk, when there was one: an Encounter from when the alarm was claimed until it was closed.</summary>
    private static Encounter? Call(VendorEvent source, AlarmReport report, IReadOnlyList<LogStep> steps)
    {
        var modes = steps.Select(step => step.Mode).OfType<FhirCode>().Distinct().ToList();
        if (modes.Count == 0)
            return null;
        var from = steps.FirstOrDefault(step => step.Name == "claimed")?.At ?? steps[0].At;
        var who = steps.FirstOrDefault(step => step.Name == "claimed")?.By;
        return Encounters.Virtual(
            source, source.SharedId("call", report.AlarmId), EncounterReasons.EventBased, modes, Operator(who), from, steps[^1].At, report.Place);
    }

    private static Composition Log(VendorEvent source, string alarmId, IReadOnlyList<LogStep> steps, ResourceReference author)
    {
        var log = Compositions.Note(source, AlarmReport.LogIdOf(source, alarmId), CompositionCategories.SafetyAndMastery, author, "Behandlingslogg");
        foreach (var step in steps)
            log.Event.Add(step.Event());
        return log;
    }

    /// <summary>A log says `op-17` for an operator of the centre and a name for everybody else.</summary>
    private static ResourceReference Operator(string? by) => by switch
    {
        null => new ResourceReference { Display = "Responssenter" },
        _ when by.Contains(' ', StringComparison.Ordinal) => new ResourceReference { Display = by },
        _ => Parts.Logical(new SourceIdentifier("https://example.org/fhir/operator", by), $"Operatør {by}"),
    };

    private static Outcome.Journal Journal(string service, CaseRole role, string alarmId, IReadOnlyList<Resource> resources) =>
        new(Lane.Alarm, service, role, [alarmId], Freshness.Day, resources) { AboutIds = [$"alarm:{alarmId}"] };
}
