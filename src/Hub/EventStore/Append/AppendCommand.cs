using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore.Append;

/// <summary>One call of the stored function `append`: the requests of many callers, one round trip.</summary>
internal static class AppendCommand
{
    private const string Sql =
        "select ord, verdict, position, version, recorded_at from append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    /// <summary>
    /// Appends in a transaction of its own, which is committed when this returns.
    /// Without <paramref name="wait"/>, requests of tenants whose log somebody else is writing come back as busy.
    /// </summary>
    public static async Task<Verdict[]> ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<PreparedRequest> requests, bool wait)
    {
        var tenants = Tenants(requests);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Database.DeclareSql) { Parameters = { Database.DeclareParameter(tenants) } },
                new(Sql),
            },
        };
        AddParameters(batch.BatchCommands[1].Parameters, tenants, requests, wait);

        // No cancellation from here: a commit that was cancelled may or may not have happened.
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        return await ReadAsync(reader, requests);
    }

    /// <summary>Appends within the caller's transaction, which must have declared the tenants. Waits for the heads.</summary>
    public static async Task<Verdict[]> ExecuteAsync(NpgsqlTransaction transaction, IReadOnlyList<PreparedRequest> requests, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, transaction.Connection, transaction);
        AddParameters(command.Parameters, Tenants(requests), requests, wait: true);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(reader, requests);
    }

    private static int[] Tenants(IReadOnlyList<PreparedRequest> requests)
    {
        var tenants = new SortedSet<int>();
        foreach (var request in requests)
            tenants.Add(request.Request.Tenant);

        return [.. tenants];
    }

    private static void AddParameters(NpgsqlParameterCollection to, int[] tenants, IReadOnlyList<PreparedRequest> requests, bool wait)
    {
        var count = 0;
        foreach (var request in requests)
            count += request.Request.Events.Count;

        var (tenant, expected, opens, id) = (new int[count], new long?[count], new bool[count], new Guid[count]);
        var (stream, source, type, metadata) = (new string[count], new string?[count], new string[count], new string[count]);
        var (keyHash, bodyHash, contentHash) = (new byte[]?[count], new byte[]?[count], new byte[count][]);
        var body = new ReadOnlyMemory<byte>[count];

        var i = 0;
        foreach (var prepared in requests)
        {
            var request = prepared.Request;
            for (var e = 0; e < request.Events.Count; e++, i++)
            {
                var newEvent = request.Events[e];
                tenant[i] = request.Tenant;
                stream[i] = prepared.Stream;
                expected[i] = request.ExpectedVersion;
                source[i] = request.Dedup?.Source;
                keyHash[i] = prepared.KeyHash;
                bodyHash[i] = prepared.BodyHash;
                opens[i] = e == 0;
                id[i] = newEvent.Id;
                type[i] = newEvent.Type;
                metadata[i] = newEvent.Metadata;
                contentHash[i] = prepared.ContentHashes[e];
                body[i] = newEvent.Body;
            }
        }

        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = tenants });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = wait });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = tenant });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = stream });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = expected });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = source });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = keyHash });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = bodyHash });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean, Value = opens });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = id });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = type });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = metadata });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = contentHash });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = body });
    }

    private static async Task<Verdict[]> ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PreparedRequest> requests)
    {
        // Which request an event's ordinal (from 1) belongs to.
        var owner = new List<int>();
        for (var r = 0; r < requests.Count; r++)
            owner.AddRange(Enumerable.Repeat(r, requests[r].Request.Events.Count));

        var verdicts = new Verdict[requests.Count];
        while (await reader.ReadAsync(CancellationToken.None))
        {
            ref var verdict = ref verdicts[owner[(int)reader.GetInt64(0) - 1]];
            switch (reader.GetString(1)[0])
            {
                case 'a':
                    verdict = verdict.WithAppended(reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4));
                    break;
                case 'd':
                    verdict = new Verdict(VerdictKind.Duplicate) { FirstPosition = reader.GetInt64(2) };
                    break;
                case 'x':
                    verdict = new Verdict(VerdictKind.ConflictingDuplicate) { FirstPosition = reader.GetInt64(2) };
                    break;
                case 'v':
                    verdict = new Verdict(VerdictKind.VersionConflict) { LastVersion = reader.GetInt64(3) };
                    break;
            }
        }

        // Rows arrive before the commit; only the end of the last result says that it succeeded.
        while (await reader.NextResultAsync(CancellationToken.None))
        {
        }

        return verdicts;
    }
}

internal enum VerdictKind
{
    /// <summary>The function did not judge the request: its tenant's head is locked by somebody else.</summary>
    Busy,
    Appended,
    Duplicate,
    ConflictingDuplicate,
    VersionConflict,
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Verdict(VerdictKind Kind)
{
    public long FirstPosition { get; init; }

    public long LastPosition { get; init; }

    public long LastVersion { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public Verdict WithAppended(long position, long version, DateTimeOffset recordedAt) => new(VerdictKind.Appended)
    {
        FirstPosition = Kind == VerdictKind.Appended ? Math.Min(FirstPosition, position) : position,
        LastPosition = Math.Max(LastPosition, position),
        LastVersion = Math.Max(LastVersion, version),
        RecordedAt = recordedAt,
    };
}
