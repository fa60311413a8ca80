using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Trace;

/// <summary>
/// The plain part of events: what happened to a message, when, and by whom. Bodies are left where they are, so that years of one patient are
/// read in milliseconds and nothing personal is touched; every event's body is empty here, whatever stands in the log.
/// </summary>
public sealed class MessageHistory(NpgsqlDataSource database)
{
    /// <summary>Every event about one message, in order. A released message has its beginning on the stream it was held on.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(MessageRow row, CancellationToken ct) => [.. (await ReadAsync(row.Tenant, [row], ct))[row.MessageId]];

    /// <summary>Every event about each of these messages, in order.</summary>
    public async Task<ILookup<Guid, RecordedEvent>> ReadAsync(int tenant, IReadOnlyList<MessageRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return Array.Empty<RecordedEvent>().ToLookup(MessageOf);
        var noted = (await Sql.ReadAsync(
            database, "Trace.read-noted.sql", tenant,
            command => command.Parameters.Add(new() { Value = rows.Select(row => row.MessageId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }), Fact(tenant), ct)).ToLookup(MessageOf);
        // Nobody has noted where theirs stand: they are sought through all that happened to these patients.
        var sought = rows.Where(row => !noted.Contains(row.MessageId)).ToList();
        if (sought.Count == 0) return noted;
        string[] streams = [.. sought.Select(row => row.Stream).Concat(sought.Select(row => HeldMessages.StreamOf(row.MessageId).ToString())).Distinct(StringComparer.Ordinal)];
        return noted.SelectMany(events => events).Concat(await ReadAsync(tenant, streams, [.. sought.Select(row => row.MessageId)], ct)).ToLookup(MessageOf);
    }

    /// <summary>Everything on one stream.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(int tenant, StreamName stream, CancellationToken ct) => ReadAsync(tenant, [stream.ToString()], null, ct);

    /// <summary>The events at these places of the log with their bodies, sealed as they are, in no order.</summary>
    public Task<IReadOnlyList<RecordedEvent>> ReadWithBodiesAsync(int tenant, long[] positions, CancellationToken ct) => Sql.ReadAsync(
        database, "Trace.read-bodies.sql", tenant, command => command.Parameters.Add(new() { Value = positions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint }),
        reader => Plain(tenant, reader) is var plain && reader.GetBoolean(9) ? plain with { BodyRemoved = true, Receipt = Receipt(reader, 10) } : plain with { Body = reader.GetFieldValue<byte[]>(8) }, ct);

    private Task<IReadOnlyList<RecordedEvent>> ReadAsync(int tenant, string[] streams, Guid[]? messageIds, CancellationToken ct) => Sql.ReadAsync(
        database, "Trace.read-facts.sql", tenant,
        command =>
        {
            command.Parameters.Add(new() { Value = streams, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            object? ids = messageIds is null ? DBNull.Value : Array.ConvertAll(messageIds, id => id.ToString("D"));
            command.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        },
        Fact(tenant), ct);

    private static Func<NpgsqlDataReader, RecordedEvent> Fact(int tenant) => reader => Plain(tenant, reader) with { BodyRemoved = reader.GetBoolean(8), Receipt = Receipt(reader, 9) };

    private static Guid MessageOf(RecordedEvent recorded) => EventMetadata.Parse(recorded.Metadata).MessageId!.Value;

    private static Guid? Receipt(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetGuid(ordinal);

    private static RecordedEvent Plain(int tenant, NpgsqlDataReader reader) => new(
        tenant, reader.GetInt64(0), StreamName.Parse(reader.GetString(1)), reader.GetInt64(2), reader.GetGuid(3), reader.GetString(4),
        reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetString(7), ReadOnlyMemory<byte>.Empty);
}
