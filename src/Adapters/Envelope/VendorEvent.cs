using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Envelope;

/// <summary>One event whose envelope has been read; what a vendor's rule needs to read the rest and to compose FHIR.</summary>
internal sealed class VendorEvent(AdapterInfo source, EventEnvelope envelope, string municipality, bool timeIsUncertain, JsonFields data)
{
    public EventEnvelope Envelope => envelope;

    public JsonFields Data => data;

    public Findings Findings => data.Findings;

    /// <summary>When it happened, corrected for a clock that is known to be wrong.</summary>
    public DateTimeOffset OccurredAt => envelope.OccurredAt;

    /// <summary>The device's clock cannot be trusted: every text says so.</summary>
    public bool TimeIsUncertain => timeIsUncertain;

    /// <summary>The patient of an event whose rule demands one.</summary>
    public SourceIdentifier Patient => envelope.Patient ?? throw new InvalidOperationException("The rule of this event type does not demand a patient.");

    /// <summary>The id of one resource of this message; the same for every repeat of the event.</summary>
    /// <param name="part">What the resource is within the message, `note`, `observation-2`.</param>
    public Guid Id(string part) =>
        DeterministicId.From(source.Name, source.MajorVersion.ToString(), municipality, envelope.SourceMessageId, part);

    /// <summary>The id of a resource that several messages of a case speak of, a visit or a measurement: the later message's version replaces the earlier one's.</summary>
    /// <param name="kind">What it is, `visit`.</param>
    /// <param name="vendorId">The vendor's own id of it.</param>
    public Guid SharedId(string kind, string vendorId) =>
        DeterministicId.From(source.Name, source.MajorVersion.ToString(), municipality, "shared", kind, vendorId);
}
