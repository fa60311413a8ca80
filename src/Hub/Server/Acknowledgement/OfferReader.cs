using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Acknowledgement;

/// <summary>An offer as it is fetched: what to compose, and when it became available.</summary>
public sealed record OfferRow(DeliveryRow Delivery, DateTimeOffset OfferedAt, string Source, string? SourceSystem, bool IsNew);

/// <summary>Which offers, in which order.</summary>
/// <param name="Cursor">Where the page before ended; null = the beginning.</param>
public sealed record OfferQuery(string Form, DateTimeOffset NotBefore, DateTimeOffset Before, bool LatestFirst, DateTimeOffset? Cursor, int RowsMax);

/// <summary>Lists what a journal system can fetch, and notes that it did.</summary>
public sealed class OfferReader(NpgsqlDataSource database, EventLog store, TimeProvider time)
{
    public async Task<IReadOnlyList<OfferRow>> ReadAsync(int tenant, string destination, OfferQuery query, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, query.LatestFirst ? "Acknowledgement.read-offers-latest-first.sql" : "Acknowledgement.read-offers.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = destination });
        command.Parameters.Add(new() { Value = query.Form });
        command.Parameters.Add(Time(query.Cursor ?? (query.LatestFirst ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue)));
        command.Parameters.Add(Time(query.NotBefore));
        command.Parameters.Add(Time(query.Before));
        command.Parameters.Add(new() { Value = query.RowsMax });
        return await ReadAsync(command, tenant, destination, ct);
    }

    /// <summary>One document by its message; null when the destination was offered none of this form, or it was taken back.</summary>
    public async Task<OfferRow?> FindAsync(int tenant, string destination, string form, Guid messageId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, "Acknowledgement.find-offer.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = destination });
        command.Parameters.Add(new() { Value = form });
        command.Parameters.Add(new() { Value = messageId });
        return (await ReadAsync(command, tenant, destination, ct)).SingleOrDefault();
    }

    /// <summary>Notes that these are fetched now. A document fetched again is no news to its sender, but a line of the access log. Committed before the answer that holds them.</summary>
    public async Task MarkReadAsync(int tenant, string destination, IReadOnlyList<ComposedDocument> documents, CancellationToken ct)
    {
        if (documents.Count == 0) return;

        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var fresh = new HashSet<long>();
        await using (var command = Sql.Command(transaction, "Acknowledgement.mark-read.sql"))
        {
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = destination });
            command.AddColumn(NpgsqlDbType.Bigint, documents, d => d.Main.Event.Position);
            command.Parameters.Add(Time(now));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) fresh.Add(reader.GetInt64(0));
        }

        var facts = documents.Select(d => new AppendRequest(
            tenant, d.Main.Event.Stream,
            [fresh.Contains(d.Main.Event.Position) ? MessageFacts.Read(d.Main.Metadata, destination, now) : MessageFacts.ReadAgain(d.Main.Metadata, destination, now)])).ToList();
        await store.AppendAsync(transaction, facts, ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
    }

    private static async Task<IReadOnlyList<OfferRow>> ReadAsync(NpgsqlCommand command, int tenant, string destination, CancellationToken ct)
    {
        var rows = new List<OfferRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(await ReadAsync(reader, tenant, destination, ct));
        return rows;
    }

    /// <summary>The columns of an offer, which every statement that lists offers begins with.</summary>
    internal static async Task<OfferRow> ReadAsync(NpgsqlDataReader reader, int tenant, string destination, CancellationToken ct)
    {
        var delivery = new DeliveryRow(
            tenant, reader.GetInt64(1), destination, reader.GetGuid(2), reader.GetGuid(5), reader.GetString(6), (Lane)reader.GetInt16(7),
            reader.GetFieldValue<long[]>(8), Attempts: 0, DueAt: default) { Context = reader.GetFieldValue<long[]>(9) };
        return new OfferRow(delivery, reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(3), await reader.IsDBNullAsync(4, ct) ? null : reader.GetString(4), reader.GetString(10) == "available");
    }

    private static NpgsqlParameter Time(DateTimeOffset at) => new() { Value = at.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
