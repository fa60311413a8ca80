using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Acknowledgement;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Notifications;

/// <summary>A subscription that asks for attention.</summary>
/// <param name="HasOffers">There are new offers to number.</param>
/// <param name="IsDue">Something is to be sent, and nobody is sending.</param>
public sealed record SubscriptionWork(int Tenant, Guid Id, bool HasOffers, bool IsDue);

/// <summary>An event with what it takes to compose its document.</summary>
public sealed record NumberedOffer(long Number, string Form, OfferRow Offer, bool IsWithdrawn);

/// <summary>Where subscriptions stand, in their tables. Numbering and sending never write the same columns, so that neither waits for the other's decision.</summary>
/// <param name="node">This process, as the owner of leases.</param>
public sealed class SubscriptionStore(NpgsqlDataSource database, EventLog store, Guid node)
{
    /// <summary>What asks for attention in any municipality.</summary>
    public async Task<IReadOnlyList<SubscriptionWork>> FindWorkAsync(IReadOnlyList<int> tenants, DateTimeOffset now, CancellationToken ct)
    {
        if (tenants.Count == 0) return [];
        return await ReadAllAsync("Notifications.find-work.sql", tenants, [Time(now)],
            reader => new SubscriptionWork(reader.GetInt32(0), reader.GetGuid(1), reader.GetBoolean(2), reader.GetBoolean(3)), ct);
    }

