using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <summary>One destination's waiting deliveries, its places in flight and its circuits.</summary>
internal sealed class DestinationQueue
{
    private readonly Dictionary<OrderKey, KeyQueue> waiting = [];
    private readonly Dictionary<Lane, Queue<Turn>> ready = Lanes.InOrder.ToDictionary(lane => lane, _ => new Queue<Turn>());
    private readonly PriorityQueue<Turn, DateTimeOffset> notDue = new();
    private readonly Circuit circuit = new();
    private readonly Circuit replayCircuit = new();
    private long turns;
    private int inFlight;
    private int alarmsInFlight;
    private int replaysInFlight;
    private int unwritten;

    public void Add(DeliveryRow row)
    {
        if (waiting.TryGetValue(row.OrderKey, out var queue))
        {
            queue.Rows.Enqueue(row);
            return;
        }

        waiting[row.OrderKey] = queue = new KeyQueue([row]);
        Schedule(row.OrderKey, queue);
    }

    public DeliveryRow? Take(Lane lane, DateTimeOffset now)
    {
        WakeDue(now);
        while (ready[lane].TryPeek(out var turn) && !IsTheirs(turn)) ready[lane].Dequeue();
        // An alarm keeps to its own schedule, however long the destination is left alone: it may be back this very moment.
        if (ready[lane].Count == 0 || (lane != Lane.Alarm && circuit.Rests(now)) || !HasPlace(lane)) return null;
        if (lane == Lane.Replay && (replayCircuit.Rests(now) || !HasPlaceForReplay())) return null;

        Count(lane, 1);
        var queue = waiting[ready[lane].Dequeue().Key];
        queue.IsInFlight = true;
        return queue.Rows.Peek();
    }

    /// <summary>
    /// The delivery is in the journal: its place is another's, while its key waits until that is written. Only where a repeat would change nothing; a second word is ignored.
    /// </summary>
    public void Answered(DeliveryRow row)
    {
        var queue = waiting[row.OrderKey];
        if (!queue.IsInFlight || queue.HasLeft) return;
        queue.HasLeft = true;
        Count(row.Lane, -1);
        unwritten++;
    }

    public void Finish(DeliveryRow row, DateTimeOffset now)
    {
        Leave(row);
        // That replays are answered says that the destination is well; that something new is says nothing of what it makes of replays.
        circuit.Answered(now);
        if (row.Lane == Lane.Replay) replayCircuit.Answered(now);
        var queue = waiting[row.OrderKey];
        queue.IsInFlight = queue.IsHastened = false;
        queue.Rows.Dequeue();
        Schedule(row.OrderKey, queue);
    }

    public void Retry(DeliveryRow row, bool destinationFailed, DateTimeOffset now)
    {
        Leave(row);
        var queue = waiting[row.OrderKey];
        if (queue.IsHastened) row = row with { DueAt = RetrySchedule.Hastened(row, now) };
        queue.IsInFlight = queue.IsHastened = false;
        queue.Rows = new Queue<DeliveryRow>([row, .. queue.Rows.Skip(1)]);
        Schedule(row.OrderKey, queue);
        if (destinationFailed) (row.Lane == Lane.Replay ? replayCircuit : circuit).Failed(row.Lane, now);
    }

    /// <summary>
    /// What waits for its time gets it, in its place. A try that is on its way was begun before anybody said that the destination is well: when it fails, its delivery does not wait
    /// long either. A destination that has failed again and again is still asked with one message at a time: whoever hastens it can be wrong.
    /// </summary>
    public void Hasten(DateTimeOffset now)
    {
        circuit.Hasten(now);
        replayCircuit.Hasten(now);
        foreach (var (key, queue) in waiting.ToList())
        {
            queue.Rows = new Queue<DeliveryRow>(queue.Rows.Select(row => row with { DueAt = RetrySchedule.Hastened(row, now) }));
            if (queue.IsInFlight) queue.IsHastened = true;
            else Schedule(key, queue);
        }
    }

