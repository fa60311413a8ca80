using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Vkp.Sandbox;

/// <summary>
/// A queue table of NServiceBus's PostgreSQL transport, by nothing but the endpoint's own role. The answer and the message's removal are one transaction: what dies
/// before its end has done neither.
/// </summary>
internal sealed partial class PostgreSqlQueue(QueueAccess access, TimeProvider time) : IEndpointQueue
{
    private const int LookMessagesMax = 100;
    private const string TypesHeader = "NServiceBus.EnclosedMessageTypes";
    private const string ReplyToHeader = "NServiceBus.ReplyToAddress";

    private NpgsqlConnection? connection;

    private string Queue => $"\"{access.Schema}\".\"{access.Queue}\"";

    public async Task<QueueLook> LookAsync(CancellationToken ct)
    {
        try
        {
            if (connection is not { State: System.Data.ConnectionState.Open } && !await OpenAsync(ct)) return new QueueLook([], Problem: $"VKP-955 Another process takes messages from '{access.Queue}'.");

            await using var command = Command("read-waiting", ("queue", Queue));
            command.Parameters.Add(new() { Value = LookMessagesMax });
            var messages = new List<QueuedMessage>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var headers = HeadersOf(reader.GetString(1));
                messages.Add(new QueuedMessage(
                    reader.GetGuid(0).ToString("D"), headers?.GetValueOrDefault(TypesHeader), AddressOf(headers?.GetValueOrDefault(ReplyToHeader)), await reader.IsDBNullAsync(2, ct) ? [] : reader.GetFieldValue<byte[]>(2)));
            }

            return new QueueLook(messages, HasMore: messages.Count == LookMessagesMax);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
        {
            await CloseAsync();
            return new QueueLook([], Problem: Said(away));
        }
    }

    public async Task<string?> TakeAsync(QueuedMessage message, IReadOnlyList<QueuedReply> replies, CancellationToken ct)
    {
        try
        {
            await using var transaction = await connection!.BeginTransactionAsync(ct);
            await using (var take = Command("take-message", ("queue", Queue)))
            {
                take.Parameters.Add(new() { Value = Guid.Parse(message.Id) });
                await take.ExecuteNonQueryAsync(ct);
            }

            foreach (var reply in replies)
            {
                // The message says where, quoted for the statement, as one endpoint tells another.
                await using var send = Command("send-reply", ("address", message.ReplyTo!));
                send.Parameters.Add(new() { Value = reply.Id });
                send.Parameters.Add(new() { Value = JsonSerializer.Serialize(HeadersOf(message, reply)) });
                send.Parameters.Add(new() { Value = reply.Body.ToArray() });
                await send.ExecuteNonQueryAsync(ct);
            }

            await transaction.CommitAsync(ct);
            return null;
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException)
        {
            await CloseAsync();
            return Said(away);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private Dictionary<string, string> HeadersOf(QueuedMessage message, QueuedReply reply) => new(StringComparer.Ordinal)
    {
        ["NServiceBus.ContentType"] = "application/json",
        ["NServiceBus.CorrelationId"] = message.Id,
        [TypesHeader] = reply.Type,
        ["NServiceBus.MessageId"] = reply.Id.ToString("D"),
        ["NServiceBus.MessageIntent"] = "Reply",
        ["NServiceBus.OriginatingEndpoint"] = access.Queue,
        ["NServiceBus.RelatedTo"] = message.Id,
        ["NServiceBus.TimeSent"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss:ffffff 'Z'", CultureInfo.InvariantCulture),
    };

    /// <returns>False when another process has the queue.</returns>
    private async Task<bool> OpenAsync(CancellationToken ct)
    {
        await CloseAsync();
        connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = access.Address.Host,
            Port = access.Address.Port > 0 ? access.Address.Port : 5432,
            Database = access.Path,
            Username = access.User,
            Password = access.Password,
            SslMode = access.IsLoopback ? SslMode.Prefer : SslMode.VerifyFull,
            Timeout = 5,
            CommandTimeout = 15,
            Pooling = false,
            ApplicationName = access.Queue,
        }.ConnectionString);
        await connection.OpenAsync(ct);
        await using (var claim = Command("claim-queue"))
        {
            claim.Parameters.Add(new() { Value = Queue });
            if (await claim.ExecuteScalarAsync(ct) is not true)
            {
                await CloseAsync();
                return false;
            }
        }

        await InstallAsync(ct);
        return true;
    }

    /// <summary>With the published statements, word for word.</summary>
    private async Task InstallAsync(CancellationToken ct)
    {
        await using var install = new NpgsqlCommand(Text("install-endpoint").Replace("{schema}", access.Schema, StringComparison.Ordinal).Replace("{endpoint}", access.Queue, StringComparison.Ordinal), connection);
        await install.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string verb, params ReadOnlySpan<(string Name, string Quoted)> tables)
    {
        var text = Text(verb);
        foreach (var (name, quoted) in tables) text = text.Replace($"{{{name}}}", quoted, StringComparison.Ordinal);
        return new NpgsqlCommand(text, connection);
    }

    private async Task CloseAsync()
    {
        if (connection is { } old) await old.DisposeAsync();
        connection = null;
    }

    private static string Text(string verb)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Vkp.Sandbox.Queued/{verb}.sql")!);
        return reader.ReadToEnd();
    }

    /// <summary>Schema and table, quoted, and nothing else: it stands in a statement. Null when it is not that.</summary>
    private static string? AddressOf(string? replyTo) => replyTo is not null && QuotedTable().IsMatch(replyTo) ? replyTo : null;

    [GeneratedRegex("^\"[A-Za-z0-9_.-]{1,63}\"[.]\"[A-Za-z0-9_.-]{1,63}\"$", RegexOptions.None, 1000)]
    private static partial Regex QuotedTable();

    private static Dictionary<string, string>? HeadersOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json);
        }
        catch (JsonException)
        {
            // Without headers it is no message that is known here.
            return null;
        }
    }

    private static string Said(Exception away) => away is PostgresException said
        ? $"VKP-956 The transport refused: SQLSTATE {said.SqlState}."
        : $"VKP-956 The transport does not answer ({away.GetType().Name}).";
}
