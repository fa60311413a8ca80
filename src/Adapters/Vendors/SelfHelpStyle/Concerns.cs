using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.SelfHelpStyle;

/// <summary>An answer that worries the platform: somebody must look, and what was done is journaled with the answer itself.</summary>
internal static class Concerns
{
    private static readonly ResourceReference Platform = new() { Display = "Veiledet selvhjelp" };

    public static Func<Outcome> Raised(VendorEvent source)
    {
        var concernId = source.Data.Text("concernId", charactersMax: 64);
        var questionnaire = Answers(source);
        return () => Journal(CaseRole.Opens, concernId, Concern(source, concernId, questionnaire!));
    }

    public static Func<Outcome> Closed(VendorEvent source)
    {
        var concernId = source.Data.Text("concernId", charactersMax: 64);
        var questionnaire = Answers(source);
        var guide = source.Data.Object("guide") is { } person ? HealthWorker.Read(person) : null;
        var text = source.Data.Text("note", charactersMax: 4000);
        return () =>
        {
            var about = Concern(source, concernId, questionnaire!);
            var note = Compositions.Note(source, source.Id("note"), CompositionCategories.HomeFollowUp, Parts.Person(guide!));
            note.Event.Add(Compositions.Step(CompositionEvents.Acknowledged, source.OccurredAt));
            note.Section.Add(Compositions.Section(
                CompositionSections.FollowUpDescription, "Oppfølging", Words.WithUncertainty(text, source), about.Select(resource => Guid.Parse(resource.Id!))));
            return Journal(CaseRole.Closes, concernId, [note, .. about]) with { WholeCaseIds = [concernId] };
        };
    }

    private static AnsweredForm? Answers(VendorEvent source) =>
        source.Data.Object("questionnaire") is { } fields ? AnsweredForm.Read(fields, source.OccurredAt) : null;

    private static IReadOnlyList<Resource> Concern(VendorEvent source, string concernId, AnsweredForm questionnaire)
    {
        var answers = questionnaire.Resources(source);
        var issue = Alerts.Alert(
            source, source.SharedId("concern", concernId), AlertCodes.FormAnswered, DetectedIssue.DetectedIssueSeverity.High, (ResourceReference)Platform.DeepCopy(),
            $"Svar som krever oppfølging: {questionnaire.Title}");
        issue.Identified = new FhirDateTime(questionnaire.AnsweredAt);
        foreach (var answer in answers)
            issue.Implicated.Add(new ResourceReference($"urn:uuid:{answer.Id}"));
        return [issue, .. answers];
    }

    private static Outcome.Journal Journal(CaseRole role, string concernId, IReadOnlyList<Resource> resources) =>
        new(Lane.Clinical, ServiceCodes.HomeFollowUp, role, [concernId], Freshness.Day, resources);
}
