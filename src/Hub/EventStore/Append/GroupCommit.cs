using Npgsql;

namespace Vkp.EventStore.Append;

/// <summary>
/// Appends the requests of concurrent callers together: while one commit is under way the next group gathers, and closes
/// when that commit returns and its callers have had a moment to come again. A lone caller waits for nobody, and groups grow with the load.
/// Tenants are shared out among a few lanes, so that one lane's commit goes on while the other's callers are answered.
/// A tenant whose log somebody else is writing to leaves its lane until that is over, and delays nobody.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly NpgsqlDataSource _app;
    private readonly Action<IReadOnlyDictionary<int, long>> _committed;
    private readonly Dictionary<int, WaitingTenant> _waiting = [];
    private readonly AppendLane[] _lanes;
    private int _queuedEvents;
    private long _queuedBytes;

    /// <param name="committed">Called with the tenants of every commit and the last position of each, before its callers are answered.</param>
    public GroupCommit(NpgsqlDataSource app, Action<IReadOnlyDictionary<int, long>> committed)
    {
        _app = app;
        _committed = committed;
        _lanes = [.. Enumerable.Range(0, StoreLimits.AppendLanes).Select(_ => new AppendLane(app))];
        foreach (var lane in _lanes)
            lane.Running = Task.Run(() => RunLaneAsync(lane));
    }

    /// <summary>
    /// Answers when the requests are committed, or judged otherwise. Cancelled while still waiting, nothing is stored;
    /// once a commit has them, the answer is waited for, because only then is it known.
    /// </summary>
    /// <exception cref="StoreException">VKP-303 the queue is full.</exception>
    public async Task<Verdict[]> AppendAsync(IReadOnlyList<PreparedRequest> requests, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var pending = new PendingAppend(requests);
        Enter(pending);
        if (!_lanes[(uint)requests[0].Request.Tenant % (uint)_lanes.Length].TryEnter(pending))
        {
            Leave(pending);
            throw new ObjectDisposedException(nameof(EventLog));
        }

        await using var registration = ct.UnsafeRegister(static (state, token) => ((PendingAppend)state!).TryCancel(token), pending);
        return await pending.Answer;
    }

    /// <summary>To be called for appends that do not come through here, so that no lane counts on what it knew of their streams.</summary>
    public void Forget(IReadOnlyList<PreparedRequest> requests)
    {
        foreach (var lane in _lanes)
            lane.Connection.Known.Forget(requests);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            await lane.DisposeAsync();

        Task[] rest;
        lock (_waiting)
            rest = [.. _waiting.Values.Select(tenant => tenant.Running)];

        await Task.WhenAll(rest);
    }

    private void Enter(PendingAppend pending)
    {
        var events = Interlocked.Add(ref _queuedEvents, pending.Events);
        var bytes = Interlocked.Add(ref _queuedBytes, pending.Bytes);

        // A single request is always let in to an empty queue, however large.
        if ((events > StoreLimits.QueueEventsMax && events > pending.Events) || (bytes > StoreLimits.QueueBytesMax && bytes > pending.Bytes))
        {
            Leave(pending);
            throw StoreException.Busy($"{events - pending.Events} events are waiting to be stored");
        }
    }

    private void Leave(PendingAppend pending)
    {
        Interlocked.Add(ref _queuedEvents, -pending.Events);
        Interlocked.Add(ref _queuedBytes, -pending.Bytes);
    }

    private async Task RunLaneAsync(AppendLane lane)
    {
        var group = new AppendGroup();
        while (group.HasCarried || await lane.WaitToTakeAsync())
        {
            await lane.GatherAsync(group.Taken.Count);
            group.Begin();
            while (!group.IsFull && lane.TryTake() is { } pending)
            {
                if (!TryHandToWaiting(pending))
                    group.Add(pending);
            }

            await CommitAsync(group.Taken, lane.Connection, wait: false);
        }
    }

    private async Task CommitAsync(IReadOnlyList<PendingAppend> taken, LaneConnection lane, bool wait)
    {
        var started = taken.Where(pending => pending.TryStart()).ToList();
        foreach (var cancelled in taken.Except(started))
            Leave(cancelled);

        if (started.Count == 0)
            return;

        try
        {
            await AnswerAsync(started, lane, wait);
        }
        catch (StoreException e) when (started.Count > 1 && e.Code == "VKP-307")
        {
            // One of them cannot be stored. Nothing was; each gets its own try, so that only the guilty one fails.
            foreach (var pending in started)
                await CommitAloneAsync(pending, lane, wait);
        }
        catch (Exception e)
        {
            // Also what nobody foresaw: it is the callers' to see, and the lane must live on, or every later caller waits for ever.
            started.ForEach(pending => Fail(pending, e));
        }
    }

    private async Task CommitAloneAsync(PendingAppend pending, LaneConnection lane, bool wait)
    {
        try
        {
            await AnswerAsync([pending], lane, wait);
        }
        catch (Exception e)
        {
            Fail(pending, e);
        }
    }

    private async Task AnswerAsync(List<PendingAppend> started, LaneConnection lane, bool wait)
    {
        var requests = started.Count == 1 ? started[0].Requests : started.SelectMany(pending => pending.Requests).ToList();
        var verdicts = await lane.AppendAsync(requests, wait);

        var appended = new Dictionary<int, long>();
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].Kind == VerdictKind.Appended)
                appended[requests[i].Request.Tenant] = Math.Max(appended.GetValueOrDefault(requests[i].Request.Tenant), verdicts[i].LastPosition);
        }

        if (appended.Count > 0)
            _committed(appended);

        var next = 0;
        foreach (var pending in started)
        {
            var own = verdicts.AsSpan(next, pending.Requests.Count);
            next += pending.Requests.Count;
            if (own.Contains(default))
                HandToWaiting(pending);
            else
                Succeed(pending, own.ToArray());
        }
    }

    private bool TryHandToWaiting(PendingAppend pending)
    {
        lock (_waiting)
        {
            foreach (var request in pending.Requests)
            {
                if (_waiting.TryGetValue(request.Request.Tenant, out var tenant))
                {
                    tenant.Queue.Enqueue(pending);
                    return true;
                }
            }
        }

        return false;
    }

    private void HandToWaiting(PendingAppend pending)
    {
        pending.Return();
        if (TryHandToWaiting(pending))
            return;

        lock (_waiting)
        {
            var tenant = new WaitingTenant(pending.Requests[0].Request.Tenant);
            tenant.Queue.Enqueue(pending);
            _waiting.Add(tenant.Tenant, tenant);
            tenant.Running = Task.Run(() => RunWaitingAsync(tenant));
        }
    }

    /// <summary>Appends what a busy tenant has waiting, on a connection of its own that waits for the head, until nothing is left.</summary>
    private async Task RunWaitingAsync(WaitingTenant tenant)
    {
        await using var lane = new LaneConnection(_app);
        var group = new AppendGroup();
        while (true)
        {
            group.Begin();
            lock (_waiting)
            {
                while (!group.IsFull && tenant.Queue.TryDequeue(out var pending))
                    group.Add(pending);

                if (group.Taken.Count == 0)
                {
                    _waiting.Remove(tenant.Tenant);
                    return;
                }
            }

            await CommitAsync(group.Taken, lane, wait: true);
        }
    }

    private void Succeed(PendingAppend pending, Verdict[] verdicts)
    {
        Leave(pending);
        pending.Succeed(verdicts);
    }

    private void Fail(PendingAppend pending, Exception fault)
    {
        Leave(pending);
        pending.Fail(fault);
    }

    private sealed class WaitingTenant(int tenant)
    {
        public int Tenant { get; } = tenant;

        public Queue<PendingAppend> Queue { get; } = [];

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
