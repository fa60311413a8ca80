using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>The note of a follow-up, as the VKP guides describe it: LOINC 34133-9, final, steps as events, text as sections.</summary>
internal static class Compositions
{
    public static Composition Note(VendorEvent source, Guid id, FhirCode category, ResourceReference author, string title = "Journalnotat for respons på hendelse") => new()
    {
        Id = id.ToString("D"),
        Meta = Parts.Profile(VkpProfiles.Composition),
        Identifier = Parts.UuidIdentifier(id),
        Status = CompositionStatus.Final,
        Type = Loinc.SummaryNote,
        Category = [category],
        Subject = Parts.Logical(source.Patient),
        DateElement = new FhirDateTime(source.OccurredAt),
        Author = [author],
        Title = title,
    };

    public static Composition.EventComponent Step(FhirCode step, DateTimeOffset at, string? text = null)
    {
        return new() { Code = [step.ToCodeableConcept(text)], Period = new Period { StartElement = new FhirDateTime(at) } };
    }

    public static Composition.SectionComponent Section(FhirCode kind, string title, string text, params IEnumerable<Guid> about) => new()
    {
        Title = title,
        Code = kind,
        Text = new Narrative { Status = Narrative.NarrativeStatus.Additional, Div = Xhtml.Div(text) },
        Entry = [.. about.Select(Parts.To)],
    };
}
