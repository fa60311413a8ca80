using System;

namespace Vkp.Messages;

/// <summary>The document is in the journal. Sent by the journal system to the hub's queue; the same answer again changes nothing.</summary>
public sealed class JournalingAcknowledged
{
    /// <summary>As in <see cref="DocumentReady.MessageId"/>.</summary>
    public Guid MessageId { get; set; }

    /// <summary>As in <see cref="DocumentReady.DeliveryId"/>.</summary>
    public Guid DeliveryId { get; set; }
}
