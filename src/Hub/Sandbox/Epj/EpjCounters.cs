namespace Vkp.Sandbox;

/// <summary>How often one message came, and how often it made an entry; more than one entry is a doubled effect.</summary>
/// <param name="Received">Since this EPJ was started.</param>
/// <param name="Journaled">Over the whole life of the journal file.</param>
public sealed record MessageCount(string MessageHeaderId, int Received, int Journaled);

/// <param name="Requests">All requests that ask for an entry, readable or not, since this EPJ was started; at one that fetches, the documents it has looked at.</param>
/// <param name="ChangedRepeats">Repeats of a message whose content was not what came first: a sender that does not repeat faithfully.</param>
public sealed record EpjCounters(int Requests, int ChangedRepeats, IReadOnlyList<MessageCount> Messages);

/// <param name="Journaled">Entries in the journal.</param>
/// <param name="Doubled">Entries more than there should be: repeats of a message, or of the same content under new ids.</param>
public sealed record EpjCount(int Journaled, int Doubled);

/// <summary>Lets a caller wait until a growing number has reached a value, without sleeping.</summary>
internal sealed class Turnstile
{
    private readonly Lock gate = new();
    private readonly List<(int Target, TaskCompletionSource Reached)> waiting = [];
    private int value;

    public int Value
    {
        get
        {
            lock (gate) return value;
        }
    }

    public void Set(int next)
    {
        lock (gate)
        {
            value = next;
            foreach (var (_, reached) in waiting.Where(waiter => waiter.Target <= next)) reached.TrySetResult();
            waiting.RemoveAll(waiter => waiter.Target <= next);
        }
    }

    public void Add()
    {
        lock (gate) Set(value + 1);
    }

    public Task ReachAsync(int target, CancellationToken ct)
    {
        lock (gate)
        {
            if (value >= target) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((target, reached));
            return reached.Task.WaitAsync(ct);
        }
    }
}
