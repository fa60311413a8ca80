using System.Collections.Concurrent;
using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>
/// One process's leases of one subscription, a row per tenant. A lease runs out by the database's clock and is then anybody's; the epoch tells an owner from the
/// one before it, also from itself before a pause that was too long.
/// </summary>
internal sealed class SubscriptionLeases(NpgsqlDataSource app, string name, TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, Held> _held = new();

    /// <summary>Names this process's subscription to the others.</summary>
    public Guid Owner { get; } = Guid.NewGuid();

    /// <summary>The epoch under which this process may handle the tenant's events; null when another process has it.</summary>
    public async Task<long?> TakeAsync(int tenant, CancellationToken ct)
    {
        if (_held.TryGetValue(tenant, out var held) && clock.GetElapsedTime(held.TakenAt) < StoreLimits.SubscriptionLeaseRenewal)
            return held.Epoch;

        // Before the question is sent: the lease lasts at least this long from here.
        var takenAt = clock.GetTimestamp();
        const string sql = """
            with first_time as (
              insert into subscription_checkpoint (tenant, name, position, updated_at) values ($1, $2, 0, clock_timestamp())
              on conflict (tenant, name) do nothing)
            insert into subscription_lease as l (tenant, name, owner, epoch, acquired_at, until)
            values ($1, $2, $3, 1, clock_timestamp(), clock_timestamp() + $4)
            on conflict (tenant, name) do update
            set owner = excluded.owner,
                epoch = l.epoch + case when l.owner = excluded.owner then 0 else 1 end,
                acquired_at = case when l.owner = excluded.owner then l.acquired_at else excluded.acquired_at end,
                until = excluded.until
            where l.owner = excluded.owner or l.until < clock_timestamp()
            returning epoch
            """;
        var epoch = await ExecuteAsync(sql, tenant, StoreLimits.SubscriptionLease, ct) as long?;
        if (epoch is { } own)
            _held[tenant] = new Held(own, takenAt);
        else
            Drop(tenant);

        return epoch;
    }

    /// <summary>Work that may take longer than the lease: it is renewed until the work is done.</summary>
    public async Task KeepWhileAsync(int tenant, Task work, CancellationToken ct)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(StoreLimits.SubscriptionLeaseRenewal, clock, ct));
            if (!work.IsCompleted && !ct.IsCancellationRequested)
                await TakeAsync(tenant, ct);
            else
                break;
        }

        await work;
    }

    /// <summary>Forgets what is known of a tenant's lease, so that the next page asks anew.</summary>
    public void Drop(int tenant) => _held.TryRemove(tenant, out _);

    /// <summary>Gives back what this process holds, so that another need not wait until it has run out.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        foreach (var tenant in _held.Keys)
        {
            Drop(tenant);
            await ExecuteAsync("update subscription_lease set until = clock_timestamp() - $4 where tenant = $1 and name = $2 and owner = $3", tenant, TimeSpan.FromMilliseconds(1), ct);
        }
    }

    private async Task<object?> ExecuteAsync(string sql, int tenant, TimeSpan lease, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = new NpgsqlCommand(sql, connection, transaction)
        {
            Parameters = { new() { Value = tenant }, new() { Value = name }, new() { Value = Owner }, new() { Value = lease } },
        };
        var result = await command.ExecuteScalarAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    private sealed record Held(long Epoch, long TakenAt);
}
