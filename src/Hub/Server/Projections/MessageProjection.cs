using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Canary;

namespace Vkp.Hub.Projections;

/// <summary>Keeps the table of messages: reads the rows a page is about, folds the page over them, writes them back, all in the page's transaction.</summary>
public static class MessageProjection
{
    public static async Task HandleAsync(SubscriptionPage page, CancellationToken ct)
    {
        var events = page.Events
            .Where(e => e.Stream.Category != Canaries.Category)
            .Select(e => (Event: e, Metadata: EventMetadata.Parse(e.Metadata)))
            .Where(e => e.Metadata.MessageId is not null)
            .ToList();
        if (events.Count == 0) return;

        var rows = await ReadAsync(page, [.. events.Select(e => e.Metadata.MessageId!.Value).Distinct()], ct);
        foreach (var (recorded, metadata) in events)
        {
            var before = rows.GetValueOrDefault(metadata.MessageId!.Value);
            if (MessageRow.After(before, recorded, metadata) is { } after) rows[after.MessageId] = after.Noting(before, recorded.Position);
        }

        await WriteAsync(page, [.. rows.Values], ct);
    }

    private static async Task<Dictionary<Guid, MessageRow>> ReadAsync(SubscriptionPage page, Guid[] ids, CancellationToken ct)
    {
        await using var command = Sql.Command(page.Transaction, "Projections.read-messages.sql");
        command.Parameters.Add(new() { Value = page.Tenant });
        command.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var rows = new Dictionary<Guid, MessageRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var row = MessageReader.Read(page.Tenant, reader);
            rows[row.MessageId] = row;
        }

        return rows;
    }

    private static async Task WriteAsync(SubscriptionPage page, MessageRow[] rows, CancellationToken ct)
    {
        await using var command = Sql.Command(page.Transaction, "Projections.write-messages.sql");
        command.Parameters.Add(new() { Value = page.Tenant });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => r.MessageId), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => r.Position), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        AddTexts(command, rows, r => r.Stream);
        AddTexts(command, rows, r => r.Source);
        AddTexts(command, rows, r => r.Adapter);
        AddTexts(command, rows, r => r.Kind);
        AddTexts(command, rows, r => r.Lane);
        AddTexts(command, rows, r => r.State);
        AddTexts(command, rows, r => r.Reason);
        AddTimes(command, rows, r => r.OccurredAt);
        AddTimes(command, rows, r => r.RegisteredAt);
        AddTimes(command, rows, r => r.ForwardedAt);
        AddTimes(command, rows, r => r.JournaledAt);
        AddTimes(command, rows, r => r.SettledAt);
        AddTimes(command, rows, r => r.FailedAt);
        AddIds(command, rows, r => r.InDocumentOf);
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => (short)r.Repairs), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        AddIds(command, rows, r => r.Corrects);
        AddIds(command, rows, r => r.CorrectedBy);
        AddTimes(command, rows, r => r.ReadAt);
        AddTexts(command, rows, r => r.Facts);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static void AddIds(NpgsqlCommand command, MessageRow[] rows, Converter<MessageRow, Guid?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });

    private static void AddTexts(NpgsqlCommand command, MessageRow[] rows, Converter<MessageRow, string?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static void AddTimes(NpgsqlCommand command, MessageRow[] rows, Func<MessageRow, DateTimeOffset?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => column(r)?.ToUniversalTime()), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
}
