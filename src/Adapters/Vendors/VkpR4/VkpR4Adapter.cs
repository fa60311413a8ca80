using Vkp.Adapters.Reading;

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

    public IReadOnlyList<VendorEventKind> Kinds { get; } = VendorEventKind.List(EventKinds.All);

    public bool KeepsSendersFhir => true;

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        return LenientFhir.Read(payload.Bytes, findings) is { } resource && Submission.Of(resource, findings) is { } submission
            ? Reporting.Of(submission, payload.ReceivedAt, findings)
            : new Translation.Rejected(findings.Faults);
    }
}
