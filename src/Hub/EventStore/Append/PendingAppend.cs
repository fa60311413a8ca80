namespace Vkp.EventStore.Append;

/// <summary>One caller's requests on their way to a commit. Waiting, then started (no way back), then answered.</summary>
internal sealed class PendingAppend
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private readonly TaskCompletionSource<Verdict[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    public PendingAppend(IReadOnlyList<PreparedRequest> requests)
    {
        Requests = requests;
        foreach (var request in requests)
        {
            Events += request.Request.Events.Count;
            Bytes += request.Bytes;
        }
    }

    public IReadOnlyList<PreparedRequest> Requests { get; }

    public int Events { get; }

    public long Bytes { get; }

    /// <summary>So many events that whoever appends one is not to wait for them.</summary>
    public bool IsList => Events >= StoreLimits.ListEventsMin;

    /// <summary>Its place in the lane's queue; set when it enters.</summary>
    public long Turn { get; set; }

    public Task<Verdict[]> Answer => _answer.Task;

    /// <summary>False when the caller has cancelled: then nothing of it may be stored.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>A started append that was certainly not stored waits again, and can be cancelled again.</summary>
    public void Return() => Interlocked.CompareExchange(ref _state, Waiting, Started);

    public void TryCancel(CancellationToken ct)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
            _answer.TrySetCanceled(ct);
    }

    public void Succeed(Verdict[] verdicts) => _answer.TrySetResult(verdicts);

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}

/// <summary>
/// Gathers what one call of the append function may hold. Two requests with one dedup key, or one with an expected
/// version after another to the same stream, must not share a call: the later one is carried over to the next.
/// </summary>
internal sealed class AppendGroup
{
    private readonly HashSet<(int Tenant, string Source, string Key)> _keys = [];
    private readonly HashSet<(int Tenant, string Stream)> _streams = [];
    private List<PendingAppend> _carried = [];
    private int _events;
    private long _bytes;
    private bool _hasList;

    public List<PendingAppend> Taken { get; private set; } = [];

    public bool HasCarried => _carried.Count > 0;

    public bool IsFull => _events >= StoreLimits.GroupEventsMax || _bytes >= StoreLimits.GroupBytesMax || _carried.Count >= StoreLimits.GroupEventsMax
        || (_carried.Count > 0 && _carried[^1].IsList);

    public void Begin()
    {
        _keys.Clear();
        _streams.Clear();
        (_events, _bytes, _hasList) = (0, 0, false);
        Taken = [];
        var carried = _carried;
        _carried = [];
        carried.ForEach(Add);
    }

    public void Add(PendingAppend pending)
    {
        if (!Fits(pending))
        {
            _carried.Add(pending);
            return;
        }

        foreach (var request in pending.Requests)
        {
            _streams.Add((request.Request.Tenant, request.Stream));
            if (request.DedupId is { } key)
                _keys.Add(key);
        }

        Taken.Add(pending);
        _hasList |= pending.IsList;
        _events += pending.Events;
        _bytes += pending.Bytes;
    }

    private bool Fits(PendingAppend pending)
    {
        if (pending.IsList && !_hasList && Taken.Count > 0)
            return false;

        foreach (var request in pending.Requests)
        {
            if (request.Request.ExpectedVersion is not null && _streams.Contains((request.Request.Tenant, request.Stream)))
                return false;

            if (request.DedupId is { } key && _keys.Contains(key))
                return false;
        }

        return Taken.Count == 0 || (_events + pending.Events <= StoreLimits.GroupEventsMax && _bytes + pending.Bytes <= StoreLimits.GroupBytesMax);
    }
}
