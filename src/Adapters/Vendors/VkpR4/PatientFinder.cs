using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>Whom a submission is about: the subject of its main resource, by identifier or through a Patient in the same submission.</summary>
internal static class PatientFinder
{
    /// <summary>Null when nobody is named. A national identity number with wrong control digits is a fault; an EPJ's own number is taken as it is.</summary>
    public static SourceIdentifier? Find(Submission submission, Findings findings)
    {
        foreach (var (subject, path) in Subjects(submission))
        {
            if (IdentifierOf(subject, submission) is not { Value: { Length: > 0 } value } identifier)
                continue;
            var found = new SourceIdentifier(Identity.CanonicalSystem(identifier.System), value.Trim());
            if (Identity.IsPersonSystem(found.System) && !Identity.IsPersonNumber(found.System, found.Value))
                findings.Fault(TranslationErrors.IdentityNumber($"{path}.identifier.value"));
            return found;
        }

        return null;
    }

    private static IEnumerable<(ResourceReference Subject, string Path)> Subjects(Submission submission)
    {
        foreach (var resource in submission.Resources)
        {
            if (SubjectOf(resource) is { Subject: { } subject, Path: var path })
                yield return (subject, path);
        }
    }

    private static (ResourceReference? Subject, string Path) SubjectOf(Resource resource) => resource switch
    {
        Composition composition => (composition.Subject, "Composition.subject"),
        DetectedIssue issue => (issue.Patient, "DetectedIssue.patient"),
        MedicationDispense dispense => (dispense.Subject, "MedicationDispense.subject"),
        Encounter encounter => (encounter.Subject, "Encounter.subject"),
        Observation observation => (observation.Subject, "Observation.subject"),
        QuestionnaireResponse response => (response.Subject, "QuestionnaireResponse.subject"),
        Communication communication => (communication.Subject, "Communication.subject"),
        _ => (null, string.Empty),
    };

    private static Identifier? IdentifierOf(ResourceReference subject, Submission submission)
    {
        if (subject.Identifier is { Value.Length: > 0 } own)
            return own;
        var patient = submission.Of<Patient>().FirstOrDefault(patient => subject.Reference == $"urn:uuid:{patient.Id}");
        return patient?.Identifier
            .Where(identifier => identifier.Value is { Length: > 0 })
            .OrderBy(identifier => Identity.IsPersonSystem(Identity.CanonicalSystem(identifier.System)) ? 0 : 1)
            .FirstOrDefault();
    }
}
