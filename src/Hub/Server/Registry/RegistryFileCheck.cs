using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;

namespace Vkp.Hub.Registry;

/// <summary>
/// A file against what is there, before it is planned or applied: whether it names patients that nobody knows, and what it would leave without anybody to bring it to
/// an end, deliveries to a journal system and messages of a vendor's system that it no longer names.
/// </summary>
public sealed class RegistryFileCheck(MunicipalityRegistry registry, NpgsqlDataSource database)
{
    /// <param name="leavesOpen">Somebody has decided that what would be orphaned waits until its journal system or sender is named again.</param>
    /// <returns>Everything that is wrong; empty = nothing.</returns>
    public async Task<IReadOnlyList<VkpError>> FindAsync(RegistryFile file, bool leavesOpen, CancellationToken ct)
    {
        var found = new List<VkpError>();
        foreach (var wanted in file.Municipalities)
        {
            if (!RegistryFileReader.TryTenant(wanted.OrgNo, out var tenant)) continue;

            var today = await registry.CurrentAsync(tenant, ct);
            found.AddRange(wanted.Patients.Where(p => p.Stream is { } stream && !today.Knows(stream)).Select(p => Errors.UnknownPatientStream($"municipalities[{file.Municipalities.IndexOf(wanted)}].patients[{wanted.Patients.IndexOf(p)}].stream")));
            if (leavesOpen) continue;

            found.AddRange((await CountAsync("Registry.count-unfinished.sql", tenant, DestinationsLeft(today, wanted), ct)).Select(left => Errors.WouldOrphan(wanted.OrgNo, $"destination '{left.Name}'", left.Count, "deliveries that are not finished")));
            found.AddRange((await CountAsync("Registry.count-waiting.sql", tenant, SystemsLeft(today, wanted), ct)).Select(left => Errors.WouldOrphan(wanted.OrgNo, $"the sender '{left.Name}'", left.Count, "messages that are held or stand in an open case")));
        }

        return found;
    }

    /// <summary>Those the file no longer names, and those that would be sent to where they fetched, or the other way: what waits was made for the one or the other.</summary>
    private static string[] DestinationsLeft(RegistryState today, MunicipalityFile wanted) =>
        [.. today.Destinations.Values.Where(now => !wanted.Destinations.Any(then => then.Name == now.Name && new Destination(then.Name, then.Adapter, then.Address).Fetches == now.Fetches)).Select(now => now.Name)];

    private static string[] SystemsLeft(RegistryState today, MunicipalityFile wanted) =>
        [.. today.Clients.Values.Select(now => now.VkpId).Except(wanted.Clients.Select(then => then.VkpId), StringComparer.Ordinal)];

    private async Task<IReadOnlyList<(string Name, long Count)>> CountAsync(string statement, int tenant, string[] names, CancellationToken ct) => names.Length == 0 ? [] : await Sql.ReadAsync(
        database, statement, tenant,
        command => command.Parameters.Add(new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }),
        reader => (reader.GetString(0), reader.GetInt64(1)), ct);
}
