using System.Data;
using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Delivery;

/// <summary>A finished try: what came of it, and what is written because of it.</summary>
/// <param name="State">The delivery's next state.</param>
/// <param name="Facts">Makes the facts, given how many other deliveries of the message stay open.</param>
public sealed record Settlement(
    DeliveryRow Row,
    long Epoch,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    DateTimeOffset DueAt,
    string Outcome,
    VkpError? Error,
    Func<int, IReadOnlyList<AppendRequest>> Facts)
{
    public bool IsFinal => State is "journaled" or "refused" or "withdrawn";

    /// <summary>It is in the journal, and a repeat would change nothing there: its place may be another's before this is written.</summary>
    public bool LeavesPlace { get; init; }

    /// <summary>The destination answered as it should, whatever it said: its circuit counts no failure.</summary>
    public bool IsAnswered { get; init; }

    public int Attempt => Row.Attempts + 1;
}

/// <param name="Written">Row, attempt and fact are written.</param>
/// <param name="Overtaken">A person withdrew the delivery while it was tried.</param>
public sealed record SettledBatch(IReadOnlySet<Settlement> Written, IReadOnlySet<Settlement> Overtaken)
{
    public static readonly SettledBatch Nothing = Of([], []);

    /// <summary>By reference: every settlement is one object, and comparing what they hold would cost more than writing them.</summary>
    public static SettledBatch Of(IEnumerable<Settlement> written, IEnumerable<Settlement> overtaken) =>
        new(written.ToHashSet((IEqualityComparer<Settlement>)ReferenceEqualityComparer.Instance), overtaken.ToHashSet((IEqualityComparer<Settlement>)ReferenceEqualityComparer.Instance));
}

