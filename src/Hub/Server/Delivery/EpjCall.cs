using Vkp.Adapters;
using Vkp.Adapters.Errors;

namespace Vkp.Hub.Delivery;

/// <summary>
/// One call of one EPJ, as its class of receiver demands. A receiver that deduplicates is simply called. Any other is called only after the delivery is marked as
/// running, so that a crash leaves "perhaps sent" and never a silent double; what is in doubt is asked for first, or, where nobody can be asked, left to a person.
/// </summary>
internal sealed class EpjCall(DeliveryRow row, Ownership under, IEpjAdapter adapter, EpjSend send, DeliveryStore deliveries, TimeProvider time)
{
    public string AdapterName => adapter.Info.Name;

    /// <summary>The delivery is marked as running by this call.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>A request was not sent because the lease had run out: what the adapter made of that says nothing of the journal system.</summary>
    public bool IsLapsed { get; private set; }

    public async Task<DeliveryOutcome> MakeAsync(OutboundMessage message, CancellationToken ct)
    {
        if (row.IsInDoubt && adapter.ReceiverClass == ReceiverClass.Neither) return new DeliveryOutcome.Unknown(DeliveryErrors.Interrupted());
        if (row.IsInDoubt && adapter.ReceiverClass == ReceiverClass.CanBeAsked)
        {
            switch (await adapter.AskAsync(message, send, ct))
            {
                case AskOutcome.Has has:
                    return new DeliveryOutcome.Journaled(has.Receipt);
                case AskOutcome.NoAnswer none:
                    return new DeliveryOutcome.Unknown(none.Error, none.RetryAfter);
            }
        }

        return await adapter.DeliverAsync(message, SendAsync, ct);
    }

    /// <summary>
    /// Whether an earlier call for the same delivery may still be carried out: its outcome is unknown, or its owner was lost. A refusal is no last word then. Where nobody can
    /// ask, a person has looked before it was sent again; and what another owner began with a mark is not sent again before it must be over.
    /// </summary>
    public async Task<bool> MayFollowAnotherAsync() =>
        adapter.ReceiverClass != ReceiverClass.Neither
        && ((under.FollowsLostCalls && adapter.ReceiverClass == ReceiverClass.Deduplicates)
            || await deliveries.HasUnknownAsync(row, time.GetUtcNow() - Limits.CallOutstanding, CancellationToken.None));

    /// <summary>The mark is written before the first request that may change the journal, not before look-ups.</summary>
    private async Task<EpjAnswer> SendAsync(EpjRequest request, CancellationToken ct)
    {
        // A node that was stopped on its way here may wake when the message is long another's to send, and refused there.
        if (!IsMarked && !under.Lasts(time))
        {
            IsLapsed = true;
            return new EpjAnswer.NotSent("the lease has run out");
        }

        if (request.ChangesJournal && !IsMarked && adapter.ReceiverClass != ReceiverClass.Deduplicates)
        {
            if (!await deliveries.MarkStartedAsync(row, under.Epoch, CancellationToken.None)) return new EpjAnswer.NotSent("the delivery is another's by now");
            IsMarked = true;
        }

        // Once it may have been written it is heard to the end, within the wire's time limit: a stopping hub must not make an outcome unknown.
        return await send(request, IsMarked ? CancellationToken.None : ct);
    }
}
