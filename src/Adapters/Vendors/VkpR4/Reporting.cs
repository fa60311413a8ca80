using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>What a submission means to the hub, however strictly it was read.</summary>
internal static class Reporting
{
    public static Translation Of(Submission submission, DateTimeOffset receivedAt, Findings findings)
    {
        var patient = PatientFinder.Find(submission, findings);
        if (findings.AreFatal)
            return new Translation.Rejected(findings.Faults);

        var envelope = new EventEnvelope(
            submission.SourceMessageId, EventKinds.Of(submission), MunicipalityOrgNo: null, EventTime.Of(submission, receivedAt), patient, Device: null, IsTest: false);
        if (patient is null)
            return new Translation.Held(envelope, TranslationErrors.NoPatient(submission.Main.TypeName));
        if (ServiceFinder.Find(submission) is not { } service)
            return new Translation.Held(envelope, TranslationErrors.UnknownService(submission.Main.TypeName));

        return new Translation.Translated(
            envelope, Lanes.Of(submission), service, CaseRole.None, submission.CaseIds, Freshness.Day, submission.Resources, findings.Repairs)
        {
            Traits = submission.Resources.Any(resource => resource is DetectedIssue) ? CaseTraits.Deviation : CaseTraits.None,
        };
    }
}
