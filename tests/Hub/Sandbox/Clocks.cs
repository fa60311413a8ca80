namespace Vkp.Hub.Tests.Sandbox;

/// <summary>Stands still until told otherwise. Timers are real.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    public SetClock()
        : this(Noon)
    {
    }

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Stands still until told otherwise, and so does every measure of time passed. Timers are real.</summary>
internal sealed class StillClock : TimeProvider
{
    private DateTimeOffset now = SetClock.Noon;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;
}

/// <summary>Every wait is over at once, and the clock has moved on by it: waits can be counted and cost no time.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = SetClock.Noon;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return TimeProvider.System.CreateTimer(callback, state, dueTime, period);
        lock (gate)
        {
            now += dueTime;
            Waits.Add(dueTime);
        }

        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

/// <summary>Timers that fire when a test says so.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<HandTimer> timers = [];

    /// <summary>Fires every timer that has been set and not been taken away.</summary>
    public void FireAll()
    {
        HandTimer[] set;
        lock (gate) set = [.. timers];
        foreach (var timer in set) timer.Fire();
    }

    public override DateTimeOffset GetUtcNow() => SetClock.Noon;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        lock (gate) timers.Add(timer);
        return timer;
    }

    private sealed class HandTimer(HandClock clock, TimerCallback callback, object? state) : ITimer
    {
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Runs like the real one, so much ahead or behind as a test says.</summary>
internal sealed class ShiftedClock(DateTimeOffset now) : TimeProvider
{
    private long shiftTicks = (now - System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shiftTicks));

    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref shiftTicks, (to - System.GetUtcNow()).Ticks);
}

/// <summary>Runs like the real one, and every measure of time passed with it, so much ahead as a test says.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private long aheadTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Skip(TimeSpan by) => Interlocked.Add(ref aheadTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref aheadTicks));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref aheadTicks);
}
