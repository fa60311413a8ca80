using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Trace;

/// <summary>Every event about one message, in order. A released message has its beginning on the stream it was held on.</summary>
public sealed class MessageHistory(EventLog store)
{
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(MessageRow row, CancellationToken ct)
    {
        var stream = StreamName.Parse(row.Stream);
        var heldStream = HeldMessages.StreamOf(row.MessageId);
        var streams = stream == heldStream ? [stream] : new[] { heldStream, stream };
        var events = new List<RecordedEvent>();
        foreach (var name in streams)
        {
            await foreach (var recorded in store.ReadWholeStreamAsync(row.Tenant, name, 1, ct))
            {
                if (EventMetadata.Parse(recorded.Metadata).MessageId == row.MessageId) events.Add(recorded);
            }
        }

        return events;
    }
}
