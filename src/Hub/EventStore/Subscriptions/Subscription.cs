using System.Collections.Concurrent;
using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>A page of one tenant's log, in order, and the transaction that the effects and the checkpoint share.</summary>
/// <param name="Transaction">Has declared <paramref name="Tenant"/>. The handler neither commits nor rolls back.</param>
public sealed record SubscriptionPage(int Tenant, IReadOnlyList<RecordedEvent> Events, NpgsqlTransaction Transaction);

/// <summary>Where a subscription stands in one tenant's log.</summary>
/// <param name="Head">The last position of the log.</param>
/// <param name="Position">The last position handled.</param>
/// <param name="StoppedReason">Set when an unknown error stopped it; <see cref="Subscription.ResumeAsync"/> starts it again.</param>
/// <param name="Lease">Which process handles it; null when none does at the moment.</param>
public sealed record SubscriptionStatus(int Tenant, string Name, long Head, long Position, DateTimeOffset? StoppedAt, string? StoppedReason, SubscriptionLease? Lease = null)
{
    public long Behind => Head - Position;
}

/// <param name="Owner">Another one for every process and start.</param>
/// <param name="Epoch">Grows with every new owner; what was begun under an earlier one is refused.</param>
/// <param name="Until">By the database's clock, unless renewed.</param>
public sealed record SubscriptionLease(Guid Owner, long Epoch, DateTimeOffset Until);

/// <summary>
/// Handles every event of every tenant's log, in order per tenant, each exactly once as far as the handler's effects are in
/// the page's transaction. Tenants run in parallel and do not hinder each other. Any number of processes may run the same
/// subscription: each tenant is leased by one of them, and a page begun under a lease that has passed on commits nothing.
/// </summary>
/// <param name="name">Permanent: it names the checkpoint.</param>
/// <param name="handler">
/// Throws a transient database fault (connection, deadlock, lock time-out) to have the page again, or <see cref="StoreException"/> with
/// a retry hint; anything else stops the tenant's subscription until a person resumes it. Never skips.
/// </param>
/// <param name="committed">Told the tenant after each page's commit, on this node: a hint for who works on the effects.</param>
public sealed class Subscription(EventLog log, string name, int pageEventsMax, Func<SubscriptionPage, CancellationToken, Task> handler, TimeProvider clock, Action<int>? committed = null)
{
    private const int TenantsAtOnceMax = 4;

    private readonly ConcurrentDictionary<int, long> _handled = new();
    private readonly LogWake _progress = new();
    private readonly SubscriptionLeases _leases = new(log.App, name, clock);

    // What the last look at the database said, and the hints that have been followed since.
    private readonly ConcurrentDictionary<int, long> _marks = new();
    private ConcurrentDictionary<int, bool> _others = new();
    private (long At, long Unknown)? _looked;

    public string Name { get; } = name;

    /// <summary>Whether the handler is given the events' bodies. One that needs the facts only saves the database, the wire and memory most of a page: each body is empty then.</summary>
    public bool ReadsBodies { get; init; } = true;

    /// <summary>The least time from one page to the next while pages hold more than a few events and are not full: what nobody waits for may be handled in fewer, fuller pages.</summary>
    public TimeSpan PageInterval { get; init; } = StoreLimits.PageInterval;

    /// <summary>The last fault that passes by itself, for health; null after a round without one.</summary>
    public Exception? TransientFault { get; private set; }

