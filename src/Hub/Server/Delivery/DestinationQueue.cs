using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <summary>One destination's waiting deliveries, its places in flight and its circuit.</summary>
internal sealed class DestinationQueue
{
    private readonly Dictionary<OrderKey, Queue<DeliveryRow>> waiting = [];
    private readonly Dictionary<Lane, Queue<OrderKey>> ready = Lanes.InOrder.ToDictionary(lane => lane, _ => new Queue<OrderKey>());
    private readonly PriorityQueue<OrderKey, DateTimeOffset> notDue = new();
    private int inFlight;
    private int failures;
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    public void Add(DeliveryRow row)
    {
        if (waiting.TryGetValue(row.OrderKey, out var queue))
        {
            queue.Enqueue(row);
            return;
        }

        waiting[row.OrderKey] = new Queue<DeliveryRow>([row]);
        notDue.Enqueue(row.OrderKey, row.DueAt);
    }

    public DeliveryRow? Take(Lane lane, DateTimeOffset now)
    {
        WakeDue(now);
        if (ready[lane].Count == 0 || now < closedUntil || inFlight >= Places(lane)) return null;

        inFlight++;
        return waiting[ready[lane].Dequeue()].Peek();
    }

    public void Finish(DeliveryRow row, DateTimeOffset now)
    {
        inFlight--;
        failures = 0;
        closedUntil = now;
        var queue = waiting[row.OrderKey];
        queue.Dequeue();
        if (queue.Count == 0) waiting.Remove(row.OrderKey);
        else notDue.Enqueue(row.OrderKey, queue.Peek().DueAt);
    }

    public void Retry(DeliveryRow row, bool destinationFailed, DateTimeOffset now)
    {
        inFlight--;
        var rest = waiting[row.OrderKey];
        rest.Dequeue();
        waiting[row.OrderKey] = new Queue<DeliveryRow>([row, .. rest]);
        notDue.Enqueue(row.OrderKey, row.DueAt);
        if (!destinationFailed) return;

        failures++;
        if (failures >= Limits.CircuitFailuresMax) closedUntil = now + RetrySchedule.Next(row.Lane, Math.Min(failures - Limits.CircuitFailuresMax + 1, 3), null);
    }

    /// <summary>When time alone makes the next one sendable; null when nothing waits for time (a free place is told by a completion).</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        if (closedUntil > now) return waiting.Count > 0 ? closedUntil : null;
        return notDue.TryPeek(out _, out var due) ? due : null;
    }

    /// <summary>An open circuit lets one probe through; a closed one keeps some places for alarms.</summary>
    private int Places(Lane lane) =>
        failures >= Limits.CircuitFailuresMax ? 1
        : lane == Lane.Alarm ? Limits.DeliveriesInFlightPerDestinationMax
        : Limits.DeliveriesInFlightPerDestinationMax - Limits.DeliveriesReservedForAlarms;

    private void WakeDue(DateTimeOffset now)
    {
        while (notDue.TryPeek(out var key, out var due) && due <= now)
        {
            notDue.Dequeue();
            ready[key.Lane].Enqueue(key);
        }
    }
}
