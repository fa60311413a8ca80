using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Trace;

/// <summary>Where messages were sent, each try with its answer, and which messages a document carried.</summary>
public sealed class TraceDeliveries(NpgsqlDataSource database)
{
    /// <param name="facts">Of the messages: a try that ended in the journal is on record there alone, as the fact that says so.</param>
    public async Task<ILookup<Guid, TraceDelivery>> ReadAsync(int tenant, Guid[] messageIds, ILookup<Guid, RecordedEvent> facts, CancellationToken ct)
    {
        var rows = await ReadAsync("Trace.read-attempts.sql", tenant, messageIds, Row, ct);
        return rows.GroupBy(row => (row.MessageId, row.Destination))
            .Select(tries => (tries.Key.MessageId, Delivery: new TraceDelivery(
                tries.Key.Destination, tries.First().State, tries.First().BundleId,
                [.. tries.Select(row => row.Attempt).OfType<TraceAttempt>().Concat(Journaled(facts[tries.Key.MessageId], tries.Key.Destination)).OrderBy(attempt => attempt.StartedAt)])))
            .ToLookup(delivery => delivery.MessageId, delivery => delivery.Delivery);
    }

    private static IEnumerable<TraceAttempt> Journaled(IEnumerable<RecordedEvent> facts, string destination) => facts
        .Where(fact => fact.Type == MessageEvents.Journaled)
        .Select(fact => EventMetadata.Parse(fact.Metadata))
        .Where(said => said.Destination == destination && said.CallMs is not null)
        .Select(said => new TraceAttempt(said.Attempt!.Value, said.ForwardedAt!.Value, said.CallMs!.Value, "journaled", Code: null, Message: null));

    /// <summary>By document, the other messages it carried.</summary>
    public async Task<ILookup<Guid, Guid>> ReadFoldedAsync(int tenant, Guid[] messageIds, CancellationToken ct) =>
        (await ReadAsync("Trace.read-folded.sql", tenant, messageIds, reader => (Document: reader.GetGuid(0), Part: reader.GetGuid(1)), ct)).ToLookup(row => row.Document, row => row.Part);

    private static (Guid MessageId, string Destination, string State, Guid BundleId, TraceAttempt? Attempt) Row(NpgsqlDataReader reader)
    {
        TraceAttempt? attempt = null;
        if (!reader.IsDBNull(4))
        {
            var started = reader.GetFieldValue<DateTimeOffset>(5);
            attempt = new TraceAttempt(
                reader.GetInt32(4), started, Math.Round((reader.GetFieldValue<DateTimeOffset>(6) - started).TotalMilliseconds, 1), reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetString(9));
        }

        return (reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3), attempt);
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(string statement, int tenant, Guid[] messageIds, Func<NpgsqlDataReader, T> read, CancellationToken ct) => Sql.ReadAsync(
        database, statement, tenant, command => command.Parameters.Add(new() { Value = messageIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }), read, ct);
}
