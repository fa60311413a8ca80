using System.Collections.Concurrent;
using Vkp.EventStore;

namespace Vkp.Hub.Intake;

/// <summary>
/// Lets a few lists of events of each municipality in at a time, in the order they came. However many are posted at once, an event that comes alone, a call for help
/// above all, waits for the processors and for the log behind no more than these few; and lists that wait for one municipality's log or journal system delay no other's.
/// </summary>
public sealed class ListGate
{
    private readonly ConcurrentDictionary<int, Door> doors = [];

    /// <summary>Takes the list when there is a place.</summary>
    /// <param name="bytes">Of the list.</param>
    /// <exception cref="StoreException">VKP-303: more waits already than is kept waiting. A list is always let wait when no other does.</exception>
    public async Task<T> EnterAsync<T>(int tenant, long bytes, Func<Task<T>> take)
    {
        var door = doors.GetOrAdd(tenant, _ => new Door());
        await door.WaitAsync(bytes);
        try
        {
            return await take();
        }
        finally
        {
            door.Places.Release();
        }
    }

    private sealed class Door
    {
        private long waiting;

        public SemaphoreSlim Places { get; } = new(Limits.ListsAtOnceMax);

        public async Task WaitAsync(long bytes)
        {
            var all = Interlocked.Add(ref waiting, bytes);
            try
            {
                if (all > Limits.ListBytesWaitingMax && all > bytes) throw StoreException.Busy($"other lists of {all - bytes} bytes are waiting");
                await Places.WaitAsync();
            }
            finally
            {
                Interlocked.Add(ref waiting, -bytes);
            }
        }
    }
}
