using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore.Append;

/// <summary>One call of the stored function `append`: the requests of many callers, one round trip.</summary>
internal static class AppendCommand
{
    private const string Sql =
        "select careful, ord, verdict, position, version, recorded_at from append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

    /// <summary>
    /// Appends in a transaction of its own, which is committed when this returns.
    /// Without <paramref name="wait"/>, requests of tenants whose log somebody else is writing come back as busy.
    /// </summary>
    public static async Task<Verdict[]> ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<PreparedRequest> requests, bool wait, KnownVersions known)
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
        AddParameters(batch.BatchCommands[1].Parameters, tenants, requests, wait, known);

        // No cancellation from here: a commit that was cancelled may or may not have happened.
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        var (verdicts, careful) = await ReadAsync(reader, requests);
        known.Learn(requests, verdicts, careful);
        return verdicts;
    }

    /// <summary>Appends within the caller's transaction, which must have declared the tenants. Waits for the heads.</summary>
    public static async Task<Verdict[]> ExecuteAsync(NpgsqlTransaction transaction, IReadOnlyList<PreparedRequest> requests, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, transaction.Connection, transaction);
        AddParameters(command.Parameters, Tenants(requests), requests, wait: true, new KnownVersions());
        await using var reader = await command.ExecuteReaderAsync(ct);
        return (await ReadAsync(reader, requests)).Verdicts;
    }

    private static int[] Tenants(IReadOnlyList<PreparedRequest> requests)
    {
        var tenants = new SortedSet<int>();
        foreach (var request in requests)
            tenants.Add(request.Request.Tenant);

        return [.. tenants];
    }

    private static void AddParameters(NpgsqlParameterCollection to, int[] tenants, IReadOnlyList<PreparedRequest> requests, bool wait, KnownVersions versions)
    {
        var count = 0;
        foreach (var request in requests)
            count += request.Request.Events.Count;

        var (at, place, nth) = (new int[count], new int[count], new int[count]);
        var (known, expected, opens, id) = (new long?[count], new long?[count], new bool[count], new Guid[count]);
        var (stream, source, type, metadata) = (new string[count], new string?[count], new string[count], new string[count]);
        var (keyHash, bodyHash, contentHash) = (new byte[]?[count], new byte[]?[count], new byte[count][]);
        var body = new ReadOnlyMemory<byte>[count];
        var places = new int[tenants.Length];
        var nths = new Dictionary<(int Tenant, string Stream), int>(requests.Count);

        var i = 0;
        foreach (var prepared in requests)
        {
            var request = prepared.Request;
            var tenant = Array.BinarySearch(tenants, request.Tenant);
            ref var inStream = ref CollectionsMarshal.GetValueRefOrAddDefault(nths, (request.Tenant, prepared.Stream), out _);
            var knownVersion = versions.Of(request.Tenant, prepared.Stream);
            for (var e = 0; e < request.Events.Count; e++, i++)
            {
                var newEvent = request.Events[e];
                at[i] = tenant + 1;
                place[i] = ++places[tenant];
                nth[i] = ++inStream;
                stream[i] = prepared.Stream;
                known[i] = knownVersion;
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
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = versions.MustBeCareful });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = at });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = place });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = stream });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = nth });
        to.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = known });
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

    private static async Task<(Verdict[] Verdicts, bool Careful)> ReadAsync(NpgsqlDataReader reader, IReadOnlyList<PreparedRequest> requests)
    {
        var verdicts = new Verdict[requests.Count];
        await reader.ReadAsync(CancellationToken.None);
        var careful = reader.GetBoolean(0);

        // Null when no tenant of the call could be locked.
        if (!await reader.IsDBNullAsync(1, CancellationToken.None))
            Read(reader, requests, verdicts);

        // The row arrives before the commit; only the end of the last result says that it succeeded.
        while (await reader.NextResultAsync(CancellationToken.None))
        {
        }

        return (verdicts, careful);
    }

    private static void Read(NpgsqlDataReader reader, IReadOnlyList<PreparedRequest> requests, Verdict[] verdicts)
    {
        // Which request an event's ordinal (from 1) belongs to.
        var owner = new List<int>();
        for (var r = 0; r < requests.Count; r++)
            owner.AddRange(Enumerable.Repeat(r, requests[r].Request.Events.Count));

        var ordinals = reader.GetFieldValue<long[]>(1);
        var letters = reader.GetString(2);
        var positions = reader.GetFieldValue<long[]>(3);
        var versions = reader.GetFieldValue<long[]>(4);
        var recordedAt = reader.GetFieldValue<DateTimeOffset>(5);
        for (var i = 0; i < ordinals.Length; i++)
        {
            ref var verdict = ref verdicts[owner[(int)ordinals[i] - 1]];
            verdict = letters[i] switch
            {
                'a' => verdict.WithAppended(positions[i], versions[i], recordedAt),
                'd' => new Verdict(VerdictKind.Duplicate) { FirstPosition = positions[i] },
                'x' => new Verdict(VerdictKind.ConflictingDuplicate) { FirstPosition = positions[i] },
                'v' => new Verdict(VerdictKind.VersionConflict) { LastVersion = versions[i] },
                var unknown => throw new InvalidOperationException($"The append function gave the verdict '{unknown}'."),
            };
        }
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
