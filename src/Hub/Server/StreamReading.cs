using Vkp.EventStore;

namespace Vkp.Hub;

/// <summary>Whole streams, a page at a time.</summary>
public static class StreamReading
{
    private const int PageEvents = 1000;

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
