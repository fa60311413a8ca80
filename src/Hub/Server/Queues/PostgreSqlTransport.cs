using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.Hub.Outbound;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>
/// Queues as NServiceBus's PostgreSQL transport keeps them: one table per endpoint, one row per message, and the publisher itself writes a row for every subscriber
/// that the routing table names.
/// </summary>
/// <param name="hub">The hub's own database: a document may not travel through it.</param>
public sealed class PostgreSqlTransport(NpgsqlDataSource hub, OutboundPolicy outbound, TimeProvider time, ILogger<PostgreSqlTransport> log) : IQueueTransport
{
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> sources = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Place, QueueAddress Queue), QueueDepth> depths = [];
    private string? hubDatabase;

    public async Task<DeliveryOutcome> PublishAsync(QueuePlace place, DocumentReady ready, CancellationToken ct)
    {
        var schema = place.Settings[QueueKind.SchemaSetting];
        var message = QueueMessage.Publish(ready, new QueueAddress(schema, QueuePlace.HubQueue).ToString(), time.GetUtcNow());
        var isCommitting = false;
        try
        {
            await outbound.CheckAsync(place.Address.DnsSafeHost, place.Tenant, ct);
            await using var connection = await SourceOf(place).OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (await ForeignAsync(transaction, place, schema, ct) is { } foreign) return new DeliveryOutcome.RetryLater(foreign, null);

            var (queues, unroutable) = await RouteAsync(transaction, place, schema, message.Type, ct);
            if (unroutable is not null) return new DeliveryOutcome.RetryLater(unroutable, null);
            foreach (var queue in queues)
            {
                if (await FullAsync(transaction, place, queue, ready.Lane, ct) is { } full) return new DeliveryOutcome.RetryLater(full, null);
            }

            foreach (var queue in queues) await InsertAsync(transaction, queue, message, ct);
            isCommitting = true;
            // Once it may be committed it is heard to the end, whoever stops meanwhile.
            await transaction.CommitAsync(CancellationToken.None);
            return new DeliveryOutcome.AwaitingReceipt(null);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            return isCommitting && failure is not PostgresException
                ? new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered("the transport database did not say whether it committed"))
                : new DeliveryOutcome.RetryLater(ErrorOf(failure, place), null);
        }
    }

    public async Task<QueueLook> TakeAnswersAsync(QueuePlace place, AnswerHandler handle, CancellationToken ct)
    {
        var schema = place.Settings[QueueKind.SchemaSetting];
        var taken = 0;
        try
        {
            await outbound.CheckAsync(place.Address.DnsSafeHost, place.Tenant, ct);
            await using var connection = await SourceOf(place).OpenConnectionAsync(ct);
            while (taken < Limits.AnswersPerLookMax && await TakeOneAsync(connection, schema, handle, ct)) taken++;
            return new QueueLook(taken, null);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            return new QueueLook(taken, ErrorOf(failure, place));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values) await source.DisposeAsync();
    }

    private NpgsqlDataSource SourceOf(QueuePlace place) => sources.GetOrAdd(place.Key, static (_, p) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = p.Address.Host,
        Port = p.Address.Port > 0 ? p.Address.Port : 5432,
        Database = p.Path,
        Username = p.Settings[QueueKind.UserSetting],
        Password = p.Settings.GetValueOrDefault(QueueKind.PasswordSetting),
        SslMode = QueuePlace.IsLoopback(p.Address) ? SslMode.Prefer : SslMode.VerifyFull,
        Timeout = 5,
        CommandTimeout = (int)Limits.DeliveryTimeout.TotalSeconds,
        MaxPoolSize = Limits.DeliveriesInFlightPerDestinationMax + 1,
        ApplicationName = QueuePlace.HubQueue,
        NoResetOnClose = true,
    }), place);

    /// <summary>Why this destination may not be published here: the place is another's, or a document would travel through the hub's own database.</summary>
    private async Task<VkpError?> ForeignAsync(NpgsqlTransaction transaction, QueuePlace place, string schema, CancellationToken ct)
    {
        if (place.WantsDocument && await IsHubsOwnAsync(transaction, ct)) return Errors.DocumentInOwnDatabase(place.Destination);

        var claim = new QueueAddress(schema, "vkp.destination").ToString();
        await using (var write = Command(transaction, "claim-place", ("claim", claim)))
        {
            write.Parameters.Add(new() { Value = place.OrgNo });
            write.Parameters.Add(new() { Value = place.Destination });
            await write.ExecuteNonQueryAsync(ct);
        }

        await using var read = Command(transaction, "read-claim", ("claim", claim));
        await using var reader = await read.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && reader.GetString(0) == place.OrgNo && reader.GetString(1) == place.Destination ? null : Errors.PlaceOfAnother(place.Destination);
    }

    private async Task<bool> IsHubsOwnAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        if (hubDatabase is null)
        {
            await using var own = hub.CreateCommand(Sql.Text("Queues.read-database.sql"));
            hubDatabase = (string?)await own.ExecuteScalarAsync(ct);
        }

        await using var there = Command(transaction, "read-database");
        return (string?)await there.ExecuteScalarAsync(ct) == hubDatabase;
    }

    /// <summary>The queues that have asked for it. Read for every message: a copy kept for a while would pass over whoever subscribes meanwhile.</summary>
    private static async Task<(IReadOnlyList<QueueAddress> Queues, VkpError? Error)> RouteAsync(NpgsqlTransaction transaction, QueuePlace place, string schema, string type, CancellationToken ct)
    {
        var routing = new QueueAddress(schema, place.Settings.GetValueOrDefault(QueueKind.RoutingTableSetting, "SubscriptionRouting"));
        await using var command = Command(transaction, "read-routing", ("routing", routing.ToString()));
        command.Parameters.Add(new() { Value = QueueMessage.Topics(type).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var queues = new List<QueueAddress>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // A subscriber writes these rows itself. One that names another's schema would carry the municipality's messages away.
            if (!QueueAddress.TryParse(reader.GetString(0), schema, out var address) || address.Value.Schema != schema) return ([], Errors.AddressOutside(place.Destination));
            queues.Add(address.Value);
        }

        return queues.Count > 0 ? (queues, null) : (queues, Errors.NoSubscriber(place.Destination));
    }

    private async Task<VkpError?> FullAsync(NpgsqlTransaction transaction, QueuePlace place, QueueAddress queue, string lane, CancellationToken ct)
    {
        var depth = depths.GetOrAdd((place.Key, queue), _ => new QueueDepth());
        if (depth.IsStale(time))
        {
            await using var command = Command(transaction, "read-depth", ("queue", queue.ToString()));
            command.Parameters.Add(new() { Value = place.DepthMax });
            command.Parameters.Add(new() { Value = queue.ToString() });
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            depth.Note(reader.GetInt64(0), reader.GetInt64(1), time);
            if (depth.ShallWarn(time)) log.LogError("{Error}", Errors.QueueNumbersRunOut(place.Destination, depth.LastNumber));
        }

        // An alarm never waits behind a backlog.
        return depth.Waiting >= place.DepthMax && lane != nameof(Lane.Alarm) ? Errors.QueueFull(place.Destination, place.DepthMax) : null;
    }

    private static async Task InsertAsync(NpgsqlTransaction transaction, QueueAddress queue, QueueMessage message, CancellationToken ct)
    {
        await using var insert = Command(transaction, "insert-message", ("queue", queue.ToString()));
        insert.Parameters.Add(new() { Value = message.Id });
        insert.Parameters.Add(new() { Value = JsonSerializer.Serialize(message.Headers) });
        insert.Parameters.Add(new() { Value = message.Body.ToArray() });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Takes one answer; false when there is none, or none that can be handled now. It leaves its queue only after the hub has written what it says: between the two
    /// a crash leaves it there, and the same answer again changes nothing.
    /// </summary>
    private static async Task<bool> TakeOneAsync(NpgsqlConnection connection, string schema, AnswerHandler handle, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var take = Command(transaction, "take-answer", ("queue", new QueueAddress(schema, QueuePlace.HubQueue).ToString()));
        Guid id;
        Dictionary<string, string>? headers;
        byte[] body;
        await using (var reader = await take.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct)) return false;
            (id, headers, body) = (reader.GetGuid(0), HeadersOf(reader.GetString(1)), await reader.IsDBNullAsync(2, ct) ? [] : reader.GetFieldValue<byte[]>(2));
        }

        switch (await handle(new QueuedAnswer(headers?.GetValueOrDefault(QueueMessage.TypesHeader), body), ct))
        {
            case AnswerVerdict.Later:
                return false;
            case AnswerVerdict.Unusable unusable:
                var kept = new Dictionary<string, string>(headers ?? [], StringComparer.Ordinal) { [QueueMessage.ErrorHeader] = unusable.Error.Code };
                await InsertAsync(transaction, new QueueAddress(schema, QueuePlace.ErrorQueue), new QueueMessage(id, "", kept, body), ct);
                break;
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    private static Dictionary<string, string>? HeadersOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json);
        }
        catch (JsonException)
        {
            // Headers nobody can read name no type, and the answer goes to the error queue for that.
            return null;
        }
    }

    /// <summary>A statement of this room with the names of the place's tables in it, quoted.</summary>
    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string verb, params ReadOnlySpan<(string Name, string Quoted)> tables)
    {
        var text = Sql.Text($"Queues.{verb}.sql");
        foreach (var (name, quoted) in tables) text = text.Replace($"{{{name}}}", quoted, StringComparison.Ordinal);
        return new NpgsqlCommand(text, transaction.Connection, transaction);
    }

    /// <summary>Only the code: what a database says can hold names and values.</summary>
    private static VkpError ErrorOf(Exception failure, QueuePlace place) => failure switch
    {
        // The routing table is made when the endpoint starts for the first time.
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => Errors.NoSubscriber(place.Destination),
        PostgresException { SqlState: "2200H" } => Errors.QueueNumbersRunOut(place.Destination, int.MaxValue),
        AddressRefusedException => Errors.TransportNotAllowed(place.Destination),
        PostgresException said => Errors.TransportUnusable(place.Destination, $"SQLSTATE {said.SqlState}"),
        _ => DeliveryErrors.NotReached(),
    };
}
