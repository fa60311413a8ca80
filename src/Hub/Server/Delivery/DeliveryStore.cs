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
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new DeliveryRow(
                tenant, reader.GetInt64(0), reader.GetString(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetString(4),
                (Lane)reader.GetInt16(5), reader.GetFieldValue<long[]>(6), reader.GetInt32(7), reader.GetFieldValue<DateTimeOffset>(8))
            {
                Context = reader.GetFieldValue<long[]>(9),
                Settles = [.. reader.GetFieldValue<long[]>(10).Zip(reader.GetFieldValue<string[]>(11), (position, reason) => new SettledPart(position, reason))],
            });
        }

        return rows;
    }

    /// <summary>Writes what came of these tries. Returns those written; the rest belong to another node by now and changed nothing.</summary>
    public async Task<IReadOnlyList<Settlement>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken ct)
    {
        var epochs = settlements.GroupBy(s => s.Row.Tenant).ToDictionary(g => g.Key, g => g.Max(s => s.Epoch));
        var tenants = epochs.Keys.Order().ToArray();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        var held = await CheckLeasesAsync(transaction, tenants, epochs, ct);
        var mine = settlements.Where(s => held.Contains(s.Row.Tenant) && s.Epoch == epochs[s.Row.Tenant]).ToList();
        if (mine.Count == 0) return [];

        var changed = await UpdateAsync(transaction, mine, ct);
        if (changed != mine.Count) throw new InvalidOperationException($"Settling {mine.Count} deliveries under a held lease changed {changed} rows.");

        await WriteAttemptsAsync(transaction, mine, ct);
        var open = mine.Exists(s => s.IsFinal) ? await CountOpenAsync(transaction, mine, ct) : [];
        var facts = mine.SelectMany(s => s.Facts(open.GetValueOrDefault((s.Row.Tenant, s.Row.MessageId)))).ToList();
        if (facts.Count > 0) await store.AppendAsync(transaction, facts, ct);

        await transaction.CommitAsync(ct);
        if (facts.Count > 0)
        {
            foreach (var tenant in tenants) store.Signal(tenant);
        }

        return mine;
    }

    private async Task<HashSet<int>> CheckLeasesAsync(NpgsqlTransaction transaction, int[] tenants, Dictionary<int, long> epochs, CancellationToken ct)
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

    private static async Task<int> UpdateAsync(NpgsqlTransaction transaction, List<Settlement> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.settle.sql");
        AddKeys(command, rows);
        command.Parameters.Add(Texts(rows.Select(r => (string?)r.State)));
        command.Parameters.Add(new() { Value = rows.Select(r => r.Attempt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.DueAt)));
        command.Parameters.Add(Times(rows.Select(r => (DateTimeOffset?)r.StartedAt)));
        command.Parameters.Add(Times(rows.Select(r => r.IsFinal ? (DateTimeOffset?)r.FinishedAt : null)));
        command.Parameters.Add(Texts(rows.Select(r => r.Error?.Code)));
        return await command.ExecuteNonQueryAsync(ct);
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
        command.Parameters.Add(Ints([.. rows.Select(r => r.Row.Tenant).Distinct()]));
        command.Parameters.Add(new() { Value = rows.Select(r => r.Row.MessageId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
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
