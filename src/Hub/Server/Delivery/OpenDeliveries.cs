using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Delivery;

/// <summary>
/// How many deliveries of a message are still to be finished. Two that finish at the same instant each see the other as open, and the message would be in the journal of
/// both and never said to be: so whoever found one open counts again when its facts are appended. The append locks the log's head to the commit, so the later of the two
/// sees what the earlier committed, and does its work again.
/// </summary>
internal static class OpenDeliveries
{
    /// <summary>By the message's place in the log; 0 is left out.</summary>
    public static async Task<Dictionary<(int Tenant, long Position), int>> CountAsync(NpgsqlTransaction transaction, IReadOnlyCollection<(int Tenant, long Position)> messages, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Delivery.count-open.sql");
        command.AddColumn(NpgsqlDbType.Integer, [.. messages], m => m.Tenant);
        command.AddColumn(NpgsqlDbType.Bigint, [.. messages], m => m.Position);
        var open = new Dictionary<(int, long), int>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) open[(reader.GetInt32(0), reader.GetInt64(1))] = (int)reader.GetInt64(2);
        return open;
    }

    /// <summary>After the append: whether one that was thought open is finished by now.</summary>
    /// <param name="thought">What was counted before it; only messages that had some.</param>
    public static async Task<bool> AreOvertakenAsync(NpgsqlTransaction transaction, IReadOnlyCollection<(int Tenant, long Position)> thought, CancellationToken ct) =>
        thought.Count > 0 && (await CountAsync(transaction, thought, ct)).Count < thought.Count;
}
