using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>Whose a message is, filled in where the vendor knew the device only. Pure; the resources given are not changed.</summary>
public static class PatientBinding
{
    /// <summary>Copies in which every resource that can name a patient and does not, names this one.</summary>
    public static IReadOnlyList<Resource> Bind(IReadOnlyList<Resource> resources, SourceIdentifier patient) => [.. resources.Select(resource => Bind(resource, patient))];

    private static Resource Bind(Resource resource, SourceIdentifier patient)
    {
        var bound = (Resource)resource.DeepCopy();
        var whose = new ResourceReference(new Identifier(patient.System, patient.Value));
        switch (bound)
        {
            case DetectedIssue issue:
                issue.Patient ??= whose;
                break;
            case MedicationDispense dispense:
                dispense.Subject ??= whose;
                break;
            case Composition composition:
                composition.Subject ??= whose;
                break;
            case Observation observation:
                observation.Subject ??= whose;
                break;
            case Encounter encounter:
                encounter.Subject ??= whose;
                break;
        }

        return bound;
    }
}
