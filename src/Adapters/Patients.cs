using Vkp.Fhir.Model;

namespace Vkp.Adapters;

/// <summary>Whom a message is about, by the identifiers its resources carry.</summary>
internal static class Patients
{
    /// <summary>The patient's identifier in the first of these systems that the message names the patient by; null when it names none of them.</summary>
    public static SourceIdentifier? Find(OutboundMessage message, params ReadOnlySpan<string> systems)
    {
        var named = message.Resources.SelectMany(Identifiers).ToList();
        foreach (var system in systems)
        {
            if (named.Find(identifier => Identity.CanonicalSystem(identifier.System) == system && identifier.Value is { Length: > 0 }) is { } found)
                return new SourceIdentifier(system, found.Value!.Trim());
        }

        return null;
    }

    /// <summary>The patient's fødselsnummer, D-nummer or felles hjelpenummer; null when the message has none.</summary>
    public static SourceIdentifier? FindNational(OutboundMessage message) => Find(message, [.. Identity.PersonSystems.Values]);

    private static IEnumerable<Identifier> Identifiers(Resource resource) =>
        resource is Patient patient ? patient.Identifier : SubjectOf(resource)?.Identifier is { } identifier ? [identifier] : [];

    /// <summary>The reference to the patient of any resource the hub sends; null when the resource has none.</summary>
    public static ResourceReference? SubjectOf(Resource resource) => resource switch
    {
        DetectedIssue issue => issue.Patient,
        MedicationDispense dispense => dispense.Subject,
        Composition composition => composition.Subject,
        Observation observation => observation.Subject,
        Encounter encounter => encounter.Subject,
        QuestionnaireResponse response => response.Subject,
        Communication communication => communication.Subject,
        CarePlan plan => plan.Subject,
        Media media => media.Subject,
        _ => null,
    };
}
