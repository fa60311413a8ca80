using Vkp.Adapters.Composing;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>How a document that is in a journal is corrected.</summary>
public enum CorrectionKind
{
    /// <summary>Its content was wrong, and stands here as it should have been.</summary>
    Replaced,

    /// <summary>It holds, and there is more to say.</summary>
    Amended,

    /// <summary>It should not be there at all.</summary>
    EnteredInError,
}

/// <summary>
/// The document by which the municipality corrects one that is in a journal: a note that says so in words and refers to the earlier message, and what
/// is corrected beside it. Nothing in a journal is overwritten. Pure; the resources given are not changed.
/// </summary>
public static class CorrectionNote
{
    /// <param name="id">The note's id, derived from the correction's, so that a repeat is the same note.</param>
    /// <param name="earlier">The message whose document is corrected, as the journal system knows it.</param>
    /// <param name="words">What the reader is told, in bokmål.</param>
    /// <param name="resources">The corrected content; of an amendment none, for what stands stands.</param>
    public static IReadOnlyList<Resource> Compose(
        Guid id, CorrectionKind kind, SourceIdentifier patient, Guid earlier, DateTimeOffset writtenAt, string words, IReadOnlyList<Resource> resources)
    {
        var note = new Composition
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.Composition),
            Identifier = Parts.UuidIdentifier(id),
            Status = kind == CorrectionKind.EnteredInError ? CompositionStatus.EnteredInError : CompositionStatus.Amended,
            Type = Loinc.SummaryNote,
            Category = [resources.Any(r => r is Observation or QuestionnaireResponse or CarePlan) ? CompositionCategories.HomeFollowUp : CompositionCategories.SafetyAndMastery],
            Subject = Parts.Logical(patient),
            DateElement = new FhirDateTime(NorwegianTime.Local(writtenAt)),
            Author = [new ResourceReference { Display = "Velferdsteknologi, rettet av kommunen" }],
            Title = TitleOf(kind),
            RelatesTo = [new() { Code = kind == CorrectionKind.Amended ? DocumentRelationshipType.Appends : DocumentRelationshipType.Replaces, Target = Parts.UuidIdentifier(earlier) }],
            Section = [Compositions.Section(CompositionSections.CompiledText, TitleOf(kind), words, resources.Where(r => Guid.TryParseExact(r.Id, "D", out _)).Select(r => Guid.Parse(r.Id!)))],
        };
        return [note, .. kind == CorrectionKind.EnteredInError ? resources.Select(Withdrawn) : resources];
    }

    private static string TitleOf(CorrectionKind kind) => kind switch
    {
        CorrectionKind.Replaced => "Rettelse",
        CorrectionKind.Amended => "Tillegg",
        _ => "Feilregistrert",
    };

    private static Resource Withdrawn(Resource resource)
    {
        var withdrawn = (Resource)resource.DeepCopy();
        switch (withdrawn)
        {
            case Composition composition:
                composition.Status = CompositionStatus.EnteredInError;
                break;
            case DetectedIssue issue:
                issue.Status = ObservationStatus.EnteredInError;
                break;
            case Observation observation:
                observation.Status = ObservationStatus.EnteredInError;
                break;
            case MedicationDispense dispense:
                dispense.Status = MedicationDispense.MedicationDispenseStatusCodes.EnteredInError;
                break;
            case Encounter encounter:
                encounter.Status = Encounter.EncounterStatus.EnteredInError;
                break;
            case QuestionnaireResponse response:
                response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError;
                break;
            case Communication communication:
                communication.Status = EventStatus.EnteredInError;
                break;
        }

        return withdrawn;
    }
}