    /// <summary>Takes a waiting delivery out. False when it is on its way: then its settling decides.</summary>
    public bool Remove(DeliveryRow row)
    {
        var queue = waiting[row.OrderKey];
        var isHead = queue.Rows.Peek().Position == row.Position;
        if (isHead && queue.IsInFlight) return false;

        queue.Rows = new Queue<DeliveryRow>(queue.Rows.Where(other => other.Position != row.Position));
        if (isHead) Schedule(row.OrderKey, queue);
        return true;
    }

    /// <summary>When time alone makes the next one sendable; null when nothing waits for time (a free place is told by a completion).</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        while (notDue.TryPeek(out var turn, out _) && !IsTheirs(turn)) notDue.Dequeue();
        DateTimeOffset? next = notDue.TryPeek(out _, out var due) ? due : null;
        // What becomes due first may be an alarm, which does not wait for the circuit.
        if (circuit.Rests(now)) return waiting.Count == 0 || next < circuit.RestsUntil ? next : circuit.RestsUntil;
        // A replay that is due waits for time as long as its circuit rests.
        return replayCircuit.Rests(now) && ready[Lane.Replay].Count > 0 && (next is null || replayCircuit.RestsUntil < next) ? replayCircuit.RestsUntil : next;
    }

    private void Leave(DeliveryRow row)
    {
        var queue = waiting[row.OrderKey];
        if (queue.HasLeft) unwritten--;
        else Count(row.Lane, -1);
        queue.HasLeft = false;
    }

    private void Count(Lane lane, int change)
    {
        inFlight += change;
        if (lane == Lane.Alarm) alarmsInFlight += change;
        if (lane == Lane.Replay) replaysInFlight += change;
    }

    /// <summary>
    /// An open circuit lets one probe through, beside a replay's, for whose answer nothing new waits, and one alarm, which waits for neither; a closed one keeps some places for
    /// alarms.
    /// </summary>
    private bool HasPlace(Lane lane)
    {
        if (circuit.IsOpen) return (lane == Lane.Alarm ? alarmsInFlight : lane == Lane.Replay ? inFlight : inFlight - replaysInFlight) == 0;
        return lane == Lane.Alarm
            ? inFlight < Limits.DeliveriesInFlightPerDestinationMax
            : inFlight < Limits.DeliveriesInFlightPerDestinationMax - Limits.DeliveriesReservedForAlarms && unwritten < Limits.DeliveriesUnwrittenMax;
    }

    private bool HasPlaceForReplay() => replaysInFlight < (replayCircuit.IsOpen ? 1 : Limits.DeliveriesInFlightForReplaysMax);

    /// <summary>Gives the key's first delivery its turn, when it is due; earlier turns of the key are void. A key with nothing left is forgotten.</summary>
    private void Schedule(OrderKey key, KeyQueue queue)
    {
        if (queue.Rows.Count == 0)
        {
            waiting.Remove(key);
            return;
        }

        queue.Turn = ++turns;
        notDue.Enqueue(new Turn(key, queue.Turn), queue.Rows.Peek().DueAt);
    }

    private void WakeDue(DateTimeOffset now)
    {
        while (notDue.TryPeek(out var turn, out var due) && due <= now)
        {
            notDue.Dequeue();
            if (IsTheirs(turn)) ready[turn.Key.Lane].Enqueue(turn);
        }
    }

    private bool IsTheirs(Turn turn) => waiting.TryGetValue(turn.Key, out var queue) && queue.Turn == turn.Number && !queue.IsInFlight;

    /// <summary>A key waits in one place at a time: a turn that is not its latest counts for nothing.</summary>
    private readonly record struct Turn(OrderKey Key, long Number);

    private sealed class KeyQueue(IEnumerable<DeliveryRow> rows)
    {
        public Queue<DeliveryRow> Rows { get; set; } = new(rows);

        public long Turn { get; set; }

        public bool IsInFlight { get; set; }

        /// <summary>Its first delivery has left its place, and is in flight until that is written.</summary>
        public bool HasLeft { get; set; }

        /// <summary>Hastened while its first delivery was on its way.</summary>
        public bool IsHastened { get; set; }
    }
}
