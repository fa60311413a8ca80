using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>
/// Where a sender's own message is, never behind what the sender was just told: the read model is waited for when it has not come to the end of the log.
/// </summary>
public sealed class MessageStatus(MessageReader messages, Subscription projection, EventLog store)
{
    /// <summary>Null when the id is nothing, or a message of another sender: the two look the same to who asks.</summary>
    public async Task<MessageRow?> FindAsync(Sender sender, string id, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var messageId)) return null;

        var row = await messages.FindAsync(sender.Tenant, messageId, ct);
        if (row is null)
        {
            var head = await store.HeadAsync(sender.Tenant, ct);
            await projection.WaitUntilAsync(sender.Tenant, head, Limits.ReadYourWritesTimeout, ct);
            row = await messages.FindAsync(sender.Tenant, messageId, ct);
        }

        return row?.Source == sender.Client.VkpId ? row : null;
    }
}