/// <summary>The delivery tables: leases, pending rows and settling. Settling writes row, attempt and fact in one transaction, and only under a lease that still holds.</summary>
public sealed class DeliveryStore(NpgsqlDataSource database, EventLog store, Guid node)
{
    /// <summary>Takes or renews the leases of these tenants; returns those this node has now.</summary>
    /// <param name="unheard">Those of the tenants of which this node has made calls whose answers it did not hear, or could not write.</param>
    public async Task<IReadOnlyDictionary<int, Lease>> AcquireAsync(IReadOnlyList<int> tenants, IReadOnlyList<int> unheard, CancellationToken ct)
    {
        var leases = new Dictionary<int, Lease>();
        if (tenants.Count == 0) return leases;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        await using var command = Sql.Command(transaction, "Delivery.acquire-leases.sql");
        command.Parameters.Add(Ints(tenants));
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(new() { Value = Limits.DeliveryLease });
        command.Parameters.Add(new() { Value = Limits.CallOutstanding });
        command.Parameters.Add(Ints(unheard));
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) leases[reader.GetInt32(0)] = new Lease(reader.GetInt64(1), reader.GetBoolean(2));
        }

        await transaction.CommitAsync(ct);
        return leases;
    }

    /// <summary>Gives the leases back, so that another node need not wait for them to run out. A lease that is another's by now is left alone.</summary>
    /// <param name="unheard">As of <see cref="AcquireAsync"/>.</param>
    public async Task ReleaseAsync(IReadOnlyList<int> tenants, IReadOnlyList<int> unheard, CancellationToken ct)
    {
        if (tenants.Count == 0) return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        await using var command = Sql.Command(transaction, "Delivery.release-leases.sql");
        command.Parameters.Add(Ints(tenants));
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(Ints(unheard));
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The next unfinished deliveries of each lane after its cursor, all in log order.</summary>
    /// <param name="rowsMax">Of each lane.</param>
    public async Task<IReadOnlyList<DeliveryRow>> LoadPendingAsync(int tenant, IReadOnlyList<LaneCursor> lanes, int rowsMax, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        // One round trip: every message waits for this one.
        var pending = new NpgsqlBatchCommand(Sql.Text("Delivery.load-pending.sql"))
        {
            Parameters =
            {
                new() { Value = tenant },
                new() { Value = lanes.Select(l => l.Destination).ToArray() },
                new() { Value = lanes.Select(l => (short)l.Lane).ToArray() },
                new() { Value = lanes.Select(l => l.After).ToArray() },
                new() { Value = rowsMax },
            },
        };
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Database.Declare(tenant), pending } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<DeliveryRow>();
        while (await reader.ReadAsync(ct)) rows.Add(ReadRow(tenant, reader));
        return rows;
    }

    /// <summary>The destinations for which something waits, whether they are configured or not.</summary>
    public async Task<IReadOnlyList<string>> WaitingDestinationsAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, "Delivery.waiting-destinations.sql");
        command.Parameters.Add(new() { Value = tenant });
        var destinations = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) destinations.Add(reader.GetString(0));
        return destinations;
    }

    /// <summary>
    /// Says, before the call, that the call is made. Returns false when that may not be said: the lease is another node's by now, or the delivery is finished.
    /// The lease is locked until the mark is written, so that the next owner sees it.
    /// </summary>
    public async Task<bool> MarkStartedAsync(DeliveryRow row, long epoch, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [row.Tenant], ct);
        if (!(await CheckLeasesAsync(transaction, [row.Tenant], new Dictionary<int, long> { [row.Tenant] = epoch }, ct)).Contains(row.Tenant)) return false;

        await using var command = Sql.Command(transaction, "Delivery.mark-started.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        command.Parameters.Add(new() { Value = row.Position });
        command.Parameters.Add(new() { Value = row.Destination });
        // The call may still be on its way for as long as it may take, should this node lose its lease meanwhile.
        command.Parameters.Add(new() { Value = Limits.CallOutstanding });
        var marked = await command.ExecuteNonQueryAsync(ct) == 1;
        await transaction.CommitAsync(ct);
        return marked;
    }

    /// <summary>Whether a try of this delivery that began after <paramref name="since"/> has an outcome nobody knows.</summary>
    public async Task<bool> HasUnknownAsync(DeliveryRow row, DateTimeOffset since, CancellationToken ct)
    {
        var found = await Sql.ReadAsync(database, "Delivery.has-unknown.sql", row.Tenant, command =>
        {
            command.Parameters.Add(new() { Value = row.Position });
            command.Parameters.Add(new() { Value = row.Destination });
            command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        }, read => read.GetBoolean(0), ct);
        return found[0];
    }

    /// <summary>The deliveries that a person has changed since the last look, of the municipalities this node still has; each is told once.</summary>
    public async Task<IReadOnlyList<(DeliveryRow Row, bool IsFinished)>> TakeRecalledAsync(IReadOnlyDictionary<int, long> epochs, CancellationToken ct)
    {
        var recalled = new List<(DeliveryRow, bool)>();
        if (epochs.Count == 0) return recalled;

        var tenants = epochs.Keys.Order().ToArray();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        var held = await CheckLeasesAsync(transaction, tenants, epochs, ct);
        await using var command = Sql.Command(transaction, "Delivery.take-recalled.sql");
        command.Parameters.Add(Ints([.. held]));
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) recalled.Add((ReadRow(reader.GetInt32(15), reader), reader.GetBoolean(16)));
        }

        await transaction.CommitAsync(ct);
        // In log order: they may be one patient's, and the queue keeps the order it is told in.
        return [.. recalled.OrderBy(r => r.Item1.Position)];
    }

    /// <summary>
    /// Writes what came of these tries. What is in neither list belongs to another node by now and changed nothing; what was overtaken is finished by a person's
    /// act: only the attempt is on record.
    /// </summary>
    public async Task<SettledBatch> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken ct)
    {
        var epochs = settlements.GroupBy(s => s.Row.Tenant).ToDictionary(g => g.Key, g => g.Max(s => s.Epoch));
        var mine = settlements.Where(s => s.Epoch == epochs[s.Row.Tenant]).ToList();
        await using var connection = await database.OpenConnectionAsync(ct);
        while (mine.Count > 0)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
            var settled = await SettleCommand.ExecuteAsync(transaction, mine, epochs, node, ct);
            if (settled.Held.Count == mine.Select(s => s.Row.Tenant).Distinct().Count())
            {
                if (await CompleteAsync(transaction, mine, settled, ct) is { } batch) return batch;

                // Another delivery of one of these messages was finished meanwhile: what was to be said is no longer so.
                await transaction.RollbackAsync(ct);
                continue;
            }

            // A lease is another node's by now: all of it is taken back, and only what is still this node's is written.
            await transaction.RollbackAsync(ct);
            mine.RemoveAll(s => !settled.Held.Contains(s.Row.Tenant));
        }

        return SettledBatch.Nothing;
    }

    /// <returns>Null when nothing may be committed.</returns>
    private async Task<SettledBatch?> CompleteAsync(NpgsqlTransaction transaction, List<Settlement> mine, SettledRows settled, CancellationToken ct)
    {
        var written = mine.Where(IsChanged).ToList();
        var facts = written.SelectMany(s => s.Facts(settled.Open.GetValueOrDefault((s.Row.Tenant, s.Row.Position)))).ToList();
        if (facts.Count > 0) await store.AppendAsync(transaction, facts, ct);
        if (facts.Count > 0 && await OpenDeliveries.AreOvertakenAsync(transaction, settled.Open.Keys, ct)) return null;

        await transaction.CommitAsync(ct);
        foreach (var tenant in facts.Select(f => f.Tenant).Distinct()) store.Signal(tenant);
        return SettledBatch.Of(written, mine.Where(s => !IsChanged(s)));

        bool IsChanged(Settlement s) => settled.Changed.Contains((s.Row.Tenant, s.Row.Position, s.Row.Destination));
    }

    /// <summary>A row as the statements of this room name its columns.</summary>
    internal static DeliveryRow ReadRow(int tenant, NpgsqlDataReader reader) => new(
        tenant, reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4),
        (Lane)reader.GetInt16(5), reader.GetFieldValue<long[]>(6), reader.GetInt32(7), reader.GetFieldValue<DateTimeOffset>(8))
    {
        Context = reader.GetFieldValue<long[]>(9),
        Settles = [.. reader.GetFieldValue<long[]>(10).Zip(reader.GetFieldValue<string[]>(11), (position, reason) => new SettledPart(position, reason))],
        State = reader.GetString(12),
        Resends = reader.GetInt32(13),
        WasJournaled = !reader.IsDBNull(14) && reader.GetString(14) == "journaled",
    };

    private async Task<HashSet<int>> CheckLeasesAsync(NpgsqlTransaction transaction, int[] tenants, IReadOnlyDictionary<int, long> epochs, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.check-leases.sql");
        command.Parameters.Add(Ints(tenants));
        command.Parameters.Add(new() { Value = tenants.Select(t => epochs[t]).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = node });
        var held = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) held.Add(reader.GetInt32(0));
        return held;
    }

    private static NpgsqlParameter Ints(IReadOnlyList<int> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
}
