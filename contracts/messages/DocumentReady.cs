using System;

namespace Vkp.Messages;

/// <summary>
/// A document for the journal is ready. Published by the hub to one journal system; it names nobody. The same document is published again under the same
/// <see cref="DeliveryId"/>, which is also the transport's message id, until the hub knows that the transport has it.
/// </summary>
public sealed class DocumentReady
{
    /// <summary>The hub's id of the message; the fetched document's own id.</summary>
    public Guid MessageId { get; set; }

    /// <summary>The id of this delivery. When a person sends the document again it has a new one, under the same <see cref="MessageId"/>.</summary>
    public Guid DeliveryId { get; set; }

    /// <summary>The municipality's organisation number, nine digits.</summary>
    public string Municipality { get; set; } = "";

    /// <summary>The journal system's name in the municipality's configuration.</summary>
    public string Destination { get; set; } = "";

    /// <summary>
    /// The document's place in the municipality's log. Of two documents about one patient the one with the higher position came later; an endpoint that handles
    /// several at once compares positions before it writes.
    /// </summary>
    public long Position { get; set; }

    /// <summary>What happened, `dose.notTaken`.</summary>
    public string Kind { get; set; } = "";

    /// <summary>How urgent: `Alarm`, `Clinical`, `Routine` or `Replay`.</summary>
    public string Lane { get; set; } = "";

    /// <summary>It was no news any more when the hub got it, or is sent again by a person: documentation, never a fresh alarm.</summary>
    public bool IsLate { get; set; }

    /// <summary>When the hub took the message.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Where the document is fetched with the journal system's own access token, below the hub's address: `v1/Bundle/ID`.</summary>
    public string FetchFrom { get; set; } = "";

    /// <summary>The document itself as FHIR R4 JSON, where the municipality has chosen that; else null.</summary>
    public string? Document { get; set; }
}
