namespace Vkp.Hub.Queues;

/// <summary>How much waits in an endpoint's queue and how far its numbers have come, looked at no more than once in <see cref="Limits.QueueDepthFreshness"/>.</summary>
internal sealed class QueueDepth
{
    private readonly Lock gate = new();
    private long? lookedAt;
    private long? warnedAt;

    public long Waiting { get; private set; }

    /// <summary>The last number of the queue's rows: four bytes, never used again, so one queue takes 2,147,483,647 messages in its life.</summary>
    public long LastNumber { get; private set; }

    public bool IsStale(TimeProvider time)
    {
        lock (gate) return lookedAt is not { } at || time.GetElapsedTime(at) > Limits.QueueDepthFreshness;
    }

    public void Note(long waiting, long lastNumber, TimeProvider time)
    {
        lock (gate) (Waiting, LastNumber, lookedAt) = (waiting, lastNumber, time.GetTimestamp());
    }

    /// <summary>Whether an operator is to be told now that the numbers run out: once an hour from three quarters on.</summary>
    public bool ShallWarn(TimeProvider time)
    {
        lock (gate)
        {
            if (LastNumber < Limits.QueueNumberWarning || (warnedAt is { } at && time.GetElapsedTime(at) < TimeSpan.FromHours(1))) return false;
            warnedAt = time.GetTimestamp();
            return true;
        }
    }
}
