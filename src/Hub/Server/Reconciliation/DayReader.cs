using Npgsql;
using Vkp.Adapters.Notes;
using Vkp.EventStore;

namespace Vkp.Hub.Reconciliation;

/// <summary>One party's day. accepted = journaled + settled + failed + open.</summary>
/// <param name="Party">A sending system's id, or a destination's name.</param>
/// <param name="Role">`sender` or `destination`.</param>
/// <param name="Delivered">Called with it, or fetched; journaled or not.</param>
/// <param name="Settled">Needs no entry of its own; at a destination: withdrawn.</param>
/// <param name="AcceptedHash">Of the ids of all messages, as the room's page says; the other end makes the same from its own list.</param>
/// <param name="JournaledHash">Of those that are journaled.</param>
public sealed record PartyDay(
    string OrgNo, string Day, string Party, string Role, long Accepted, long Delivered, long Journaled, long Settled, long Failed, long Open, string AcceptedHash, string JournaledHash);

/// <summary>Counts a municipality's Norwegian day by party, as it stands now.</summary>
public sealed class DayReader(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<PartyDay>> ReadAsync(int tenant, DateOnly day, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        return
        [
            .. await ReadAsync(transaction, "Reconciliation.count-senders.sql", "sender", tenant, day, ct),
            .. await ReadAsync(transaction, "Reconciliation.count-destinations.sql", "destination", tenant, day, ct),
        ];
    }

    private static async Task<IReadOnlyList<PartyDay>> ReadAsync(NpgsqlTransaction transaction, string statement, string role, int tenant, DateOnly day, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = NorwegianTime.StartOfDay(day).ToUniversalTime() });
        command.Parameters.Add(new() { Value = NorwegianTime.StartOfDay(day.AddDays(1)).ToUniversalTime() });
        var parties = new List<PartyDay>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (accepted, delivered, journaled, settled, failed) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
            parties.Add(new PartyDay(
                tenant.ToString("D9"), day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), reader.GetString(0), role, accepted, delivered, journaled, settled, failed,
                accepted - journaled - settled - failed, reader.GetString(6), reader.GetString(7)));
        }

        return parties;
    }
}
