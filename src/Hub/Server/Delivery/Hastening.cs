using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Delivery;

/// <param name="Waiting">Deliveries that wait for their next try, or waited when they were hastened.</param>
public sealed record HasteningAnswer(string OrgNo, string Destination, long Waiting, bool IsDryRun);

/// <summary>
/// A person's word that a destination is well again: what waits for its next try there is tried now, in order. Rows and fact are written together; whichever node holds the
/// deliveries in memory sees the fact in the municipality's configuration, as it sees a pause, and does the same there (<see cref="DeliveryQueue.Hasten"/>).
/// </summary>
public sealed class Hastening(NpgsqlDataSource database, EventLog store, MunicipalityRegistry registry, TimeProvider time)
{
    /// <summary>How many wait for their next try; changes nothing.</summary>
    public async Task<HasteningAnswer> CountAsync(RegistryState municipality, string destination, CancellationToken ct)
    {
        var counts = await Sql.ReadAsync(database, "Delivery.count-waiting-tries.sql", municipality.Tenant, command => Add(command, destination), row => row.GetInt64(0), ct);
        return new(municipality.OrgNo, destination, counts[0], IsDryRun: true);
    }

    /// <summary>Again and again is harmless: what is due already is left as it is. VKP-403 when somebody changed the municipality meanwhile; then nothing is written.</summary>
    public async Task<(HasteningAnswer? Answer, VkpError? Error)> HastenAsync(RegistryState municipality, string destination, string author, string reason, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [municipality.Tenant], ct);
        await using var hasten = Sql.Command(transaction, "Delivery.hasten.sql");
        hasten.Parameters.Add(new() { Value = municipality.Tenant });
        Add(hasten, destination);
        var waiting = await hasten.ExecuteNonQueryAsync(ct);

        // Written also when nothing waits in the table: something may be on its way, and the next owner of the queue is to know of the person's word.
        IReadOnlyList<RegistryEvent> changes = [new DestinationHastened(destination, waiting, reason)];
        if (await registry.ApplyAsync(transaction, municipality, changes, author, ct) is { } moved) return (null, moved);

        await transaction.CommitAsync(ct);
        store.Signal(municipality.Tenant);
        registry.Adopt(municipality, changes);
        return (new(municipality.OrgNo, destination, waiting, IsDryRun: false), null);
    }

    private void Add(NpgsqlCommand command, string destination)
    {
        var now = time.GetUtcNow();
        command.Parameters.Add(new() { Value = destination });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now + Limits.AskAfter });
    }
}
