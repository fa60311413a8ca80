using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.SelfHelpStyle;

/// <summary>The programme's course: answers on the way, the guide's notes, and the end of it.</summary>
internal static class Programme
{
    public static Func<Outcome> Answered(VendorEvent source)
    {
        var questionnaire = AnsweredForm.Read(source.Data, source.OccurredAt);
        return () => Journal(questionnaire.Resources(source)) with { AboutIds = [questionnaire.AboutId], NoEntryReason = "questionnaire" };
    }

    public static Func<Outcome> NoteWritten(VendorEvent source)
    {
        var guide = source.Data.Object("guide") is { } person ? HealthWorker.Read(person) : null;
        var text = source.Data.Text("text", charactersMax: 4000);
        return () => Journal([Note(source, guide!, "Oppfølging", text)]);
    }

    public static Func<Outcome> Completed(VendorEvent source)
    {
        var title = source.Data.Text("title", charactersMax: 200);
        var steps = source.Data.Integer("stepsDone", min: 0, max: 1000);
        var of = source.Data.Integer("stepsTotal", min: 1, max: 1000);
        var guide = source.Data.Object("guide") is { } person ? HealthWorker.Read(person) : null;
        return () => Journal([Note(source, guide!, "Oppsummering", $"Programmet {title} er avsluttet {NorwegianTime.Date(source.OccurredAt)}: {steps} av {of} steg er gjennomført.")]);
    }

    private static Composition Note(VendorEvent source, HealthWorker guide, string title, string text)
    {
        var note = Compositions.Note(source, source.Id("note"), CompositionCategories.HomeFollowUp, Parts.Person(guide), "Journalnotat fra veiledet selvhjelp");
        note.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, title, Words.WithUncertainty(text, source)));
        return note;
    }

    private static Outcome.Journal Journal(IReadOnlyList<Resource> resources) =>
        new(Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, resources);
}
