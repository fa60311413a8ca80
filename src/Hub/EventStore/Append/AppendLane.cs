using System.Threading.Channels;
using Npgsql;

namespace Vkp.EventStore.Append;

/// <summary>
/// What waits for one connection's next commit. Any number may enter; one loop gathers and takes. A list lets those go first who come with few events, up to a number:
/// a call for help that is appended beside a backlog does not wait for the lists that came before it, and no list waits for ever.
/// </summary>
internal sealed class AppendLane(NpgsqlDataSource app) : IAsyncDisposable
{
    private readonly Channel<PendingAppend> _queue = Channel.CreateUnboundedPrioritized<PendingAppend>(new()
    {
        SingleReader = true,
        Comparer = Comparer<PendingAppend>.Create((one, other) => one.Turn.CompareTo(other.Turn)),
    });

    private long _turns;
    private int _waiting;
    private int _wanted = int.MaxValue;
    private TaskCompletionSource _enough = new();

    public LaneConnection Connection { get; } = new(app);

    /// <summary>The loop that commits; set once, when it is started.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>False when the lane is closed.</summary>
    public bool TryEnter(PendingAppend pending)
    {
        pending.Turn = Interlocked.Increment(ref _turns) + (pending.IsList ? StoreLimits.OvertakingMax : 0);

        // Counted first: the loop may take it before this returns.
        var waiting = Interlocked.Increment(ref _waiting);
        if (!_queue.Writer.TryWrite(pending))
            return false;

        if (waiting >= Volatile.Read(ref _wanted))
            Volatile.Read(ref _enough).TrySetResult();

        return true;
    }

    public PendingAppend? TryTake()
    {
        if (!_queue.Reader.TryRead(out var pending))
            return null;

        Interlocked.Decrement(ref _waiting);
        return pending;
    }

    /// <summary>False when the lane is closed and empty.</summary>
    public ValueTask<bool> WaitToTakeAsync() => _queue.Reader.WaitToReadAsync();

    /// <summary>
    /// Lets as many come as were just answered, for at most <see cref="StoreLimits.GatherInterval"/>: callers that append one event after another return together,
    /// and without this the first of them would go off in a commit of their own. A lone caller waits for nobody.
    /// </summary>
    public async Task GatherAsync(int answered)
    {
        if (answered < 2 || Volatile.Read(ref _waiting) >= answered)
            return;

        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _enough, enough);
        Interlocked.Exchange(ref _wanted, answered);
        if (Volatile.Read(ref _waiting) < answered)
            await enough.Task.WaitAsync(StoreLimits.GatherInterval).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Volatile.Write(ref _wanted, int.MaxValue);
    }

    /// <summary>Commits what has come in, lets nothing more in, and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Running;
        await Connection.DisposeAsync();
    }
}
