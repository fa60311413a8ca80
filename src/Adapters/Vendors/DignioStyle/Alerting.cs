using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Alerts that open and close. The closing carries everything, so that it can be journaled although the opening never came.</summary>
internal static class Alerting
{
    public static Func<Outcome> Opened(VendorEvent source)
    {
        var report = AlertReport.Read(source);
        return () =>
        {
            var about = report.About(source);
            return Journal(CaseRole.Opens, [report.AlertId], [report.Issue(source, about), .. about]) with { AboutIds = report.AboutIds };
        };
    }

    public static Func<Outcome> Closed(VendorEvent source)
    {
        var report = AlertReport.Read(source);
        var related = source.Data.Texts("relatedIds", itemsMax: 50, required: false, charactersMax: 64);
        var person = source.Data.Object("handledBy") is { } handledBy ? HealthWorker.Read(handledBy) : null;
        var note = source.Data.TextOrNull("note", charactersMax: 4000);
        return () =>
        {
            var about = report.About(source);
            List<Resource> resources = [report.Issue(source, about), .. about];
            if (related.Count > 0)
                resources.Insert(0, Summary(source, report, related));
            return Journal(CaseRole.Closes, [report.AlertId, .. related], [Note(source, person!, note, related.Count + 1, resources), .. resources]) with
            {
                AboutIds = report.AboutIds,
                // The closing says all there is to say of its own alert, and only the ids of the others.
                WholeCaseIds = [report.AlertId],
            };
        };
    }

    /// <summary>Told so that nothing is lost; the alert it raises, if the municipality wants one, is what is journaled.</summary>
    public static Func<Outcome> TaskMissed(VendorEvent source)
    {
        var taskId = source.Data.Text("taskId", charactersMax: 64);
        var isForm = source.Data.Text("kind", charactersMax: 64) == "questionnaire";
        var missed = MissedTask.Read(source.Data);
        return () =>
        {
            var code = isForm ? AlertCodes.FormAnswerMissing : AlertCodes.MeasurementNotReported;
            var issue = Alerts.Alert(
                source, source.Id("missed"), code, severity: null, new ResourceReference { Display = "Digital hjemmeoppfølging" },
                $"{missed.Text}, frist {Notes.NorwegianTime.DateAndTime(missed.DueAt)}");
            issue.Implicated.Add(new ResourceReference { Display = missed.Text });
            return Journal(CaseRole.None, [], [issue]) with { AboutIds = [$"task:{taskId}"], NoEntryReason = "taskMissed" };
        };
    }

    /// <summary>Several alerts closed together: one summarising alert that names the others by their ids, since their own messages may come later or never.</summary>
    private static DetectedIssue Summary(VendorEvent source, AlertReport report, IReadOnlyList<string> related)
    {
        var issue = Alerts.Alert(
            source, source.Id("summary"), AlertCodes.SummarisingAlert, report.Colour?.Severity, new ResourceReference { Display = "Digital hjemmeoppfølging" },
            $"{related.Count + 1} varsler ble lukket sammen");
        issue.Implicated.Add(new ResourceReference(DeterministicId.Urn(AlertReport.IdOf(source, report.AlertId))));
        foreach (var id in related)
            issue.Implicated.Add(new ResourceReference(Parts.UuidIdentifier(AlertReport.IdOf(source, id)), $"Varsel {id}"));
        return issue;
    }

    private static Composition Note(VendorEvent source, HealthWorker person, string? note, int alerts, IEnumerable<Resource> about)
    {
        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.HomeFollowUp, Parts.Person(person));
        composition.Event.Add(Compositions.Step(CompositionEvents.Acknowledged, source.OccurredAt));
        var text = note ?? (alerts == 1 ? "Varselet er lukket uten merknad." : $"{alerts} varsler er lukket uten merknad.");
        composition.Section.Add(Compositions.Section(
            CompositionSections.FollowUpDescription, "Oppfølging", Words.WithUncertainty(text, source), about.Select(resource => Guid.Parse(resource.Id!))));
        return composition;
    }

    private static Outcome.Journal Journal(CaseRole role, IReadOnlyList<string> cases, IReadOnlyList<Resource> resources) =>
        new(Lane.Clinical, ServiceCodes.HomeFollowUp, role, cases, Freshness.Day, resources);
}
