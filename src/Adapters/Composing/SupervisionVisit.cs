using Vkp.Adapters.Envelope;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>A look-in by camera or voice, as all vendors that do it tell of it.</summary>
internal sealed record SupervisionVisit(
    string SupervisionId, FhirCode? Reason, IReadOnlyList<FhirCode> Modes, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, HealthWorker? Person, string? Place, string? Note)
{
    private static readonly Dictionary<string, FhirCode> Reasons = new() { ["planned"] = EncounterReasons.Planned, ["eventBased"] = EncounterReasons.EventBased };

    public static SupervisionVisit Read(JsonFields data, bool ended)
    {
        var (from, to) = (data.Time("startedAt"), ended ? data.Time("endedAt") : (DateTimeOffset?)null);
        if (to < from)
            data.Findings.Fault(TranslationErrors.Contradiction(data.At("endedAt"), "the supervision ends before it begins"));
        return new SupervisionVisit(
            data.Text("supervisionId", charactersMax: 64), data.Choice("reason", Reasons), Encounters.ReadModes(data), from, to,
            HealthWorker.ReadOrNull(data, "performedBy"), Encounters.ReadPlace(data), data.TextOrNull("note", charactersMax: 4000));
    }

    /// <summary>The visit, and before it a note when it has ended and somebody wrote one.</summary>
    public IReadOnlyList<Resource> Resources(VendorEvent source)
    {
        var id = source.SharedId("visit", SupervisionId);
        var visit = Encounters.Virtual(source, id, Reason!, Modes, Person is null ? null : Parts.Person(Person), StartedAt, EndedAt, Place);
        if (EndedAt is null || Note is null || Person is null)
            return [visit];

        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.SafetyAndMastery, Parts.Person(Person), "Journalnotat fra digitalt tilsyn");
        composition.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, "Oppfølging", Words.WithUncertainty(Note, source), id));
        return [composition, visit];
    }
}
