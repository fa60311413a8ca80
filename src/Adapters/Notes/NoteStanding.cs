using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>Whether a message still holds: a health worker must see at the top that it corrects, adds to or takes back something.</summary>
internal static class NoteStanding
{
    public static IEnumerable<string> Lines(IReadOnlyList<Resource> resources)
    {
        if (resources.Count == 0)
            yield break;
        if (IsWithdrawn(resources[0]))
            yield return "TRUKKET TILBAKE: avsenderen har merket meldingen som feilregistrert. Den skal ikke legges til grunn.";
        else if (resources[0] is Composition { RelatesTo: var relations } && relations.Any(relation => relation.Code == DocumentRelationshipType.Appends))
            yield return "TILLEGG til et tidligere notat.";
        else if (IsCorrected(resources[0]))
            yield return "RETTELSE: erstatter det som er meldt tidligere om samme hendelse.";
    }

    private static bool IsWithdrawn(Resource main) => main switch
    {
        Composition { Status: CompositionStatus.EnteredInError } => true,
        DetectedIssue { Status: ObservationStatus.EnteredInError } => true,
        Observation { Status: ObservationStatus.EnteredInError } => true,
        MedicationDispense { Status: MedicationDispense.MedicationDispenseStatusCodes.EnteredInError } => true,
        Encounter { Status: Encounter.EncounterStatus.EnteredInError } => true,
        QuestionnaireResponse { Status: QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError } => true,
        Communication { Status: EventStatus.EnteredInError } => true,
        _ => false,
    };

    private static bool IsCorrected(Resource main) => main switch
    {
        Composition { Status: CompositionStatus.Amended } => true,
        Composition { RelatesTo: var relations } when relations.Any(relation => relation.Code == DocumentRelationshipType.Replaces) => true,
        DetectedIssue { Status: ObservationStatus.Corrected or ObservationStatus.Amended } => true,
        Observation { Status: ObservationStatus.Corrected or ObservationStatus.Amended } => true,
        QuestionnaireResponse { Status: QuestionnaireResponse.QuestionnaireResponseStatus.Amended } => true,
        _ => false,
    };
}
