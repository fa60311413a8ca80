using Vkp.Adapters;
using Vkp.Adapters.Errors;

namespace Vkp.Hub.Delivery;

/// <summary>
/// One call of one EPJ, as its class of receiver demands. A receiver that deduplicates is simply called. Any other is called only after the delivery is marked as
/// running, so that a crash leaves "perhaps sent" and never a silent double; what is in doubt is asked for first, or, where nobody can be asked, left to a person.
/// </summary>
internal sealed class EpjCall(DeliveryRow row, long epoch, IEpjAdapter adapter, EpjSend send, DeliveryStore deliveries)
{
    public string AdapterName => adapter.Info.Name;

    /// <summary>The delivery is marked as running by this call.</summary>
    public bool IsMarked { get; private set; }

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

    /// <summary>The mark is written before the first request that may change the journal, not before look-ups.</summary>
    private async Task<EpjAnswer> SendAsync(EpjRequest request, CancellationToken ct)
    {
        if (request.ChangesJournal && !IsMarked && adapter.ReceiverClass != ReceiverClass.Deduplicates)
        {
            if (!await deliveries.MarkStartedAsync(row, epoch, CancellationToken.None)) return new EpjAnswer.NotSent("the delivery is another's by now");
            IsMarked = true;
        }

        // Once it may have been written it is heard to the end, within the wire's time limit: a stopping hub must not make an outcome unknown.
        return await send(request, IsMarked ? CancellationToken.None : ct);
    }
}
