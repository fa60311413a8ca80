using Vkp.EventStore;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Trace;

/// <summary>Keeps that a person opened messages, and why, on each message's own stream; before she is shown anything.</summary>
public sealed class MessageOpening(EventLog store)
{
    public Task NoteAsync(IReadOnlyList<MessageRow> rows, string author, string purpose, CancellationToken ct) =>
        store.AppendAsync([.. rows.Select(row => new AppendRequest(row.Tenant, StreamName.Parse(row.Stream), [Fact(row, author, purpose)]))], ct);

    private static NewEvent Fact(MessageRow row, string author, string purpose)
    {
        var metadata = new EventMetadata { MessageId = row.MessageId, Author = author, Purpose = purpose };
        return new NewEvent(Guid.CreateVersion7(), MessageEvents.BodyOpened, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
    }
}
