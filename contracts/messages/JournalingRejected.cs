using System;

namespace Vkp.Messages;

/// <summary>The document will not be in the journal as it is. Sent by the journal system to the hub's queue; a person takes it from there.</summary>
public sealed class JournalingRejected
{
    /// <summary>As in <see cref="DocumentReady.MessageId"/>.</summary>
    public Guid MessageId { get; set; }

    /// <summary>As in <see cref="DocumentReady.DeliveryId"/>. A rejection of an earlier delivery of the same message changes nothing.</summary>
    public Guid DeliveryId { get; set; }

    /// <summary>One of <see cref="RejectionReasons"/>. A code and no text: a text written about a patient's message could name the patient.</summary>
    public string Reason { get; set; } = "";
}
