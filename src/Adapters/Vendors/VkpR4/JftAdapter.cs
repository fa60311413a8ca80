using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>
/// The same payloads on the interface that succeeds VKP R4, read strictly: what lenient reading would put right is refused with the place and the rule, and so is
/// a message that lacks what FHIR or its own profile demands, or names no patient. Ids are derived as for VKP R4.
/// </summary>
public sealed class JftAdapter : IVendorAdapter
{
    public AdapterInfo Info { get; } = new("jft", MajorVersion: 1, MinorVersion: 0);

    public IReadOnlyList<VendorEventKind> Kinds { get; } = VendorEventKind.List(EventKinds.OfDocuments);

    public bool KeepsSendersFhir => true;

    public bool IsStrict => true;

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        if (StrictFhir.Read(payload.Bytes, findings) is not { } resource)
            return new Translation.Rejected(findings.Faults);
        if (resource is not (Bundle { Type: Bundle.BundleType.Document } or Composition or MedicationDispense))
            return new Translation.Rejected([TranslationErrors.NotADocument(resource is Bundle bundle ? $"a Bundle of type {bundle.TypeElement?.Text}" : $"a {resource.TypeName}")]);
        if (Submission.Of(resource, findings) is not { } submission)
            return new Translation.Rejected(findings.Faults);

        // Kept and waiting is the lenient face's answer to a message without a patient; a strict one says so at once.
        var translation = Reporting.Of(submission, payload.ReceivedAt, findings);
        return translation is Translation.Held { Envelope.Patient: null } nobody ? new Translation.Rejected([nobody.Error]) : translation;
    }
}
