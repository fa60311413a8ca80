using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Replay;

/// <summary>A delivery at its end that fits a selection.</summary>
/// <param name="About">The plain description of its message, for the facts about it.</param>
/// <param name="Covers">Places of the messages whose content it carries, its own first.</param>
/// <param name="Context">Places of those that were in the journal already, and that it corrects or adds to.</param>
/// <param name="CorrectedBy">The latest message that replaces its message.</param>
public sealed record ReplayedDelivery(
    long Position, string Destination, Guid MessageId, string Stream, string State, int Resends, int Acts, EventMetadata About, IReadOnlyList<long> Covers, IReadOnlyList<long> Context,
    Guid? CorrectedBy)
{
    /// <summary>Its content was deleted under retention: there is nothing to send.</summary>
    public bool IsDeleted { get; init; }
}

/// <summary>How many of what a replay sent are where.</summary>
public sealed record ReplayedStanding(string Destination, string State, bool IsOpen, long Count);

/// <summary>The delivery rows that replays send again.</summary>
public sealed class ResendStore(NpgsqlDataSource database)
{
    public Task<IReadOnlyList<(string Destination, string State, long Count)>> CountAsync(int tenant, ReplaySelection selection, IReadOnlyList<string> states, long upTo, CancellationToken ct) => Sql.ReadAsync(
        database, "Replay.count-resendable.sql", tenant,
        command =>
        {
            selection.AddTo(command);
            command.Parameters.Add(new() { Value = states.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = upTo });
        },
        reader => (reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), ct);

    /// <summary>The next deliveries after the row's place, locked, in the order of the log; those of one place together.</summary>
    public static async Task<IReadOnlyList<ReplayedDelivery>> LockAsync(NpgsqlTransaction transaction, ReplayRow row, ReplaySelection selection, IReadOnlyList<string> states, int max, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Replay.lock-resendable.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        selection.AddTo(command);
        command.Parameters.Add(new() { Value = states.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        foreach (object value in (object[])[row.UpTo, row.Position, max]) command.Parameters.Add(new() { Value = value });
        var found = new List<ReplayedDelivery>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            found.Add(new ReplayedDelivery(
                r.GetInt64(0), r.GetString(1), r.GetGuid(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetInt32(6), About(r.GetGuid(2), r, 7),
                r.GetFieldValue<long[]>(11), r.GetFieldValue<long[]>(12), r.IsDBNull(13) ? null : r.GetGuid(13)) { IsDeleted = r.GetBoolean(14) });
        }

        return found;
    }

    public static async Task WriteAsync(NpgsqlTransaction transaction, ReplayRow row, IReadOnlyList<(ReplayedDelivery Delivery, ResendDecision Decision)> sent, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Replay.write-resends.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        command.AddColumn(NpgsqlDbType.Bigint, sent, s => s.Delivery.Position);
        command.AddTexts(sent, s => s.Delivery.Destination);
        command.AddTexts(sent, s => s.Decision.State);
        command.AddColumn(NpgsqlDbType.Uuid, sent, s => RoutingSubscription.BundleId(s.Delivery.MessageId, s.Delivery.Destination, s.Delivery.Resends + 1));
        command.Parameters.Add(new() { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (short)Lane.Replay });
        command.Parameters.Add(new() { Value = row.Id });
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<IReadOnlyList<ReplayedStanding>> StandingAsync(NpgsqlTransaction transaction, ReplayRow row, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Replay.count-replayed.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        command.Parameters.Add(new() { Value = row.Id });
        var standing = new List<ReplayedStanding>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct)) standing.Add(new ReplayedStanding(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetInt64(3)));
        return standing;
    }

    /// <summary>Puts what has not been taken back to where it was, and returns the facts that say so.</summary>
    public static async Task<IReadOnlyList<AppendRequest>> TakeBackAsync(NpgsqlTransaction transaction, int tenant, Guid replayId, string author, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Replay.take-back.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = replayId });
        command.Parameters.Add(new() { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        var facts = new List<AppendRequest>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            var code = r.GetString(5) == "refused" ? r.GetString(4) : null;
            var restored = MessageFacts.Restored(About(r.GetGuid(1), r, 6), r.GetString(0), r.GetInt32(3), author, code, replayId);
            facts.Add(new AppendRequest(tenant, StreamName.Parse(r.GetString(2)), [restored]));
        }

        return facts;
    }

    private static EventMetadata About(Guid messageId, NpgsqlDataReader r, int first) => new()
    {
        MessageId = messageId,
        Source = r.GetString(first),
        Adapter = r.GetString(first + 1),
        Kind = r.GetString(first + 2),
        Lane = r.IsDBNull(first + 3) ? null : Enum.Parse<Lane>(r.GetString(first + 3)),
    };
}
