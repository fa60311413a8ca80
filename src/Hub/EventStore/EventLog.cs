using Npgsql;
using Vkp.EventStore.Append;
using Vkp.EventStore.Reading;
using Vkp.EventStore.Subscriptions;

namespace Vkp.EventStore;

/// <summary>
/// Streams of events on PostgreSQL, in one dense, commit-ordered log per tenant. Thread-safe; one per process and schema.
/// (Not named EventStore: that is the namespace, and a type of the same name cannot be named from Vkp.* code.)
/// </summary>
public sealed class EventLog : IAsyncDisposable
{
    private const int AggregatePageEvents = 1000;

    private readonly NpgsqlDataSource _app;
    private readonly GroupCommit _group;
    private readonly TableStatistics _statistics;

    /// <param name="app">Connects with <see cref="Database.AppConnectionString"/>. Stays the caller's to dispose.</param>
    public EventLog(NpgsqlDataSource app)
    {
        _app = app;
        _statistics = new TableStatistics(app);
        _group = new GroupCommit(app, Committed);
    }

    internal LogWake Wake { get; } = new();

    internal NpgsqlDataSource App => _app;

    /// <summary>
    /// Stores the events of one request, committed together with those of concurrent callers. Each caller gets its own result.
    /// Cancellation before the commit has begun stores nothing; after that the result is waited for. When the connection is
    /// lost while committing, a request with a dedup key is sent once more, so that its outcome is known.
    /// </summary>
    /// <exception cref="StoreException">VKP-303 busy, VKP-304 outcome unknown, VKP-306 database away, VKP-307 refused.</exception>
    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct)
    {
        PreparedRequest[] prepared = [new(request)];
        try
        {
            var verdicts = await _group.AppendAsync(prepared, ct);
            return await ResultAsync(prepared[0], verdicts[0], null, ct);
        }
        catch (StoreException e) when (e.Code == StoreException.OutcomeUnknownCode && request.Dedup is not null)
        {
            // With a dedup key the question can be asked: the repeat is stored, or answered with what the first try stored.
            // Not cancellable: the first try may be stored, and the caller is to learn it.
            var verdicts = await _group.AppendAsync(prepared, CancellationToken.None);
            return OwnOf(request, await ResultAsync(prepared[0], verdicts[0], null, CancellationToken.None));
        }
    }

    /// <summary>
    /// Stores several requests in one commit. Each is judged by itself: a duplicate or a conflict among them stores nothing
    /// of its own and does not hinder the others. Results stand in the order of the requests.
    /// </summary>
    /// <exception cref="ArgumentException">More than <see cref="StoreLimits.RequestEventsMax"/> events; or a request with an expected version comes after another to the same stream.</exception>
    /// <exception cref="StoreException">As for a single request.</exception>
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken ct)
    {
        if (requests.Count == 0)
            return [];

        var list = new RequestList(requests);
        var verdicts = await _group.AppendAsync(list.Distinct, ct);
        return await ResultsAsync(list, verdicts, null, ct);
    }

    /// <summary>
    /// Stores several requests within the caller's transaction, which must be read committed and have declared the tenants
    /// (<see cref="Database.BeginAsync"/>). The tenants' logs are locked from here until the transaction ends, so do this last and commit.
    /// </summary>
    /// <exception cref="PostgresException">As the database raised it: the transaction is the caller's, and so is what its failure means.</exception>
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(NpgsqlTransaction transaction, IReadOnlyList<AppendRequest> requests, CancellationToken ct)
    {
        if (requests.Count == 0)
            return [];

        var list = new RequestList(requests);
        _group.Forget(list.Distinct);
        var verdicts = await AppendCommand.ExecuteAsync(transaction, list.Distinct, ct);
        return await ResultsAsync(list, verdicts, transaction, ct);
    }

    /// <summary>
    /// Stores a request of any length in one commit; the tenant's log is locked meanwhile, some 50 ms per thousand events.
    /// For the rare change that must be whole, such as a municipality's first configuration; others wait for it.
    /// </summary>
    /// <exception cref="ArgumentException">The request has a dedup key.</exception>
    public async Task<AppendResult> AppendWholeAsync(AppendRequest request, CancellationToken ct)
    {
        if (request.Dedup is not null)
            throw new ArgumentException("A dedup key stands for one request, and this one is stored as several.", nameof(request));

        if (request.Events.Count <= StoreLimits.RequestEventsMax)
            return await AppendAsync(request, ct);

        await using var connection = await _app.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [request.Tenant], ct);
        AppendResult.Appended? whole = null;
        foreach (var part in request.Events.Chunk(StoreLimits.RequestEventsMax))
        {
            var expected = whole is null ? request.ExpectedVersion : whole.LastVersion;
            var result = (await AppendAsync(transaction, [request with { Events = part, ExpectedVersion = expected }], ct))[0];
            if (result is not AppendResult.Appended appended)
                return result;

            whole = appended with { FirstPosition = whole?.FirstPosition ?? appended.FirstPosition };
        }

        await transaction.CommitAsync(ct);
        Signal(request.Tenant);
        return whole!;
    }

    /// <summary>Events of a stream, oldest first, from a version on (1 = the first).</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        LogReader.ReadStreamAsync(_app, tenant, stream, fromVersion, maxCount, ct);

    /// <summary>Events of a stream, newest first, from a version down (<see cref="long.MaxValue"/> = from the end).</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamBackwardsAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        LogReader.ReadStreamBackwardsAsync(_app, tenant, stream, fromVersion, maxCount, ct);

    /// <summary>Events of a tenant's log after a position (0 = from the first), in order.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, CancellationToken ct) =>
        LogReader.ReadLogAsync(_app, tenant, afterPosition, maxCount, ct);

    /// <summary>Events of a tenant's log after a position that pass a filter, in order. Go on after the last one's position.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, LogFilter filter, CancellationToken ct) =>
        LogReader.ReadLogAsync(_app, tenant, afterPosition, maxCount, filter, ct);

    /// <summary>The events at these positions of a tenant's log, in the order asked for; a position without an event is left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None, or more than <see cref="StoreLimits.ReadEventsMax"/>.</exception>
    public Task<IReadOnlyList<RecordedEvent>> ReadPositionsAsync(int tenant, IReadOnlyCollection<long> positions, CancellationToken ct) =>
        LogReader.ReadPositionsAsync(_app, tenant, positions, ct);

    /// <summary>A stream as it was: events from a version on, up to a version and to a time, both inclusive.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamUpToAsync(int tenant, StreamName stream, long fromVersion, long toVersion, DateTimeOffset until, int maxCount, CancellationToken ct) =>
        LogReader.ReadStreamUpToAsync(_app, tenant, stream, fromVersion, toVersion, until, maxCount, ct);

    /// <summary>
    /// Live aggregation: folds a stream into a state, now, and stores nothing. The version is 0 when the stream does not exist;
    /// give it as the expected version of the append that is decided from the state.
    /// </summary>
    public async Task<(TState State, long Version)> AggregateAsync<TState>(int tenant, StreamName stream, TState initial, Func<TState, RecordedEvent, TState> apply, CancellationToken ct)
    {
        var (state, version) = (initial, 0L);
        while (await ReadStreamAsync(tenant, stream, version + 1, AggregatePageEvents, ct) is { Count: > 0 } page)
        {
            foreach (var e in page)
                (state, version) = (apply(state, e), e.Version);

            if (page.Count < AggregatePageEvents)
                break;
        }

        return (state, version);
    }

    /// <summary>The last position of a tenant's log; 0 when it is empty.</summary>
    public Task<long> HeadAsync(int tenant, CancellationToken ct) => LogReader.HeadAsync(_app, tenant, ct);

    /// <summary>Every tenant that has a log.</summary>
    public Task<IReadOnlyList<int>> TenantsAsync(CancellationToken ct) => LogReader.TenantsAsync(_app, ct);

    /// <summary>
    /// Listens for appends of other nodes and wakes this node's subscriptions. Run it beside them, once; without it they
    /// see other nodes' events at their next poll. Ends when cancelled.
    /// </summary>
    public Task ListenAsync(TimeProvider clock, CancellationToken ct) => LogListener.RunAsync(_app, Wake, clock, ct);

    /// <summary>Tells this node's subscriptions to look now; for appends in a caller's transaction, after its commit.</summary>
    public void Signal(int tenant)
    {
        Wake.Set(tenant);
        _statistics.CountCommit();
    }

    /// <summary>Stores what was queued, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _group.DisposeAsync();
        await _statistics.EndAsync();
    }

    private void Committed(IReadOnlyDictionary<int, long> heads)
    {
        Wake.Set(heads);
        _statistics.CountCommit();
    }

    /// <summary>A duplicate of this very request, made by its first try, is an append: its events stand side by side.</summary>
    private static AppendResult OwnOf(AppendRequest request, AppendResult result) =>
        result is AppendResult.Duplicate { Original: var first } && first.Id == request.Events[0].Id && first.Stream == request.Stream
            ? new AppendResult.Appended(first.Position, first.Position + request.Events.Count - 1, first.Version + request.Events.Count - 1, first.RecordedAt)
            : result;

    private async Task<IReadOnlyList<AppendResult>> ResultsAsync(RequestList list, Verdict[] verdicts, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        var results = new AppendResult[list.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var distinct = list.DistinctIndex(i);
            results[i] = await ResultAsync(list.Distinct[distinct], list.VerdictOn(i, verdicts[distinct]), transaction, ct);
        }

        return results;
    }

    private async Task<AppendResult> ResultAsync(PreparedRequest request, Verdict verdict, NpgsqlTransaction? transaction, CancellationToken ct)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Appended:
                return new AppendResult.Appended(verdict.FirstPosition, verdict.LastPosition, verdict.LastVersion, verdict.RecordedAt);
            case VerdictKind.VersionConflict:
                return new AppendResult.VersionConflict(verdict.LastVersion);
            case VerdictKind.Duplicate or VerdictKind.ConflictingDuplicate:
                var original = await LogReader.ReadOneAsync(_app, transaction, request.Request.Tenant, verdict.FirstPosition, ct)
                    ?? throw StoreException.OriginalMissing(request.Request.Tenant, verdict.FirstPosition);
                return verdict.Kind == VerdictKind.Duplicate
                    ? new AppendResult.Duplicate(original)
                    : new AppendResult.ConflictingDuplicate(original);
            default:
                throw new InvalidOperationException("The append function left a request unjudged although it was told to wait.");
        }
    }
}
