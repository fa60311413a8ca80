using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore.Append;

/// <summary>
/// The requests of many callers in one round trip, or two. Usually all of them are new, and `direct_append` stores them unjudged; when it declines, or a request says what it
/// expects of a stream that is not known, `append` judges each.
/// </summary>
internal static class AppendCommand
{
    private const string DirectSql =
        "select base, version, recorded_at from direct_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

    private const string JudgeSql =
        "select careful, ord, verdict, position, version, recorded_at from append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

    /// <summary>
    /// Appends in a transaction of its own, which is committed when this returns.
    /// Without <paramref name="wait"/>, requests of tenants whose log somebody else is writing come back as busy.
    /// </summary>
    /// <remarks>Not cancellable: a commit that was cancelled may or may not have happened.</remarks>
    public static Task<Verdict[]> ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<PreparedRequest> requests, bool wait, KnownVersions known) =>
        ExecuteAsync(connection, null, requests, wait, known, CancellationToken.None);

    /// <summary>Appends within the caller's transaction, which must have declared the tenants. Waits for the heads.</summary>
    public static Task<Verdict[]> ExecuteAsync(NpgsqlTransaction transaction, IReadOnlyList<PreparedRequest> requests, CancellationToken ct) =>
        ExecuteAsync(transaction.Connection!, transaction, requests, wait: true, new KnownVersions(), ct);

    private static async Task<Verdict[]> ExecuteAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyList<PreparedRequest> requests, bool wait, KnownVersions known, CancellationToken ct)
    {
        var events = new AppendColumns(requests, known);
        var careful = known.MustBeCareful;
        Verdict[]? verdicts = null;
        if (!careful && events.AllExpected)
        {
            verdicts = await CallAsync(connection, transaction, Direct(events, wait), events, ReadDirect, ct);
            // What it declined would be refused again.
            careful = verdicts is null;
        }

        if (verdicts is null)
            (verdicts, careful) = await CallAsync(connection, transaction, Judge(events, wait, careful), events, ReadJudged, ct);

        known.Learn(requests, verdicts, careful);
        return verdicts;
    }

    private static async Task<T> CallAsync<T>(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, NpgsqlBatchCommand call, AppendColumns events, Func<NpgsqlDataReader, AppendColumns, T> read, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (transaction is null)
            batch.BatchCommands.Add(Database.Declare(events.Tenants));

        batch.BatchCommands.Add(call);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (transaction is null)
            await reader.NextResultAsync(ct);

        // One row, or none; what it says is read at once, for more never comes.
        await reader.ReadAsync(ct);
        var answer = read(reader, events);

        // The row arrives before the commit; only the end of the last result says that it succeeded.
        while (await reader.NextResultAsync(ct))
        {
        }

        return answer;
    }

    private static NpgsqlBatchCommand Direct(AppendColumns events, bool wait) => new(DirectSql)
    {
        Parameters =
        {
            Array(NpgsqlDbType.Integer, events.Tenants),
            new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = wait },
            Array(NpgsqlDbType.Integer, events.Counts),
            Array(NpgsqlDbType.Bytea, events.AllKnown ? events.Leaves() : DBNull.Value),
            Array(NpgsqlDbType.Integer, events.At),
            Array(NpgsqlDbType.Integer, events.Place),
            Array(NpgsqlDbType.Text, events.Stream),
            Array(NpgsqlDbType.Integer, events.Nth),
            Array(NpgsqlDbType.Bigint, events.Known),
            Array(NpgsqlDbType.Text, events.Source),
            Array(NpgsqlDbType.Bytea, events.KeyHash),
            Array(NpgsqlDbType.Bytea, events.BodyHash),
            Array(NpgsqlDbType.Uuid, events.Id),
            Array(NpgsqlDbType.Text, events.Type),
            Array(NpgsqlDbType.Text, events.Metadata),
            Array(NpgsqlDbType.Bytea, events.ContentHash),
            Array(NpgsqlDbType.Bytea, events.Body),
        },
    };

    /// <summary>Here the fields of a request stand on each of its events, so that all of them get one verdict.</summary>
    private static NpgsqlBatchCommand Judge(AppendColumns events, bool wait, bool careful)
    {
        var count = events.At.Length;
        var (expected, opens, keyHash, bodyHash) = (new long?[count], new bool[count], new byte[]?[count], new byte[]?[count]);
        var i = 0;
        foreach (var prepared in events.Requests)
        {
            opens[i] = true;
            for (var e = 0; e < prepared.Request.Events.Count; e++, i++)
                (expected[i], keyHash[i], bodyHash[i]) = (prepared.Request.ExpectedVersion, prepared.KeyHash, prepared.BodyHash);
        }

        return new(JudgeSql)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Integer, events.Tenants),
                new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = wait },
                new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = careful },
                Array(NpgsqlDbType.Integer, events.At),
                Array(NpgsqlDbType.Integer, events.Place),
                Array(NpgsqlDbType.Text, events.Stream),
                Array(NpgsqlDbType.Integer, events.Nth),
                Array(NpgsqlDbType.Bigint, events.Known),
                Array(NpgsqlDbType.Bigint, expected),
                Array(NpgsqlDbType.Text, events.Source),
                Array(NpgsqlDbType.Bytea, keyHash),
                Array(NpgsqlDbType.Bytea, bodyHash),
                Array(NpgsqlDbType.Boolean, opens),
                Array(NpgsqlDbType.Uuid, events.Id),
                Array(NpgsqlDbType.Text, events.Type),
                Array(NpgsqlDbType.Text, events.Metadata),
                Array(NpgsqlDbType.Bytea, events.ContentHash),
                Array(NpgsqlDbType.Bytea, events.Body),
            },
        };
    }

    private static NpgsqlParameter Array(NpgsqlDbType element, object value) => new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = value };

    /// <summary>Null when the function declined: nothing is stored, and the requests are to be judged.</summary>
    private static Verdict[]? ReadDirect(NpgsqlDataReader reader, AppendColumns events)
    {
        if (!reader.HasRows)
            return null;

        var bases = reader.GetFieldValue<long?[]>(0);
        var versions = reader.IsDBNull(1) ? null : reader.GetFieldValue<long[]>(1);
        var recordedAt = reader.GetFieldValue<DateTimeOffset>(2);
        var verdicts = new Verdict[events.Requests.Count];
        var i = 0;
        for (var r = 0; r < verdicts.Length; r++)
        {
            for (var e = events.Requests[r].Request.Events.Count; e > 0; e--, i++)
            {
                if (bases[events.At[i] - 1] is { } first)
                    verdicts[r] = verdicts[r].WithAppended(first + events.Place[i], versions?[i] ?? events.Known[i]!.Value + events.Nth[i], recordedAt);
            }
        }

        return verdicts;
    }

    private static (Verdict[] Verdicts, bool Careful) ReadJudged(NpgsqlDataReader reader, AppendColumns events)
    {
        var verdicts = new Verdict[events.Requests.Count];
        var careful = reader.GetBoolean(0);

        // Null when no tenant of the call could be locked.
        if (reader.IsDBNull(1))
            return (verdicts, careful);

        // Which request an event's ordinal (from 1) belongs to.
        var owner = new List<int>(events.At.Length);
        for (var r = 0; r < verdicts.Length; r++)
            owner.AddRange(Enumerable.Repeat(r, events.Requests[r].Request.Events.Count));

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

        return (verdicts, careful);
    }
}
