using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Handover;

/// <summary>Copies a journal system's deliveries to another: first what lies behind the router, page by page beside live traffic, then the rest while the router holds still.</summary>
public sealed class HandoverStore(NpgsqlDataSource database, EventLog store, TimeProvider time)
{
    private const int PageRows = 1000;

    public async Task<long> CountAsync(int tenant, HandoverPlan plan, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var (count, position) = (0L, 0L);
        while (await PageAsync(transaction, tenant, plan, position, long.MaxValue, ct) is { Count: > 0 } page) (count, position) = (count + page.Count, page[^1].Position);
        return count;
    }

    /// <summary>How far the router has come.</summary>
    public async Task<long> RoutedAsync(int tenant, CancellationToken ct) =>
        await Sql.ReadAsync(database, "Handover.read-routed.sql", tenant, _ => { }, reader => reader.GetInt64(0), ct) is [var position] ? position : 0;

    /// <summary>Everything up to a place the router has passed. Interrupted, it can be done again: what is there stays as it is.</summary>
    public async Task<long> CopyAsync(int tenant, HandoverPlan plan, long upTo, CancellationToken ct)
    {
        var (copied, position) = (0L, 0L);
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
            var page = await PageAsync(transaction, tenant, plan, position, upTo, ct);
            if (page.Count == 0) return copied;
            copied += await WriteAsync(transaction, tenant, plan, page, ct);
            await transaction.CommitAsync(ct);
            position = page[^1].Position;
        }
    }

    /// <summary>
    /// The cut-over, in one transaction: the router waits, what it has routed since is copied, and the deliveries' owner is made to read them again.
    /// Everything routed so far is in the new queue through the copy; everything routed from here on through the router itself.
    /// </summary>
    /// <param name="after">What lies before is copied already.</param>
    /// <returns>The place of the cut-over, and how many were copied here.</returns>
    public async Task<(long CutOver, long Copied)> CutOverAsync(int tenant, HandoverPlan plan, StreamName stream, long after, NewEvent completed, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var locked = Sql.Command(transaction, "Handover.lock-routing.sql");
        locked.Parameters.Add(new() { Value = tenant });
        var cutOver = await locked.ExecuteScalarAsync(ct) as long? ?? 0;
        var (copied, position) = (0L, after);
        while (await PageAsync(transaction, tenant, plan, position, cutOver, ct) is { Count: > 0 } page)
            (copied, position) = (copied + await WriteAsync(transaction, tenant, plan, page, ct), page[^1].Position);

        await using var lease = Sql.Command(transaction, "Handover.void-lease.sql");
        lease.Parameters.Add(new() { Value = tenant });
        lease.Parameters.Add(new() { Value = Guid.NewGuid() });
        await lease.ExecuteNonQueryAsync(ct);
        await store.AppendAsync(transaction, [new AppendRequest(tenant, stream, [completed])], ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
        return (cutOver, copied);
    }

    private static async Task<IReadOnlyList<(long Position, Guid MessageId)>> PageAsync(NpgsqlTransaction transaction, int tenant, HandoverPlan plan, long after, long upTo, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Handover.read-history.sql");
        foreach (object value in (object[])[tenant, plan.From, after, upTo]) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = plan.Since ?? DateTimeOffset.MinValue, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = PageRows });
        var page = new List<(long, Guid)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add((reader.GetInt64(0), reader.GetGuid(1)));
        return page;
    }

    private async Task<int> WriteAsync(NpgsqlTransaction transaction, int tenant, HandoverPlan plan, IReadOnlyList<(long Position, Guid MessageId)> page, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Handover.copy-deliveries.sql");
        foreach (object value in (object[])[tenant, plan.From, plan.To]) command.Parameters.Add(new() { Value = value });
        command.AddColumn(NpgsqlDbType.Bigint, page, row => row.Position);
        command.AddColumn(NpgsqlDbType.Uuid, page, row => RoutingSubscription.BundleId(row.MessageId, plan.To));
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
