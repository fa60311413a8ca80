using Vkp.Adapters;
using Vkp.EventStore;

namespace Vkp.Hub.Intake;

/// <summary>Why a message is held, in the words its vendor was told.</summary>
public sealed class HeldReasons(EventLog store)
{
    public async Task<IReadOnlyList<VkpError>> OfAsync(int tenant, Guid messageId, CancellationToken ct)
    {
        var events = await store.ReadStreamAsync(tenant, HeldMessages.StreamOf(messageId), 1, 1, ct);
        return events.Count == 0 ? [] : EventMetadata.Parse(events[0].Metadata).Issues ?? [];
    }
}
