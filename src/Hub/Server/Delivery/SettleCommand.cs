using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Delivery;

/// <param name="Held">The tenants whose lease still holds. For any other, nothing that was written may stay.</param>
/// <param name="Changed">The rows that were written; one that is missing was finished by a person meanwhile.</param>
/// <param name="Open">Deliveries of a message, known by its position, that are still to be finished; 0 is left out.</param>
internal sealed record SettledRows(HashSet<int> Held, HashSet<(int Tenant, long Position, string Destination)> Changed, Dictionary<(int Tenant, long Position), int> Open);

/// <summary>The statements of a settling, sent together: leases checked and locked, rows and attempts written, what stays open counted, in one round trip.</summary>
internal static class SettleCommand
{
    private const string Journaled = "journaled";

    /// <param name="transaction">New: the tenants are declared here.</param>
    /// <param name="epochs">Of each tenant, the lease the settlements were made under.</param>
    public static async Task<SettledRows> ExecuteAsync(
        NpgsqlTransaction transaction, IReadOnlyList<Settlement> rows, IReadOnlyDictionary<int, long> epochs, Guid node, CancellationToken ct)
    {
        int[] tenants = [.. rows.Select(r => r.Row.Tenant).Distinct().Order()];
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                Database.Declare(tenants),
                Command("check-leases", Column(NpgsqlDbType.Integer, tenants), Column(NpgsqlDbType.Bigint, tenants.Select(t => epochs[t])), One(node)),
                Settle(rows),
                CountOpen(rows),
            },
        };
        // A try that ended in the journal is on record as the fact that says so.
        List<Settlement> others = [.. rows.Where(r => r.State != Journaled)];
        if (others.Count > 0) batch.BatchCommands.Add(WriteAttempts(others, node));
        var settled = await ReadAsync(batch, ct);
        // Where a person was quicker there will be no such fact.
        List<Settlement> unsaid = [.. rows.Where(r => r.State == Journaled && !settled.Changed.Contains((r.Row.Tenant, r.Row.Position, r.Row.Destination)))];
        if (unsaid.Count == 0) return settled;
        await using var rest = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteAttempts(unsaid, node) } };
        await rest.ExecuteNonQueryAsync(ct);
        return settled;
    }

    private static async Task<SettledRows> ReadAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var settled = new SettledRows([], [], []);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) settled.Held.Add(reader.GetInt32(0));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) settled.Changed.Add((reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2)));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) settled.Open[(reader.GetInt32(0), reader.GetInt64(1))] = (int)reader.GetInt64(2);
        return settled;
    }

    private static NpgsqlBatchCommand Settle(IReadOnlyList<Settlement> rows) => Command(
        "settle",
        Tenants(rows),
        Positions(rows),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Row.Destination)),
        Column(NpgsqlDbType.Text, rows.Select(r => r.State)),
        Column(NpgsqlDbType.Integer, rows.Select(r => r.Attempt)),
        Column(NpgsqlDbType.TimestampTz, rows.Select(r => r.DueAt.ToUniversalTime())),
        Column(NpgsqlDbType.TimestampTz, rows.Select(r => r.StartedAt.ToUniversalTime())),
        Column(NpgsqlDbType.TimestampTz, rows.Select(r => r.IsFinal ? (DateTimeOffset?)r.FinishedAt.ToUniversalTime() : null)),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Error?.Code)));

    private static NpgsqlBatchCommand WriteAttempts(IReadOnlyList<Settlement> rows, Guid node) => Command(
        "write-attempts",
        Tenants(rows),
        Positions(rows),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Row.Destination)),
        Column(NpgsqlDbType.Integer, rows.Select(r => r.Attempt)),
        One(node),
        Column(NpgsqlDbType.TimestampTz, rows.Select(r => r.StartedAt.ToUniversalTime())),
        Column(NpgsqlDbType.TimestampTz, rows.Select(r => r.FinishedAt.ToUniversalTime())),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Outcome)),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Error?.Code)),
        Column(NpgsqlDbType.Text, rows.Select(r => r.Error?.Message)));

    private static NpgsqlBatchCommand CountOpen(IReadOnlyList<Settlement> rows)
    {
        var messages = rows.Select(r => (r.Row.Tenant, r.Row.Position)).Distinct().ToList();
        return Command("count-open", Column(NpgsqlDbType.Integer, messages.Select(m => m.Tenant)), Column(NpgsqlDbType.Bigint, messages.Select(m => m.Position)));
    }

    private static NpgsqlParameter Tenants(IEnumerable<Settlement> rows) => Column(NpgsqlDbType.Integer, rows.Select(r => r.Row.Tenant));

    private static NpgsqlParameter Positions(IEnumerable<Settlement> rows) => Column(NpgsqlDbType.Bigint, rows.Select(r => r.Row.Position));

    private static NpgsqlParameter Column<T>(NpgsqlDbType type, IEnumerable<T> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlParameter One(Guid value) => new() { Value = value };

    private static NpgsqlBatchCommand Command(string verb, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(Sql.Text($"Delivery.{verb}.sql"));
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
