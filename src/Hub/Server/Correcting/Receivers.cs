using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters.Cases;

namespace Vkp.Hub.Correcting;

/// <summary>A journal system, and where its delivery of the document that is corrected stands.</summary>
public readonly record struct Receiver(string Destination, string State);

/// <summary>
/// Whom a correction concerns. To take back what somebody never had would only spread it; to leave out somebody who has it would leave it standing.
/// The rules are pure.
/// </summary>
public static class Receivers
{
    /// <summary>Whether the receiver has, or may have, the document.</summary>
    public static bool HasIt(string state) => state is "journaled" or "accepted" or "read" or "unknown" or "running";

    /// <summary>Whether it is still to get it, by itself.</summary>
    public static bool WillHaveIt(string state) => state is "available" or "scheduled" or "retryable";

    /// <summary>Whether a correction of this kind goes to a receiver in this state.</summary>
    public static bool Concerns(CorrectionKind kind, string state) => kind switch
    {
        CorrectionKind.EnteredInError => HasIt(state),
        // Behind the document, in order.
        CorrectionKind.Amended => HasIt(state) || WillHaveIt(state),
        // The whole content as it should have been: who has refused the old can do with the new.
        _ => state != "withdrawn",
    };

    /// <summary>By message, its deliveries.</summary>
    public static async Task<ILookup<Guid, Receiver>> ReadAsync(NpgsqlTransaction transaction, int tenant, Guid[] messageIds, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Correcting.read-receivers.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = messageIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var found = new List<(Guid MessageId, Receiver Receiver)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), new Receiver(reader.GetString(1), reader.GetString(2))));
        return found.ToLookup(row => row.MessageId, row => row.Receiver);
    }
}
