using System.Text.Json;
using Npgsql;
using Vkp.Messages;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A message as an endpoint takes it from its queue.</summary>
public sealed record ReceivedMessage(Guid RowId, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Read as a .NET endpoint reads it: by the default options, so case by case.</summary>
    public DocumentReady Ready => JsonSerializer.Deserialize<DocumentReady>(Body)!;
}

/// <summary>
/// What an NServiceBus endpoint does on the PostgreSQL transport, in the same statements: its installer's tables and routing row, taking messages in order of Seq,
/// and replying to the address that the message names. Logged in as the endpoint's own role, which can do nothing else.
/// </summary>
public sealed class PostgreSqlEndpoint(TransportPlace place, string name) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    private string Queue => QuotedIn(place, name);

    public static async Task<PostgreSqlEndpoint> StartAsync(TransportPlace place, string name = "Kommune.Epj")
    {
        var endpoint = new PostgreSqlEndpoint(place, name);
        await endpoint.InstallAsync();
        await endpoint.SubscribeAsync(QuotedIn(place, name));
        return endpoint;
    }

    public async Task InstallAsync()
    {
        connection = await place.Database.OpenAsync(place.EndpointRole);
        await ExecuteAsync($"""
            create table if not exists {Queue} ("Id" uuid primary key, "Expires" timestamp, "Headers" text not null, "Body" bytea, "Seq" serial unique);
            create table if not exists {place.Schema}."SubscriptionRouting" (
              "QueueAddress" varchar(200) not null, "Endpoint" varchar(200) not null, "Topic" varchar(200) not null, primary key ("Endpoint", "Topic"))
            """);
    }

    /// <param name="queueAddress">Written by the endpoint itself, so it can be anything.</param>
    public Task SubscribeAsync(string queueAddress) => ExecuteAsync($"""
        insert into {place.Schema}."SubscriptionRouting" values ('{queueAddress}', '{name}', '{typeof(DocumentReady).FullName}')
        on conflict ("Endpoint", "Topic") do update set "QueueAddress" = excluded."QueueAddress"
        """);

    /// <summary>The next message, or null when there is none.</summary>
    public async Task<ReceivedMessage?> TakeAsync()
    {
        await using var command = new NpgsqlCommand($"""
            delete from {Queue} where "Seq" = (select "Seq" from {Queue} order by "Seq" limit 1 for update skip locked) returning "Id", "Headers", "Body"
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? new ReceivedMessage(reader.GetGuid(0), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(1))!, reader.GetFieldValue<byte[]>(2))
            : null;
    }

    /// <summary>Waits, at most half a minute, for a message.</summary>
    public async Task<ReceivedMessage> ReceiveAsync() => (await Asking.UntilAsync(TakeAsync, message => message is not null))!;

    /// <summary>Replies as an endpoint does: one row at the address that the message gave.</summary>
    public Task ReplyAsync(ReceivedMessage to, object answer) => SendAsync(to.Headers["NServiceBus.ReplyToAddress"], new Dictionary<string, string>
    {
        ["NServiceBus.EnclosedMessageTypes"] = answer.GetType().AssemblyQualifiedName!,
        ["NServiceBus.MessageId"] = Guid.NewGuid().ToString(),
        ["NServiceBus.MessageIntent"] = "Reply",
        ["NServiceBus.ContentType"] = "application/json",
    }, JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType()));

    public Task SendAsync(string address, IReadOnlyDictionary<string, string> headers, byte[] body) => SendRawAsync(address, JsonSerializer.Serialize(headers), body);

    public async Task SendRawAsync(string address, string headers, byte[] body)
    {
        await using var command = new NpgsqlCommand($"insert into {address} (\"Id\", \"Expires\", \"Headers\", \"Body\") values ($1, null, $2, $3)", connection);
        command.Parameters.Add(new() { Value = Guid.NewGuid() });
        command.Parameters.Add(new() { Value = headers });
        command.Parameters.Add(new() { Value = body });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
    }

    private static string QuotedIn(TransportPlace place, string name) => $"\"{place.Schema}\".\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
