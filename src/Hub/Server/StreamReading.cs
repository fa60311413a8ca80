using Vkp.EventStore;

namespace Vkp.Hub;

/// <summary>Whole streams, a page at a time, and single events.</summary>
public static class StreamReading
{
    private const int PageEvents = 1000;

    /// <summary>The event at a place that a row of the hub names. The log is dense, so a place without one is a fault.</summary>
    public static async Task<RecordedEvent> ReadPositionAsync(this EventLog store, int tenant, long position, CancellationToken ct)
    {
        var read = await store.ReadLogAsync(tenant, position - 1, 1, ct);
        return read.Count == 1 && read[0].Position == position
            ? read[0]
            : throw Missing(tenant, position);
    }

    internal static InvalidOperationException Missing(int tenant, long position) => new($"The log of tenant {tenant} has no position {position}, which a row of the hub names.");

    public static async IAsyncEnumerable<RecordedEvent> ReadWholeStreamAsync(
        this EventLog store, int tenant, StreamName stream, long fromVersion, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var version = fromVersion;
        while (true)
        {
            var page = await store.ReadStreamAsync(tenant, stream, version, PageEvents, ct);
            foreach (var recorded in page) yield return recorded;
            if (page.Count < PageEvents) yield break;
            version = page[^1].Version + 1;
        }
    }
}
