using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <summary>
/// Whether a destination that fails again and again is left alone for a moment, and then asked with one message at a time. A destination has two: what replays send fails for
/// reasons of its own, and stands in nobody's way but theirs. Alarms do not wait for it: they are tried when they are due, one at a time.
/// </summary>
internal sealed class Circuit
{
    private int failures;
    private DateTimeOffset restsUntil = DateTimeOffset.MinValue;

    /// <summary>It has failed again and again, and not answered since.</summary>
    public bool IsOpen => failures >= Limits.CircuitFailuresMax;

    /// <summary>Nothing but alarms is sent before this; in the past when something may be.</summary>
    public DateTimeOffset RestsUntil => restsUntil;

    public bool Rests(DateTimeOffset now) => now < restsUntil;

    public void Answered(DateTimeOffset now) => (failures, restsUntil) = (0, now);

    public void Failed(Lane lane, DateTimeOffset now)
    {
        // What fails while the destination is left alone was on its way before: it tells nothing new, and an outage of a moment shall not end in the longest wait.
        if (Rests(now)) return;

        failures++;
        if (IsOpen) restsUntil = now + RetrySchedule.Next(lane, Math.Min(failures - Limits.CircuitFailuresMax + 1, 3), null);
    }

    /// <summary>The rest is over; one message at a time it stays.</summary>
    public void Hasten(DateTimeOffset now)
    {
        if (Rests(now)) restsUntil = now;
    }
}
