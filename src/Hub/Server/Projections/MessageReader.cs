using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Projections;

/// <summary>Questions to the table of messages.</summary>
public sealed class MessageReader(NpgsqlDataSource database)
{
    public async Task<MessageRow?> FindAsync(int tenant, Guid messageId, CancellationToken ct) => await FindAsync(tenant, [messageId], ct) is [var row] ? row : null;

    /// <summary>Those of the messages that are known, in no order.</summary>
    public Task<IReadOnlyList<MessageRow>> FindAsync(int tenant, Guid[] messageIds, CancellationToken ct) =>
        ReadAsync("Projections.read-messages.sql", tenant, command =>
            command.Parameters.Add(new() { Value = messageIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }), ct);

    /// <summary>Messages that occurred in a span of time (from, to exclusive), the latest first.</summary>
    public Task<IReadOnlyList<MessageRow>> OccurredAsync(int tenant, DateTimeOffset from, DateTimeOffset to, int rowsMax, CancellationToken ct) =>
        ReadAsync("Projections.read-span.sql", tenant, command =>
        {
            command.Parameters.Add(new() { Value = from.ToUniversalTime() });
            command.Parameters.Add(new() { Value = to.ToUniversalTime() });
            command.Parameters.Add(new() { Value = rowsMax });
        }, ct);

    /// <summary>Messages that are held, oldest first, after a place in the log.</summary>
    public Task<IReadOnlyList<MessageRow>> HeldAsync(int tenant, int rowsMax, CancellationToken ct, long afterPosition = 0) =>
        ReadAsync("Projections.read-held.sql", tenant, command =>
        {
            command.Parameters.Add(new() { Value = rowsMax });
            command.Parameters.Add(new() { Value = afterPosition });
        }, ct);

    /// <summary>Messages of one source that were read with repairs, oldest first, after a place in the log.</summary>
    public Task<IReadOnlyList<MessageRow>> RepairedAsync(int tenant, string source, long afterPosition, int rowsMax, CancellationToken ct) =>
        ReadAsync("Projections.read-repaired.sql", tenant, command =>
        {
            command.Parameters.Add(new() { Value = source });
            command.Parameters.Add(new() { Value = afterPosition });
            command.Parameters.Add(new() { Value = rowsMax });
        }, ct);

    /// <summary>How many messages stand in each state, with reason; the sum is every message ever stored.</summary>
    public async Task<IReadOnlyList<MessageCount>> CountAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, "Projections.count-messages.sql");
        command.Parameters.Add(new() { Value = tenant });
        var counts = new List<MessageCount>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) counts.Add(new MessageCount(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)));
        return counts;
    }

    internal static MessageRow Read(int tenant, NpgsqlDataReader r) => new(
        tenant, r.GetGuid(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), Text(r, 6), r.GetString(7), Text(r, 8),
        r.GetFieldValue<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10), Time(r, 11), Time(r, 12), Time(r, 13), Time(r, 14),
        Id(r, 15)) { Repairs = r.GetInt16(16), Corrects = Id(r, 17), CorrectedBy = Id(r, 18), ReadAt = Time(r, 19), Facts = Text(r, 20) };

    private async Task<IReadOnlyList<MessageRow>> ReadAsync(string statement, int tenant, Action<NpgsqlCommand> parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.Add(new() { Value = tenant });
        parameters(command);
        var rows = new List<MessageRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(Read(tenant, reader));
        return rows;
    }

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static Guid? Id(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetGuid(column);

    private static DateTimeOffset? Time(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>A count of messages in one state for one reason.</summary>
public sealed record MessageCount(string State, string? Reason, long Count);
