using Vkp.Adapters;
using Vkp.Fhir.Model;

namespace Vkp.Hub.LookUps;

/// <summary>
/// Whom each resource of an answer is about. A journal system that answers about somebody else, by a fault of its own or of something in between, must not make
/// the hub pass it on. Pure.
/// </summary>
public static class SubjectFilter
{
    /// <summary>The subject of each resource that says whose it is, by identifier or through a Patient of the same answer.</summary>
    public static IReadOnlyList<(Resource Resource, IReadOnlyList<SourceIdentifier> Subject)> Subjects(IReadOnlyList<Resource> resources)
    {
        var patients = resources.OfType<Patient>().Where(p => p.Id is not null).GroupBy(p => $"Patient/{p.Id}", StringComparer.Ordinal).ToDictionary(p => p.Key, p => IdentifiersOf(p.First()), StringComparer.Ordinal);
        return [.. resources.Select(resource => (resource, resource is Patient patient ? IdentifiersOf(patient) : SubjectOf(ReferenceOf(resource), patients)))];
    }

    private static IReadOnlyList<SourceIdentifier> SubjectOf(ResourceReference? reference, Dictionary<string, IReadOnlyList<SourceIdentifier>> patients)
    {
        if (reference?.Identifier is { System: { } system, Value: { } value }) return [new SourceIdentifier(system, value)];

        // `Patient/7` and the same behind the server's address; nothing is fetched.
        var local = reference?.Reference is { } text && text.LastIndexOf("Patient/", StringComparison.Ordinal) is >= 0 and var at ? text[at..] : "";
        return patients.GetValueOrDefault(local, []);
    }

    private static ResourceReference? ReferenceOf(Resource resource) => resource switch
    {
        EpisodeOfCare episode => episode.Patient,
        CarePlan plan => plan.Subject,
        Composition composition => composition.Subject,
        Condition condition => condition.Subject,
        AllergyIntolerance allergy => allergy.Patient,
        MedicationStatement medication => medication.Subject,
        _ => null,
    };

    private static IReadOnlyList<SourceIdentifier> IdentifiersOf(Patient patient) =>
        [.. patient.Identifier.Where(i => i.System is not null && i.Value is not null).Select(i => new SourceIdentifier(i.System!, i.Value!))];
}
