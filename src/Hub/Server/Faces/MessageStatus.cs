using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>Where a message is, never behind what its sender was just told: the read model is waited for when it has not come to the end of the log.</summary>
public sealed class MessageStatus(MessageReader messages, Subscription projection, EventLog store)
{
    public async Task<StatusAnswer?> FindAsync(int tenant, Guid messageId, CancellationToken ct)
    {
        var row = await messages.FindAsync(tenant, messageId, ct);
        if (row is null)
        {
            var head = await store.HeadAsync(tenant, ct);
            await projection.WaitUntilAsync(tenant, head, Limits.ReadYourWritesTimeout, ct);
            row = await messages.FindAsync(tenant, messageId, ct);
        }

        return row is null
            ? null
            : new StatusAnswer(row.MessageId, row.State, row.Reason, row.RegisteredAt, row.ForwardedAt, row.JournaledAt, row.SettledAt, row.FailedAt, row.InDocumentOf);
    }
}
