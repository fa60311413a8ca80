using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <summary>
/// Decides what is sent next. In memory, without clock or I/O: the engine tells it the time.
/// Promises: one delivery per key on its way; keys in log order; alarms first and with places kept free for them;
/// a destination that fails again and again is asked with one message at a time, and one alarm beside it that waits for nothing but its own schedule.
/// Not thread-safe: its owner locks.
/// </summary>
public sealed class DeliveryQueue
{
    private readonly Dictionary<DestinationKey, DestinationQueue> destinations = [];
    private readonly HashSet<(int, long, string)> known = [];
    private readonly Dictionary<LaneKey, int> counts = [];

    public int Count => known.Count;

    /// <summary>How many of a lane are here, waiting or on their way.</summary>
    public int CountOf(LaneKey lane) => counts.GetValueOrDefault(lane);

    /// <summary>Adds a delivery; one that is already here is left as it is. Deliveries of a key must come in log order.</summary>
    public void Add(DeliveryRow row)
    {
        if (!known.Add((row.Tenant, row.Position, row.Destination))) return;
        counts[row.LaneKey] = CountOf(row.LaneKey) + 1;
        if (!destinations.TryGetValue(row.DestinationKey, out var queue)) destinations[row.DestinationKey] = queue = new DestinationQueue();
        queue.Add(row);
    }

    /// <summary>The next delivery to send, or null when none may go now.</summary>
    /// <param name="isPaused">Whether a person has paused the destination.</param>
    public DeliveryRow? Take(DateTimeOffset now, Func<DestinationKey, bool> isPaused)
    {
        // Alarms of every destination go before anything else of any destination.
        foreach (var lane in Lanes.InOrder)
        {
            foreach (var (key, queue) in destinations)
            {
                if (!isPaused(key) && queue.Take(lane, now) is { } row) return row;
            }
        }

        return null;
    }

    /// <summary>The journal system says that it has the delivery, and a repeat would change nothing there: another may have its place. Its key waits until <see cref="Finish"/>.</summary>
    public void Answered(DeliveryRow row) => destinations[row.DestinationKey].Answered(row);

    /// <summary>The delivery is finished: the key's next may go. A refusal counts as an answer: the destination is well.</summary>
    public void Finish(DeliveryRow row, DateTimeOffset now)
    {
        Drop(row);
        destinations[row.DestinationKey].Finish(row, now);
    }

    /// <summary>The delivery is tried again at <paramref name="dueAt"/>; its key waits for it.</summary>
    /// <param name="destinationFailed">The destination itself did not answer as it should, so its circuit counts it.</param>
    public void Retry(DeliveryRow row, DateTimeOffset dueAt, bool destinationFailed, DateTimeOffset now) =>
        destinations[row.DestinationKey].Retry(row with { Attempts = row.Attempts + 1, DueAt = dueAt }, destinationFailed, now);

    /// <summary>A person says that the destination is well: nothing of it waits for its next try any longer than <see cref="RetrySchedule.Hastened"/> says. The order of a key stays.</summary>
    public void Hasten(DestinationKey destination, DateTimeOffset now)
    {
        if (destinations.TryGetValue(destination, out var queue)) queue.Hasten(now);
    }

    /// <summary>A person has changed a delivery: it takes the place of what is waiting here, or leaves when it is finished. One that is on its way is left to its settling.</summary>
    public void Replace(DeliveryRow row, bool isFinished)
    {
        if (Holds(row))
        {
            if (!destinations[row.DestinationKey].Remove(row)) return;
            Drop(row);
        }

        if (!isFinished) Add(row);
    }

    /// <summary>Forgets a municipality's waiting deliveries: another node works on them now. Those on their way end by themselves.</summary>
    public void Forget(int tenant)
    {
        foreach (var key in destinations.Keys.Where(k => k.Tenant == tenant).ToList()) destinations.Remove(key);
        foreach (var key in counts.Keys.Where(k => k.Destination.Tenant == tenant).ToList()) counts.Remove(key);
        known.RemoveWhere(k => k.Item1 == tenant);
    }

    /// <summary>Whether the queue still works on this delivery.</summary>
    public bool Holds(DeliveryRow row) => known.Contains((row.Tenant, row.Position, row.Destination));

    private void Drop(DeliveryRow row)
    {
        if (known.Remove((row.Tenant, row.Position, row.Destination))) counts[row.LaneKey]--;
    }

    /// <summary>When something waiting becomes due; null when nothing waits for time.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now) => destinations.Values.Select(q => q.NextDue(now)).Where(d => d is not null).DefaultIfEmpty().Min();
}

public static class Lanes
{
    public static readonly Lane[] InOrder = [Lane.Alarm, Lane.Clinical, Lane.Routine, Lane.Replay];
}
