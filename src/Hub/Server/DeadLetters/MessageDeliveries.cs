using Npgsql;
using NpgsqlTypes;

namespace Vkp.Hub.DeadLetters;

/// <summary>
/// Every delivery of the messages a page of acts is about, kept up to date with the acts: two of one message can be in the same page. What the engine, a journal system
/// or another person finishes meanwhile is not locked; it is looked at again once the log's head is (<see cref="StandAsync"/>).
/// </summary>
internal sealed class MessageDeliveries
{
    private readonly int tenant;
    private readonly long[] positions;
    private readonly Dictionary<(long Position, string Destination), Standing> standings;

    private MessageDeliveries(int tenant, long[] positions, Dictionary<(long Position, string Destination), Standing> standings) =>
        (this.tenant, this.positions, this.standings) = (tenant, positions, standings);

    public static async Task<MessageDeliveries> ReadAsync(NpgsqlTransaction transaction, int tenant, IEnumerable<DeadLetter> letters, CancellationToken ct)
    {
        long[] places = [.. letters.Select(l => l.Position).Distinct()];
        return new(tenant, places, await ReadAsync(transaction, tenant, places, ct));
    }

    /// <summary>For one delivery, how the others stand now.</summary>
    public Elsewhere Of(DeadLetter letter)
    {
        var others = standings.Where(s => s.Key.Position == letter.Position && s.Key.Destination != letter.Destination).Select(s => s.Value).ToList();
        return new(others.Count(o => o.IsOpen), others.Count(o => o.State == "journaled"), others.Where(o => o.State == "refused").Select(o => o.Code).Order(StringComparer.Ordinal).FirstOrDefault());
    }

    public void Note(DeadLetter letter, ActedUpon after) =>
        standings[(letter.Position, letter.Destination)] = new(after.State, after.State == "refused" ? after.Code : null, after.FinishedAt is null);

    /// <summary>After the acts are written and their facts appended: whether all else stands as it did when they were decided.</summary>
    public async Task<bool> StandAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        var now = await ReadAsync(transaction, tenant, positions, ct);
        return now.Count == standings.Count && now.All(n => standings.TryGetValue(n.Key, out var thought) && thought == n.Value);
    }

    private static async Task<Dictionary<(long Position, string Destination), Standing>> ReadAsync(NpgsqlTransaction transaction, int tenant, long[] positions, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "DeadLetters.read-standings.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = positions, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var found = new Dictionary<(long Position, string Destination), Standing>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct)) found.Add((r.GetInt64(0), r.GetString(1)), new(r.GetString(2), await r.IsDBNullAsync(3, ct) ? null : r.GetString(3), r.GetBoolean(4)));
        return found;
    }

    private sealed record Standing(string State, string? Code, bool IsOpen);
}
