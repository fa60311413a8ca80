using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Canary;

namespace Vkp.Hub.Projections;

/// <summary>
/// Keeps the table of messages: reads the rows a page is about, folds the page over them, writes them back, all in the page's transaction.
/// A message that begins in the page has no row yet: it is neither sought nor written over.
/// </summary>
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

        var begun = events.Where(e => MessageRow.Begins(e.Event.Type)).Select(e => e.Metadata.MessageId!.Value).ToHashSet();
        var rows = await ReadAsync(page, [.. events.Select(e => e.Metadata.MessageId!.Value).Where(id => !begun.Contains(id)).Distinct()], ct);
        foreach (var (recorded, metadata) in events)
        {
            var before = rows.GetValueOrDefault(metadata.MessageId!.Value);
            if (MessageRow.After(before, recorded, metadata) is { } after) rows[after.MessageId] = after.Noting(before, recorded.Position);
        }

        if (rows.Count == 0) return;
        await using var batch = new NpgsqlBatch(page.Transaction.Connection, page.Transaction);
        Write(batch, page.Tenant, [.. rows.Values.Where(row => begun.Contains(row.MessageId))], Sql.Text("Projections.write-messages.sql"));
        Write(batch, page.Tenant, [.. rows.Values.Where(row => !begun.Contains(row.MessageId))], Sql.Text("Projections.write-messages.sql") + Sql.Text("Projections.change-messages.sql"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<Dictionary<Guid, MessageRow>> ReadAsync(SubscriptionPage page, Guid[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return [];
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

    private static void Write(NpgsqlBatch batch, int tenant, MessageRow[] rows, string statement)
    {
        if (rows.Length == 0) return;
        var command = new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = tenant } } };
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
        batch.BatchCommands.Add(command);
    }

    private static void AddIds(NpgsqlBatchCommand command, MessageRow[] rows, Converter<MessageRow, Guid?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });

    private static void AddTexts(NpgsqlBatchCommand command, MessageRow[] rows, Converter<MessageRow, string?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, column), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static void AddTimes(NpgsqlBatchCommand command, MessageRow[] rows, Func<MessageRow, DateTimeOffset?> column) =>
        command.Parameters.Add(new() { Value = Array.ConvertAll(rows, r => column(r)?.ToUniversalTime()), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
}
