using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Acknowledgement;

/// <summary>
/// The journal system's own answer to a document it fetched: in the journal, or not and why. Delivery, facts of the message and of those its document speaks for are
/// written together. The same answer again changes nothing; the opposite one is a conflict, for a person.
/// </summary>
public sealed class Acknowledgements(NpgsqlDataSource database, EventLog store, TimeProvider time)
{
    private const int OwnAttempt = 1;

    /// <param name="rejection">Why it is not journaled; null when it is.</param>
    /// <param name="deliveryId">Which delivery of the message is answered, for whoever names it: a rejection of an earlier one is overtaken and changes nothing.</param>
    /// <returns>Null when the answer stands; else why it cannot be taken.</returns>
    public async Task<VkpError?> AnswerAsync(int tenant, string destination, Guid messageId, VkpError? rejection, CancellationToken ct, Guid? deliveryId = null)
    {
        while (true)
        {
            var (error, isOvertaken) = await TryAsync(tenant, destination, messageId, rejection, deliveryId, ct);
            if (!isOvertaken) return error;
        }
    }

    private async Task<(VkpError? Error, bool IsOvertaken)> TryAsync(int tenant, string destination, Guid messageId, VkpError? rejection, Guid? deliveryId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        if (await LockAsync(transaction, tenant, destination, messageId, ct) is not { } delivery) return (Errors.NoSuchMessage(messageId.ToString()), false);

        var state = rejection is null ? "journaled" : "refused";
        if (delivery.State == state && delivery.Code == rejection?.Code) return (null, false);
        if (rejection is not null && deliveryId is { } answered && answered != delivery.BundleId) return (null, false);
        // What was taken back stays so, unless the journal has it: that is so, whatever was meant.
        if (delivery.IsFinished && !(delivery.State == "withdrawn" && rejection is null)) return (Errors.AnsweredOtherwise(messageId, delivery.State, delivery.Code), false);

        var now = time.GetUtcNow();
        await UpdateAsync(transaction, tenant, destination, delivery.Position, state, rejection?.Code, now, ct);
        var open = await OpenDeliveries.CountAsync(transaction, [(tenant, delivery.Position)], ct);
        await store.AppendAsync(transaction, await FactsAsync(tenant, destination, messageId, delivery, rejection, open.Values.Sum(), now, ct), ct);
        if (await OpenDeliveries.AreOvertakenAsync(transaction, open.Keys, ct)) return (null, IsOvertaken: true);

        await transaction.CommitAsync(ct);
        store.Signal(tenant);
        return (null, false);
    }

    private async Task<IReadOnlyList<AppendRequest>> FactsAsync(
        int tenant, string destination, Guid messageId, Held delivery, VkpError? rejection, int open, DateTimeOffset now, CancellationToken ct)
    {
        var message = await store.ReadPositionAsync(tenant, delivery.Position, ct);
        var own = EventMetadata.Parse(message.Metadata);
        if (rejection is not null) return [new(tenant, message.Stream, [MessageFacts.Refused(own, destination, OwnAttempt, rejection.Code)])];

        var facts = new List<AppendRequest> { new(tenant, message.Stream, [MessageFacts.Journaled(own, destination, OwnAttempt, delivery.ForwardedAt ?? now, call: null, open)]) };
        if (open > 0) return facts;
        foreach (var part in delivery.Settles)
        {
            var settled = await store.ReadPositionAsync(tenant, part.Position, ct);
            facts.Add(new(tenant, settled.Stream, [MessageFacts.Settled(EventMetadata.Parse(settled.Metadata), part.Reason, messageId)]));
        }

        return facts;
    }

    private static async Task<Held?> LockAsync(NpgsqlTransaction transaction, int tenant, string destination, Guid messageId, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Acknowledgement.lock-delivery.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = destination });
        command.Parameters.Add(new() { Value = messageId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new Held(
            reader.GetInt64(0), reader.GetString(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2),
            await reader.IsDBNullAsync(3, ct) ? null : reader.GetFieldValue<DateTimeOffset>(3),
            [.. reader.GetFieldValue<long[]>(4).Zip(reader.GetFieldValue<string[]>(5), (position, reason) => new SettledPart(position, reason))], reader.GetGuid(6));
    }

    private static async Task UpdateAsync(NpgsqlTransaction transaction, int tenant, string destination, long position, string state, string? code, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Acknowledgement.answer-delivery.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = destination });
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = (object?)code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Held(long Position, string State, string? Code, DateTimeOffset? ForwardedAt, IReadOnlyList<SettledPart> Settles, Guid BundleId)
    {
        public bool IsFinished => State is "journaled" or "refused" or "withdrawn";
    }
}