    /// <summary>A client's own subscriptions.</summary>
    /// <param name="id">Null = all of them.</param>
    public Task<IReadOnlyList<SubscriptionState>> ReadAsync(int tenant, string client, Guid? id, CancellationToken ct) =>
        ReadAllAsync("Notifications.read-subscriptions.sql", [tenant], [new() { Value = tenant }, new() { Value = client }, new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }], State, ct);

    /// <summary>Every subscription of a municipality, for its people.</summary>
    public Task<IReadOnlyList<SubscriptionState>> ListAsync(int tenant, CancellationToken ct) =>
        ReadAllAsync("Notifications.list-subscriptions.sql", [tenant], [new() { Value = tenant }], State, ct);

    public async Task<int> CountAsync(int tenant, string destination, CancellationToken ct) =>
        (int)(await ReadAllAsync("Notifications.count-subscriptions.sql", [tenant], [new() { Value = tenant }, new() { Value = destination }], reader => reader.GetInt64(0), ct))[0];

    public Task InsertAsync(int tenant, Guid id, string destination, string client, long configPosition, DateTimeOffset now, CancellationToken ct) => WriteAsync(
        "Notifications.insert-subscription.sql", tenant,
        [new() { Value = tenant }, new() { Value = id }, new() { Value = destination }, new() { Value = client }, new() { Value = configPosition }, Time(now)], ct);

    /// <summary>Asks anew with other terms, or turns it off; false when the client has no such subscription.</summary>
    public async Task<bool> ChangeAsync(int tenant, string client, Guid id, long configPosition, bool isOff, DateTimeOffset now, CancellationToken ct) => await WriteAsync(
        "Notifications.change-subscription.sql", tenant,
        [new() { Value = tenant }, new() { Value = client }, new() { Value = id }, new() { Value = configPosition }, new() { Value = isOff ? "off" : "requested" }, Time(now)], ct) is not null;

    /// <summary>The destination of the one removed; null when the client has no such subscription.</summary>
    public async Task<string?> RemoveAsync(int tenant, string client, Guid id, CancellationToken ct) =>
        (string?)await WriteAsync("Notifications.remove-subscription.sql", tenant, [new() { Value = tenant }, new() { Value = client }, new() { Value = id }], ct);

    /// <summary>
    /// Gives the next numbers to what is newly offered and passes the subscription's filters, in the order of the offers, and moves its cursor past all that was
    /// looked at: one transaction, under the row's lock, so that no number is given twice or left out. Returns whether there may be more.
    /// </summary>
    /// <param name="filtersAt">The filters of the terms at that position of the log.</param>
    public async Task<bool> NumberAsync(int tenant, Guid id, Func<long, Task<IReadOnlyList<DocumentFilter>>> filtersAt, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var locked = await ReadAllAsync(transaction, "Notifications.lock-cursor.sql", [new() { Value = tenant }, new() { Value = id }],
            reader => (Destination: reader.GetString(0), Cursor: reader.GetFieldValue<DateTimeOffset>(1), Last: reader.GetInt64(2), ConfigPosition: reader.GetInt64(3)), ct);
        if (locked.Count == 0) return false;

        var (destination, cursor, last, configPosition) = locked[0];
        var offers = await ReadAllAsync(transaction, "Notifications.read-new-offers.sql",
            [new() { Value = tenant }, new() { Value = destination }, Time(cursor), new() { Value = Limits.SubscriptionPageEventsMax }],
            reader => (At: reader.GetFieldValue<DateTimeOffset>(0), Document: new OfferedDocument(reader.GetString(1), (Lane)reader.GetInt16(4), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))), ct);
        if (offers.Count == 0) return false;

        var filters = await filtersAt(configPosition);
        var numbered = offers.Where(offer => DocumentFilter.Pass(filters, offer.Document)).Select((offer, place) => (Number: last + 1 + place, offer.At)).ToList();
        await using (var command = Sql.Command(transaction, "Notifications.write-events.sql"))
        {
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = id });
            command.AddColumn(NpgsqlDbType.Bigint, numbered, n => n.Number);
            command.AddColumn(NpgsqlDbType.TimestampTz, numbered, n => n.At.ToUniversalTime());
            command.Parameters.Add(Time(offers[^1].At));
            command.Parameters.Add(new() { Value = last + numbered.Count });
            await command.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return offers.Count == Limits.SubscriptionPageEventsMax;
    }

    /// <summary>Takes the subscription for this node; null when another has it, or it is off or gone.</summary>
    public async Task<SubscriptionState?> ClaimAsync(int tenant, Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var claimed = await ReadAllAsync(transaction, "Notifications.claim.sql",
            [new() { Value = tenant }, new() { Value = id }, new() { Value = node }, new() { Value = Limits.SubscriptionLease }], State, ct);
        await transaction.CommitAsync(ct);
        return claimed.Count == 0 ? null : claimed[0];
    }

    /// <summary>
    /// Writes what came of a step, and the fact where the status changed, together. Null when the subscription is another's by now: then nothing is written.
    /// </summary>
    /// <param name="isOver">Gives the lease back; else it is prolonged.</param>
    /// <returns>The state with what was numbered meanwhile.</returns>
    public async Task<SubscriptionState?> SettleAsync(SubscriptionState after, AppendRequest? fact, bool isOver, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [after.Tenant], ct);
        var written = await ReadAllAsync(transaction, "Notifications.settle.sql",
            [
                new() { Value = after.Tenant }, new() { Value = after.Id }, new() { Value = after.Epoch }, new() { Value = EnumLiterals.Format<Subscription.SubscriptionStatus>(after.Status)! },
                new() { Value = after.Confirmed }, new() { Value = after.Sent }, new() { Value = after.Failures }, new() { Value = (object?)after.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                Time(after.HeardAt), Time(after.DueAt), Time(after.NextAt), Time(after.ChangedAt), new() { Value = !isOver }, new() { Value = Limits.SubscriptionLease },
            ],
            reader => after with { Last = reader.GetInt64(0), CursorAt = reader.GetFieldValue<DateTimeOffset>(1) }, ct);
        if (written.Count == 0) return null;

        if (fact is not null) await store.AppendAsync(transaction, [fact], ct);
        await transaction.CommitAsync(ct);
        if (fact is not null) store.Signal(after.Tenant);
        return written[0];
    }

    /// <summary>Events by their numbers, both inclusive; those that there are.</summary>
    public async Task<IReadOnlyList<NumberedOffer>> EventsAsync(SubscriptionState of, long from, long through, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [of.Tenant], ct);
        await using var command = Sql.Command(transaction, "Notifications.read-events.sql");
        foreach (object value in (object[])[of.Tenant, of.Id, from, through]) command.Parameters.Add(new() { Value = value });
        var events = new List<NumberedOffer>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            events.Add(new NumberedOffer(reader.GetInt64(11), reader.GetString(12), await OfferReader.ReadAsync(reader, of.Tenant, of.Destination, ct), reader.GetString(10) == "withdrawn"));
        }

        return events;
    }

    private async Task<object?> WriteAsync(string statement, int tenant, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.AddRange(parameters);
        var told = await command.ExecuteScalarAsync(ct);
        await transaction.CommitAsync(ct);
        return told;
    }

    private async Task<IReadOnlyList<TRow>> ReadAllAsync<TRow>(string statement, IReadOnlyList<int> tenants, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> row, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, tenants, ct);
        return await ReadAllAsync(transaction, statement, parameters, row, ct);
    }

    private static async Task<IReadOnlyList<TRow>> ReadAllAsync<TRow>(NpgsqlTransaction transaction, string statement, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> row, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.AddRange(parameters);
        var rows = new List<TRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    private static SubscriptionState State(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), EnumLiterals.Parse<Subscription.SubscriptionStatus>(reader.GetString(4))!.Value, reader.GetInt64(5),
        reader.GetBoolean(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt32(10), reader.IsDBNull(11) ? null : reader.GetString(11),
        reader.GetFieldValue<DateTimeOffset>(12), reader.GetFieldValue<DateTimeOffset>(13), reader.GetFieldValue<DateTimeOffset>(14), reader.GetFieldValue<DateTimeOffset>(15), reader.GetInt64(16));

    private static NpgsqlParameter Time(DateTimeOffset at) => new() { Value = at.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
