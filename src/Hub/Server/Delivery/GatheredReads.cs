using Vkp.EventStore;

namespace Vkp.Hub.Delivery;

/// <summary>
/// Single events of the log for many callers at once: while one read of a municipality is on its way, what is asked for meanwhile gathers and is read together.
/// A caller alone waits for nobody. Thread-safe.
/// </summary>
public sealed class GatheredReads(EventLog store)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, List<Asked>> asked = [];

    /// <summary>The event at a place that a row of the hub names. The log is dense, so a place without one is a fault.</summary>
    public Task<RecordedEvent> ReadAsync(int tenant, long position)
    {
        var mine = new Asked(position);
        lock (gate)
        {
            if (asked.TryGetValue(tenant, out var waiting))
            {
                waiting.Add(mine);
                return mine.Answer.Task;
            }

            asked[tenant] = [];
        }

        _ = ReadAllAsync(tenant, [mine]);
        return mine.Answer.Task;
    }

    /// <summary>Reads until nobody asks. A read that fails fails for those who waited for it, and the next one is tried.</summary>
    private async Task ReadAllAsync(int tenant, List<Asked> batch)
    {
        while (batch.Count > 0)
        {
            try
            {
                await AnswerAsync(tenant, batch);
            }
            catch (Exception fault)
            {
                foreach (var one in batch) one.Answer.TrySetException(fault);
            }

            lock (gate)
            {
                batch = asked[tenant];
                if (batch.Count == 0) asked.Remove(tenant);
                else asked[tenant] = [];
            }
        }
    }

    private async Task AnswerAsync(int tenant, List<Asked> batch)
    {
        var places = batch.Select(a => a.Position).Distinct().Order().ToArray();
        var events = new Dictionary<long, RecordedEvent>(places.Length);
        foreach (var page in places.Chunk(StoreLimits.ReadEventsMax))
        {
            foreach (var recorded in await store.ReadPositionsAsync(tenant, page, CancellationToken.None)) events[recorded.Position] = recorded;
        }

        foreach (var one in batch)
        {
            if (events.TryGetValue(one.Position, out var recorded)) one.Answer.TrySetResult(recorded);
            else one.Answer.TrySetException(StreamReading.Missing(tenant, one.Position));
        }
    }

    private sealed record Asked(long Position)
    {
        public TaskCompletionSource<RecordedEvent> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