    /// <summary>Handles at most one page of each tenant that has new events, and gives the leases back. Returns the number of events handled.</summary>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        var handled = await RoundAsync(await LookAsync(ct), ct);
        await _leases.ReleaseAsync(ct);
        return handled;
    }

    /// <summary>The tenants to be looked at now: by the hints since the last look at the database, and by the database itself when they do not say enough, or once in a while.</summary>
    private async Task<IReadOnlyCollection<int>> DueAsync(CancellationToken ct)
    {
        if (_looked is not { } last || last.Unknown != log.Wake.Unknown || clock.GetElapsedTime(last.At) >= StoreLimits.PollInterval)
            return await LookAsync(ct);

        var due = new List<int>();
        foreach (var (tenant, hint) in log.Wake.Hints)
        {
            if (_others.ContainsKey(tenant) || (hint.Head <= _handled.GetValueOrDefault(tenant) && hint.Marks <= _marks.GetValueOrDefault(tenant)))
                continue;

            _marks[tenant] = hint.Marks;
            due.Add(tenant);
        }

        return due;
    }

    private async Task<IReadOnlyCollection<int>> LookAsync(CancellationToken ct)
    {
        // Before the question is sent: what comes later is not answered. If it fails it is asked again.
        var asked = (clock.GetTimestamp(), log.Wake.Unknown);
        _looked = null;
        foreach (var (tenant, hint) in log.Wake.Hints)
            _marks[tenant] = hint.Marks;

        var lines = await StatusAsync(ct);
        log.Wake.Note(lines.Select(status => KeyValuePair.Create(status.Tenant, status.Head)));
        // What another process has is not even asked for; when its lease has run out, it is.
        var own = lines.Where(status => status.StoppedReason is null && (status.Lease is null || status.Lease.Owner == _leases.Owner)).ToList();
        _others = new(lines.Except(own).Select(status => KeyValuePair.Create(status.Tenant, true)));
        foreach (var status in own)
            _handled[status.Tenant] = status.Position;

        _looked = asked;
        return [.. own.Where(status => status.Behind > 0).Select(status => status.Tenant)];
    }

    private async Task<int> RoundAsync(IReadOnlyCollection<int> due, CancellationToken ct)
    {
        Exception? transient = null;
        var handled = 0;
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnceMax, CancellationToken = ct },
            async (tenant, token) =>
            {
                if (await _leases.TakeAsync(tenant, token) is not { } epoch)
                {
                    _others[tenant] = true;
                    return;
                }

                try
                {
                    Interlocked.Add(ref handled, await RunTenantAsync(tenant, epoch, token));
                }
                catch (Exception e) when (IsTransient(e))
                {
                    transient = e;
                }
                catch (Exception e) when (e is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    await StopAsync(tenant, epoch, e, token);
                    _others[tenant] = true;
                }
            });

        TransientFault = transient;
        return handled;
    }

    /// <summary>
    /// Runs until cancelled: again at once while there is something to do, else when woken by an append on this node or by
    /// <see cref="EventLog.ListenAsync"/>, at the latest at the next poll.
    /// </summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await RunRoundsAsync(ct);
        }
        finally
        {
            // The next process need not wait. If this fails the lease runs out by itself.
            await _leases.ReleaseAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunRoundsAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var wake = log.Wake.Next;
            var started = clock.GetTimestamp();
            var handled = 0;
            try
            {
                handled = await RoundAsync(await DueAsync(ct), ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (IsTransient(e))
            {
                TransientFault = e;
            }

            if (TransientFault is not null)
                await PauseAsync(Task.Delay(StoreLimits.BrokenInterval, clock, ct));
            else if (handled == 0)
                await PauseAsync(wake.WaitAsync(StoreLimits.PollInterval, clock, ct));
            else if (handled >= StoreLimits.CrowdedPageEvents && handled < pageEventsMax && PageInterval - clock.GetElapsedTime(started) is { Ticks: > 0 } rest)
                // A page costs about the same whatever it holds: under load it pays to let the next one fill.
                await PauseAsync(Task.Delay(rest, clock, ct));
        }
    }

    /// <summary>True when everything up to a position is handled (by whatever process), false when the time is over.</summary>
    public async Task<bool> WaitUntilAsync(int tenant, long position, TimeSpan timeout, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var progress = _progress.Next;
            if (_handled.TryGetValue(tenant, out var seen) && seen >= position)
                return true;

            var status = (await StatusAsync(ct)).FirstOrDefault(s => s.Tenant == tenant);
            if (status is not null && status.Position >= position)
                return true;

            var left = timeout - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || status?.StoppedReason is not null)
                return false;

            // Short: another process may be the one that handles it, and its progress is seen in the database only.
            var wait = left < TimeSpan.FromMilliseconds(50) ? left : TimeSpan.FromMilliseconds(50);
            await PauseAsync(progress.WaitAsync(wait, clock, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One line per tenant that has a log.</summary>
    public async Task<IReadOnlyList<SubscriptionStatus>> StatusAsync(CancellationToken ct)
    {
        await using var command = log.App.CreateCommand("select tenant, head, position, stopped_at, stopped_reason, lease_owner, lease_epoch, lease_until, is_leased from subscription_status($1)");
        command.Parameters.Add(new() { Value = Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<SubscriptionStatus>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(new SubscriptionStatus(
                reader.GetInt32(0),
                Name,
                reader.GetInt64(1),
                reader.GetInt64(2),
                await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4),
                reader.GetBoolean(8) ? new SubscriptionLease(reader.GetGuid(5), reader.GetInt64(6), reader.GetFieldValue<DateTimeOffset>(7)) : null));
        }

        return lines;
    }

    /// <summary>Starts a stopped subscription again, at the page it stopped at.</summary>
    public async Task ResumeAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await log.App.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await Checkpoint.ResumeAsync(transaction, tenant, Name, ct);
        await transaction.CommitAsync(ct);
        // Whoever runs it on this node takes it for stopped until it looks.
        log.Wake.Set();
    }

    /// <summary>
    /// Begins again at the first event of a tenant's log, after <paramref name="clear"/> has removed the effects, in one
    /// transaction. Until it has caught up its effects are incomplete; <see cref="Rebuild"/> keeps the old ones meanwhile.
    /// </summary>
    public async Task ResetAsync(int tenant, Func<NpgsqlTransaction, CancellationToken, Task> clear, CancellationToken ct)
    {
        await using var connection = await log.App.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await Checkpoint.LockWaitingAsync(transaction, tenant, Name, ct);
        await Checkpoint.VoidLeaseAsync(transaction, tenant, Name, ct);
        await clear(transaction, ct);
        await Checkpoint.SetAsync(transaction, tenant, Name, 0, ct);
        await Checkpoint.ResumeAsync(transaction, tenant, Name, ct);
        await transaction.CommitAsync(ct);
        _handled.TryRemove(tenant, out _);
        log.Wake.Set();
    }

    private async Task<int> RunTenantAsync(int tenant, long epoch, CancellationToken ct)
    {
        await using var connection = await log.App.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, ct);
        if (await Reading.LogReader.ReadPageAsync(transaction, tenant, Name, pageEventsMax, ReadsBodies, ct) is not var (from, events))
            return 0;

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Position != from + 1 + i)
                throw StoreException.NotDense(tenant, Name, from + 1 + i, events[i].Position);
        }

        if (events.Count == 0)
            return 0;

        await _leases.KeepWhileAsync(tenant, handler(new SubscriptionPage(tenant, events, transaction), ct), ct);
        var position = events[^1].Position;
        if (!await Checkpoint.MoveAsync(transaction, tenant, Name, (from, position), (_leases.Owner, epoch), ct))
        {
            // Rolled back with its effects: whoever has the lease now handles these events.
            _leases.Drop(tenant);
            return 0;
        }

        await transaction.CommitAsync(ct);

        _handled[tenant] = position;
        _progress.Set();
        committed?.Invoke(tenant);
        return events.Count;
    }

    private async Task StopAsync(int tenant, long epoch, Exception reason, CancellationToken ct)
    {
        await using var connection = await log.App.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        // What went wrong under a lease that has passed on is not the new owner's fault.
        if (!await Checkpoint.HoldsAsync(transaction, tenant, Name, (_leases.Owner, epoch), ct))
            return;

        await Checkpoint.StopAsync(transaction, tenant, Name, Reason(reason), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Type and message; capped, because it goes into a row. Exceptions hold no personal data by the rule of the house.</summary>
    private static string Reason(Exception e)
    {
        var text = e is StoreException ? e.Message : $"{e.GetType().Name}: {e.Message}";
        return text.Length <= 1000 ? text : text[..1000];
    }

    private static bool IsTransient(Exception e) =>
        e is NpgsqlException { IsTransient: true } or StoreException { RetryAfter: not null }
            // Class 28: the account is refused, as between the change of its password and that of the file it is read from.
            or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or ['5', '7', 'P', '0', ..] or ['2', '8', ..] };

    private static async Task PauseAsync(Task pause) =>
        await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
