using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Notes;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>What was done about alerts, by the person who did it or by the dispenser itself: one note, however many alerts it closes.</summary>
internal static class Closing
{
    public static Func<Outcome> Closed(VendorEvent source)
    {
        var alertIds = source.Data.Texts("alertIds", itemsMax: 50, required: true, charactersMax: 64);
        var author = Author(source.Data);
        var byMachine = source.Data.ObjectOrNull("closedBy")?.Has("device") == true;
        var note = source.Data.TextOrNull("note", charactersMax: 4000);
        return () => Journal(CaseRole.Closes, alertIds, ClosingNote(source, alertIds.Count, author!, note)) with
        {
            Traits = byMachine && note is null ? CaseTraits.ByMachine : CaseTraits.None,
        };
    }

    /// <summary>A forgotten dose taken out by a nurse. It belongs to the alert's note and is no dispense: nobody saw the patient get it from the dispenser.</summary>
    public static Func<Outcome> Retrieved(VendorEvent source)
    {
        var alertId = source.Data.Text("alertId", charactersMax: 64);
        var dose = Dose.Read(source.Data);
        var person = source.Data.Object("retrievedBy") is { } by ? HealthWorker.Read(by) : null;
        var note = source.Data.TextOrNull("note", charactersMax: 4000);
        return () => Journal(CaseRole.Opens, [alertId], RetrievalNote(source, dose, person!, note)) with { AboutIds = [dose.AboutId] };
    }

    private static Outcome.Journal Journal(CaseRole role, IReadOnlyList<string> cases, Composition note) =>
        new(Lane.Clinical, ServiceCodes.MedicineDispenser, role, cases, Freshness.Day, [note]);

    private static ResourceReference? Author(JsonFields data)
    {
        if (data.Object("closedBy") is not { } closedBy)
            return null;
        if (closedBy.Has("person") == closedBy.Has("device"))
        {
            data.Findings.Fault(TranslationErrors.Contradiction(closedBy.Path, "exactly one of person and device is expected"));
            return null;
        }

        return closedBy.ObjectOrNull("person") is { } person ? Parts.Person(HealthWorker.Read(person)) : Dispenser.Read(closedBy).AsActor();
    }

    private static Composition ClosingNote(VendorEvent source, int alerts, ResourceReference author, string? note)
    {
        var summary = $"{(alerts == 1 ? "1 varsel" : $"{alerts} varsler")} fra medisindispenser ble lukket {NorwegianTime.DateAndTime(source.OccurredAt)}.";
        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.SafetyAndMastery, author);
        composition.Event.Add(Compositions.Step(CompositionEvents.Acknowledged, source.OccurredAt));
        if (note is not null)
            composition.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, "Oppfølging", note));
        composition.Section.Add(Compositions.Section(CompositionSections.CompiledText, "Oppsummering", Words.WithUncertainty(summary, source)));
        return composition;
    }

    private static Composition RetrievalNote(VendorEvent source, Dose dose, HealthWorker person, string? note)
    {
        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.SafetyAndMastery, Parts.Person(person));
        composition.Event.Add(Compositions.Step(CompositionEvents.Measure, source.OccurredAt));
        var text = $"Glemt medisin er hentet ut av dispenseren {NorwegianTime.DateAndTime(source.OccurredAt)}: dose {dose.When}.";
        composition.Section.Add(Compositions.Section(
            CompositionSections.FollowUpDescription, "Oppfølging", Words.WithUncertainty(note is null ? text : $"{text}\n{note}", source)));
        return composition;
    }
}
