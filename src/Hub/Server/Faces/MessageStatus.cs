using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>
/// Where a sender's own message is, never behind what anybody was told before the question: the read model is waited for when it has not come to the end of the log, unless the
/// message is at its end.
/// </summary>
public sealed class MessageStatus(MessageReader messages, Subscription projection, EventLog store)
{
    /// <summary>Null when the id is nothing, or a message of another sender: the two look the same to who asks.</summary>
    public async Task<MessageRow?> FindAsync(Sender sender, string id, CancellationToken ct) =>
        await FindAsync(sender.Tenant, id, ct) is { } row && row.Source == sender.Client.VkpId ? row : null;

    /// <summary>The same for one who reads: a journal system sees every message of its municipality, a vendor its own.</summary>
    public async Task<MessageRow?> FindAsync(Reader reader, string id, CancellationToken ct) =>
        await FindAsync(reader.Tenant, id, ct) is { } row && (reader.Destination is not null || row.Source == reader.Vendor?.VkpId) ? row : null;

    private async Task<MessageRow?> FindAsync(int tenant, string id, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var messageId)) return null;
        if (await messages.FindAsync(tenant, messageId, ct) is { State: MessageStates.Journaled or MessageStates.Settled or MessageStates.Rejected } ended) return ended;

        var head = await store.HeadAsync(tenant, ct);
        await projection.WaitUntilAsync(tenant, head, Limits.ReadYourWritesTimeout, ct);
        return await messages.FindAsync(tenant, messageId, ct);
    }
}
