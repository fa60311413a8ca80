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

    private static TimeSpan[] Seconds(params int[] seconds) => [.. seconds.Select(s => TimeSpan.FromSeconds(s))];
}
