using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;

namespace Vkp.Hub.Routing;

/// <summary>The cases of a page's patients: read before the page is routed, kept in memory while it is, what changed written after.</summary>
internal sealed class CaseStore
{
    private readonly Dictionary<string, PatientCases> patients;
    private readonly HashSet<Guid> stored;
    private readonly Dictionary<Guid, (string Stream, CaseEntry Entry)> changed = [];

    private CaseStore(IReadOnlyList<(string Stream, CaseEntry Entry)> entries)
    {
        stored = [.. entries.Select(e => e.Entry.MessageId)];
        patients = entries.GroupBy(e => e.Stream, e => e.Entry).ToDictionary(g => g.Key, g => new PatientCases(g), StringComparer.Ordinal);
    }

    /// <summary>Everything open of these patients, and everything closed that one of the keys names.</summary>
    public static async Task<CaseStore> ReadAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<string> streams, IReadOnlyList<string> keys, CancellationToken ct)
    {
        if (streams.Count == 0) return new CaseStore([]);

        await using var command = Sql.Command(transaction, "Routing.read-cases.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = streams.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var entries = new List<(string Stream, CaseEntry Entry)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) entries.Add((reader.GetString(2), Read(reader)));
        return new CaseStore(entries);
    }

    public PatientCases Of(string stream) => patients.GetValueOrDefault(stream, PatientCases.None);

    public void Remember(string stream, IReadOnlyList<CaseEntry> entries)
    {
        if (entries.Count == 0) return;
        patients[stream] = Of(stream).After(entries);
        foreach (var entry in entries) changed[entry.MessageId] = (stream, entry);
    }

    /// <summary>Adds what writes the changed cases; nothing when none changed. Of an entry that is stored, only its state changes and what carries it.</summary>
    public void Write(NpgsqlBatch batch, int tenant)
    {
        var added = changed.Values.Where(c => !stored.Contains(c.Entry.MessageId)).ToList();
        if (added.Count > 0) batch.BatchCommands.Add(WriteEntries(tenant, added, Sql.Text("Routing.write-cases.sql")));
        if (added.Count < changed.Count)
        {
            batch.BatchCommands.Add(WriteEntries(
                tenant, [.. changed.Values.Where(c => stored.Contains(c.Entry.MessageId))], Sql.Text("Routing.write-cases.sql") + Sql.Text("Routing.change-cases.sql")));
        }

        var keys = added.SelectMany(c => c.Entry.CaseKeys.Concat(c.Entry.AboutKeys).Distinct().Select(key => (Key: key, c.Entry.MessageId))).ToList();
        if (keys.Count == 0) return;
        var command = new NpgsqlBatchCommand(Sql.Text("Routing.write-case-keys.sql")) { Parameters = { new() { Value = tenant } } };
        command.Parameters.AddTexts(keys, k => k.Key);
        command.Parameters.AddColumn(NpgsqlDbType.Uuid, keys, k => k.MessageId);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlBatchCommand WriteEntries(int tenant, IReadOnlyList<(string Stream, CaseEntry Entry)> rows, string statement)
    {
        var command = new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = tenant } } };
        var columns = command.Parameters;
        columns.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Entry.MessageId);
        columns.AddColumn(NpgsqlDbType.Bigint, rows, r => r.Entry.Position);
        columns.AddTexts(rows, r => r.Stream);
        columns.AddTexts(rows, r => r.Entry.Kind);
        columns.AddColumn(NpgsqlDbType.Smallint, rows, r => (short)r.Entry.Lane);
        columns.AddColumn(NpgsqlDbType.TimestampTz, rows, r => r.Entry.OccurredAt.ToUniversalTime());
        columns.AddColumn(NpgsqlDbType.Smallint, rows, r => (short)r.Entry.Role);
        columns.AddLists(rows, r => r.Entry.CaseKeys);
        columns.AddLists(rows, r => r.Entry.WholeCaseKeys);
        columns.AddLists(rows, r => r.Entry.AboutKeys);
        columns.AddTexts(rows, r => r.Entry.GroupKey);
        columns.AddColumn(NpgsqlDbType.Integer, rows, r => (int)r.Entry.Traits);
        columns.AddTexts(rows, r => Name(r.Entry.State));
        columns.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Entry.JoinedTo);
        columns.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Entry.Document);
        return command;
    }

    private static CaseEntry Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), r.GetInt64(1), r.GetString(3), (Lane)r.GetInt16(4), r.GetFieldValue<DateTimeOffset>(5), (CaseRole)r.GetInt16(6),
        r.GetFieldValue<string[]>(7), r.GetFieldValue<string[]>(8), r.GetFieldValue<string[]>(9), r.IsDBNull(10) ? null : r.GetString(10), (CaseTraits)r.GetInt32(11),
        Enum.Parse<CaseEntryState>(r.GetString(12), ignoreCase: true), r.IsDBNull(13) ? null : r.GetGuid(13), r.IsDBNull(14) ? null : r.GetGuid(14));

    private static string Name(CaseEntryState state) => state switch
    {
        CaseEntryState.Waiting => "waiting",
        CaseEntryState.Announced => "announced",
        CaseEntryState.Delivered => "delivered",
        CaseEntryState.Settled => "settled",
        _ => throw new InvalidOperationException($"The state {state} has no name in the table."),
    };
}
