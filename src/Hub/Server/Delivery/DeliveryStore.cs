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
    /// <summary>Takes or renews the leases of these tenants; returns the epochs of those this node has now.</summary>
    public async Task<IReadOnlyDictionary<int, long>> AcquireAsync(IReadOnlyList<int> tenants, CancellationToken ct)
    {
        var epochs = new Dictionary<int, long>();
        if (tenants.Count == 0) return epochs;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        await using var command = Sql.Command(transaction, "Delivery.acquire-leases.sql");
        command.Parameters.Add(Ints(tenants));
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(new() { Value = Limits.DeliveryLease });
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) epochs[reader.GetInt32(0)] = reader.GetInt64(1);
        }

        await transaction.CommitAsync(ct);
        return epochs;
    }

    /// <summary>Gives the leases back, so that another node need not wait for them to run out.</summary>
    public async Task ReleaseAsync(IReadOnlyList<int> tenants, CancellationToken ct)
    {
        if (tenants.Count == 0) return;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        await using var command = Sql.Command(transaction, "Delivery.release-leases.sql");
        command.Parameters.Add(Ints(tenants));
        command.Parameters.Add(new() { Value = node });
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Unfinished deliveries after a place in the municipality's log, in log order.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> LoadPendingAsync(int tenant, long afterPosition, string afterDestination, int rowsMax, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, "Delivery.load-pending.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = afterPosition });
        command.Parameters.Add(new() { Value = afterDestination });
        command.Parameters.Add(new() { Value = rowsMax });
        var rows = new List<DeliveryRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(ReadRow(tenant, reader));
        return rows;
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
        command.Parameters.Add(new() { Value = Limits.DeliveryTimeout + Limits.AskAfter });
        var marked = await command.ExecuteNonQueryAsync(ct) == 1;
        await transaction.CommitAsync(ct);
        return marked;
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
            while (await reader.ReadAsync(ct)) recalled.Add((ReadRow(reader.GetInt32(14), reader), reader.GetBoolean(15)));
        }

        await transaction.CommitAsync(ct);
        return recalled;
    }

    /// <summary>
    /// Writes what came of these tries. What is in neither list belongs to another node by now and changed nothing; what was overtaken is finished by a person's
    /// act: only the attempt is on record.
    /// </summary>
    public async Task<SettledBatch> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken ct)
    {
        var epochs = settlements.GroupBy(s => s.Row.Tenant).ToDictionary(g => g.Key, g => g.Max(s => s.Epoch));
        var tenants = epochs.Keys.Order().ToArray();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        var held = await CheckLeasesAsync(transaction, tenants, epochs, ct);
        var mine = settlements.Where(s => held.Contains(s.Row.Tenant) && s.Epoch == epochs[s.Row.Tenant]).ToList();
        if (mine.Count == 0) return SettledBatch.Nothing;

        var changed = await UpdateAsync(transaction, mine, ct);
        await WriteAttemptsAsync(transaction, mine, ct);
        var written = mine.Where(IsChanged).ToList();
        var open = written.Exists(s => s.IsFinal) ? await CountOpenAsync(transaction, written, ct) : [];
        var facts = written.SelectMany(s => s.Facts(open.GetValueOrDefault((s.Row.Tenant, s.Row.MessageId)))).ToList();
        if (facts.Count > 0) await store.AppendAsync(transaction, facts, ct);

        await transaction.CommitAsync(ct);
        if (facts.Count > 0)
        {
            foreach (var tenant in tenants) store.Signal(tenant);
        }

        return SettledBatch.Of(written, mine.Where(s => !IsChanged(s)));

        bool IsChanged(Settlement s) => changed.Contains((s.Row.Tenant, s.Row.Position, s.Row.Destination));
    }

    private static DeliveryRow ReadRow(int tenant, NpgsqlDataReader reader) => new(
        tenant, reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4),
        (Lane)reader.GetInt16(5), reader.GetFieldValue<long[]>(6), reader.GetInt32(7), reader.GetFieldValue<DateTimeOffset>(8))
    {
        Context = reader.GetFieldValue<long[]>(9),
        Settles = [.. reader.GetFieldValue<long[]>(10).Zip(reader.GetFieldValue<string[]>(11), (position, reason) => new SettledPart(position, reason))],
        State = reader.GetString(12),
        Resends = reader.GetInt32(13),
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

    private static async Task<HashSet<(int, long, string)>> UpdateAsync(NpgsqlTransaction transaction, List<Settlement> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.settle.sql");
        AddKeys(command, rows);
        command.Parameters.Add(Texts(rows.Select(r => (string?)r.State)));
        command.Parameters.Add(new() { Value = rows.Select(r => r.Attempt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.DueAt)));
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.StartedAt)));
        command.Parameters.Add(Times(rows.Select(r => r.IsFinal ? (DateTimeOffset?)r.FinishedAt : null)));
        command.Parameters.Add(Texts(rows.Select(r => r.Error?.Code)));
        var changed = new HashSet<(int, long, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) changed.Add((reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2)));
        return changed;
    }

    private async Task WriteAttemptsAsync(NpgsqlTransaction transaction, List<Settlement> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.write-attempts.sql");
        AddKeys(command, rows);
        command.Parameters.Add(new() { Value = rows.Select(r => r.Attempt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.StartedAt)));
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.FinishedAt)));
        command.Parameters.Add(Texts(rows.Select(r => (string?)r.Outcome)));
        command.Parameters.Add(Texts(rows.Select(r => r.Error?.Code)));
        command.Parameters.Add(Texts(rows.Select(r => r.Error?.Message)));
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<Dictionary<(int, Guid), int>> CountOpenAsync(NpgsqlTransaction transaction, List<Settlement> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.count-open.sql");
        var messages = rows.Select(r => (r.Row.Tenant, r.Row.MessageId)).Distinct().ToList();
        command.Parameters.Add(Ints([.. messages.Select(m => m.Tenant)]));
        command.Parameters.Add(new() { Value = messages.Select(m => m.MessageId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var open = new Dictionary<(int, Guid), int>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) open[(reader.GetInt32(0), reader.GetGuid(1))] = (int)reader.GetInt64(2);
        return open;
    }

    private static void AddKeys(NpgsqlCommand command, List<Settlement> rows)
    {
        command.Parameters.Add(Ints([.. rows.Select(r => r.Row.Tenant)]));
        command.Parameters.Add(new() { Value = rows.Select(r => r.Row.Position).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(Texts(rows.Select(r => (string?)r.Row.Destination)));
    }

    private static NpgsqlParameter Ints(IReadOnlyList<int> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static NpgsqlParameter Texts(IEnumerable<string?> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Times(IEnumerable<DateTimeOffset?> values) => new() { Value = values.Select(v => v?.ToUniversalTime()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}
