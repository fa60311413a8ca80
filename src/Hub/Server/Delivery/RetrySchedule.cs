using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <summary>How long to wait before the next try. Alarms are tried without end every minute; the rest slows to once in two hours and never stops by itself: a destination is never silently dropped.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Alarm = Seconds(1, 3, 10, 30, 60);
    private static readonly TimeSpan[] Ordinary = Seconds(1, 5, 30, 120, 600, 1800, 7200);

    /// <param name="failures">Failed tries so far, at least 1.</param>
    /// <param name="retryAfter">What the receiver asked for; honoured when it is longer, up to two hours.</param>
    public static TimeSpan Next(Lane lane, int failures, TimeSpan? retryAfter)
    {
        var steps = lane == Lane.Alarm ? Alarm : Ordinary;
        var own = steps[Math.Min(failures, steps.Length) - 1];
        return retryAfter is { } asked && asked > own ? (asked < Ordinary[^1] ? asked : Ordinary[^1]) : own;
    }

    /// <summary>
    /// When a delivery is tried after a person has said that its destination is well: now. What the destination may have already, no sooner than it may be asked for, since its last
    /// try may have ended this very moment. Never later than it would have been; and what waits for a person, or for a call that may still be under way, waits on.
    /// A wait that the receiver asked for ends too: it was asked for before the person looked, and a receiver that still wants it asks again.
    /// </summary>
    public static DateTimeOffset Hastened(DeliveryRow row, DateTimeOffset now)
    {
        if (row.State == "running" || row.DueAt == DateTimeOffset.MaxValue) return row.DueAt;
        var soonest = row.IsInDoubt ? now + Limits.AskAfter : now;
        return row.DueAt < soonest ? row.DueAt : soonest;
    }

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
