using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>
/// Senders that already speak the national VKP R4 interface: a document Bundle, or one of its resources alone. What they send is kept as it is;
/// lenient reading puts right what is wrong in form and says so, never what is wrong in meaning.
/// The source message id is Bundle.identifier (system and value) with Bundle.timestamp, because senders put a case id in the identifier;
/// it is empty when the message has no identifier, and the hub then uses a keyed hash of the body.
/// </summary>
public sealed class VkpR4Adapter : IVendorAdapter
{
    public AdapterInfo Info { get; } = new("vkp-r4", MajorVersion: 1, MinorVersion: 0);

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        if (Submission.Read(payload.Bytes, findings) is not { } submission)
            return new Translation.Rejected(findings.Faults);

        var patient = PatientFinder.Find(submission, findings);
        if (findings.AreFatal)
            return new Translation.Rejected(findings.Faults);

        var envelope = new EventEnvelope(
            submission.SourceMessageId, EventKinds.Of(submission), MunicipalityOrgNo: null, EventTime.Of(submission, payload.ReceivedAt), patient, Device: null, IsTest: false);
        if (patient is null)
            return new Translation.Held(envelope, TranslationErrors.NoPatient(submission.Main.TypeName));
        if (ServiceFinder.Find(submission) is not { } service)
            return new Translation.Held(envelope, TranslationErrors.UnknownService(submission.Main.TypeName));

        return new Translation.Translated(
            envelope, Lanes.Of(submission), service, CaseRole.None, submission.CaseIds, Freshness.Day, submission.Resources, findings.Repairs);
    }
}
