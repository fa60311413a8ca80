using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Errors;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>A nurse who looks in by the dispenser's camera or voice. The visit is a case: what started is journaled when it has ended.</summary>
internal static class Supervision
{
    private static readonly Dictionary<string, FhirCode> Reasons = new() { ["planned"] = EncounterReasons.Planned, ["eventBased"] = EncounterReasons.EventBased };

    public static Func<Outcome> Read(VendorEvent source, bool ended)
    {
        var data = source.Data;
        var caseId = data.Text("supervisionId", charactersMax: 64);
        var reason = data.Choice("reason", Reasons);
        var modes = Encounters.ReadModes(data);
        var (from, to) = (data.Time("startedAt"), ended ? data.Time("endedAt") : (DateTimeOffset?)null);
        if (to < from)
            source.Findings.Fault(TranslationErrors.Contradiction(data.At("endedAt"), "the supervision ends before it begins"));
        var person = HealthWorker.ReadOrNull(data, "performedBy");
        var place = Encounters.ReadPlace(data);
        var note = data.TextOrNull("note", charactersMax: 4000);

        return () =>
        {
            var visit = Encounters.Virtual(source, source.SharedId("visit", caseId), reason!, modes, person, from, to, place);
            IReadOnlyList<Resource> resources = ended && note is not null && person is not null ? [Note(source, caseId, person, note), visit] : [visit];
            return new Outcome.Journal(
                Lane.Clinical, ServiceCodes.DigitalSupervision, ended ? CaseRole.Closes : CaseRole.Opens, [caseId], Freshness.Day, resources);
        };
    }

    private static Composition Note(VendorEvent source, string caseId, HealthWorker person, string note)
    {
        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.SafetyAndMastery, Parts.Person(person), "Journalnotat fra digitalt tilsyn");
        composition.Section.Add(Compositions.Section(CompositionSections.FollowUpDescription, "Oppfølging", note, source.SharedId("visit", caseId)));
        return composition;
    }
}
