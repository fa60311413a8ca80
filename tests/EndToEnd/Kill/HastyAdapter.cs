using Vkp.Adapters;

namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>The bug "settle before send": says that the message is in the journal, and sends it a moment later.</summary>
internal sealed class HastyAdapter(IEpjAdapter real) : IEpjAdapter
{
    public AdapterInfo Info => real.Info;

    public ReceiverClass ReceiverClass => real.ReceiverClass;

    public IReadOnlyList<EpjSetting> Settings => real.Settings;

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        _ = SendLaterAsync(message, send);
        return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Journaled(null));
    }

    private async Task SendLaterAsync(OutboundMessage message, EpjSend send)
    {
        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        await moment.WaitForNextTickAsync();
        DeliveryOutcome outcome;
        do outcome = await real.DeliverAsync(message, send, CancellationToken.None);
        while (outcome is not DeliveryOutcome.Journaled && await moment.WaitForNextTickAsync());
    }
}
