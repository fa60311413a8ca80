using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;

namespace Vkp.Hub.Acknowledgement;

/// <summary>A document that a journal system can fetch.</summary>
/// <param name="Form">The kind of resource it is fetched as: Bundle, Composition or MedicationDispense.</param>
/// <param name="RecordedAt">When the hub took the message.</param>
public sealed record Offer(string Destination, long Position, Guid MessageId, string Form, string Source, string? SourceSystem, DateTimeOffset RecordedAt)
{
    /// <summary>The kind of resource a document is fetched as. One with more in it than the message itself is a Bundle, whatever the message was.</summary>
    /// <param name="own">What the message is when it stands alone; null = a Bundle.</param>
    /// <param name="parts">Messages whose content or context is in the document, itself included.</param>
    public static string FormOf(string? own, int parts) => parts == 1 ? own ?? "Bundle" : "Bundle";
}

/// <summary>Writes what can be fetched, in the transaction that routes it, so that both are there or neither.</summary>
public static class Offers
{
    public static async Task WriteAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<Offer> offers, CancellationToken ct)
    {
        await LockAsync(transaction, tenant, ct);
        await using var command = Sql.Command(transaction, "Acknowledgement.write-offers.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddTexts(offers, o => o.Destination);
        command.AddColumn(NpgsqlDbType.Bigint, offers, o => o.Position);
        command.AddColumn(NpgsqlDbType.Uuid, offers, o => o.MessageId);
        command.AddTexts(offers, o => o.Form);
        command.AddTexts(offers, o => o.Source);
        command.AddTexts(offers, o => o.SourceSystem);
        command.AddColumn(NpgsqlDbType.TimestampTz, offers, o => o.RecordedAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Offers once more what a person has sent again, after everything offered so far; what was never offered is left alone.</summary>
    public static async Task RepeatAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<(long Position, string Destination)> deliveries, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, tenant, ct);
        await using var command = Sql.Command(transaction, "Acknowledgement.offer-again.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddColumn(NpgsqlDbType.Bigint, deliveries, d => d.Position);
        command.AddTexts(deliveries, d => d.Destination);
        command.Parameters.Add(new() { Value = now.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A statement of its own, so that the next one sees what the lock waited for.</summary>
    private static async Task LockAsync(NpgsqlTransaction transaction, int tenant, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Acknowledgement.lock-offers.sql");
        command.Parameters.Add(new() { Value = tenant });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes back what a correction replaces before anybody fetched it. Returns the facts of those that go nowhere now.</summary>
    /// <param name="corrections">The earlier message of each, and the plain description of the later one.</param>
    public static async Task<IReadOnlyList<AppendRequest>> SupersedeAsync(
        NpgsqlTransaction transaction, int tenant, IReadOnlyDictionary<Guid, EventMetadata> corrections, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Acknowledgement.withdraw-superseded.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddColumn(NpgsqlDbType.Uuid, [.. corrections.Keys], id => id);
        var facts = new List<AppendRequest>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (earlier, later) = (reader.GetGuid(0), corrections[reader.GetGuid(0)]);
            var settled = MessageFacts.Settled(later with { MessageId = earlier }, Routing.SettleReasons.Superseded, later.MessageId);
            facts.Add(new AppendRequest(tenant, StreamName.Parse(reader.GetString(1)), [settled]));
        }

        return facts;
    }
}
