using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Replay;

/// <summary>A replay's working place.</summary>
/// <param name="Position">The last place looked at: in the log, or in the patient's stream when only one patient is asked for.</param>
public sealed record ReplayRow(
    int Tenant, Guid Id, string Kind, string State, long Position, long UpTo, long Estimate, int Rate, string Tally, long WorkedMs, DateTimeOffset PlannedAt, DateTimeOffset? EndedAt)
{
    /// <summary>It sends, and is too large or goes too far for one person.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>Goes through everything and sends nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Who planned it; read from its stream where it is worked on.</summary>
    public string Author { get; init; } = "hub";

    /// <summary>From the pace so far, pauses left out; null until there is a pace to speak of, and when nothing is left to wait for.</summary>
    /// <param name="messages">Gone through so far.</param>
    public double? SecondsLeft(long messages) => this is { State: ReplayStates.Running or ReplayStates.Paused, WorkedMs: >= 1000 } && messages > 0
        ? Math.Round(WorkedMs / 1000.0 * Math.Max(Estimate - messages, 0) / messages, 1)
        : null;

    /// <summary>The stream on which everything about the replay stands.</summary>
    public StreamName Stream => StreamOf(Id);

    public static StreamName StreamOf(Guid id) => new("replay", id.ToString("N"));
}

/// <summary>The states of a replay. Permanent names.</summary>
public static class ReplayStates
{
    public const string Planned = "planned";
    public const string Approved = "approved";
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Aborted = "aborted";
    public const string Completed = "completed";
}

/// <summary>The permanent names of the events on a replay's stream.</summary>
public static class ReplayEvents
{
    public const string Planned = "ReplayPlanned";
    public const string Approved = "ReplayApproved";
    public const string Started = "ReplayStarted";
    public const string Paused = "ReplayPaused";
    public const string Resumed = "ReplayResumed";
    public const string Aborted = "ReplayAborted";
    public const string Completed = "ReplayCompleted";
}

/// <summary>The rows of replays. What changes a state writes its fact in the same transaction.</summary>
public sealed class ReplayStore(NpgsqlDataSource database, EventLog store)
{
    private const int ShownMax = 100;

    public async Task PlanAsync(ReplayRow row, NewEvent planned, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [row.Tenant], ct);
        await using var command = Sql.Command(transaction, "Replay.write-plan.sql");
        foreach (object value in (object[])[row.Tenant, row.Id, row.Kind, row.Position, row.UpTo, row.Estimate, row.Rate, row.Tally, row.PlannedAt, row.NeedsApproval, row.IsDryRun]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
        await AppendAndCommitAsync(transaction, row.Tenant, [Own(row.Tenant, row.Id, planned)], ct);
    }

    /// <param name="id">Null lists the latest hundred.</param>
    public Task<IReadOnlyList<ReplayRow>> ReadAsync(int tenant, Guid? id, CancellationToken ct) => Sql.ReadAsync(
        database, "Replay.read-replays.sql", tenant,
        command =>
        {
            command.Parameters.Add(new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            command.Parameters.Add(new() { Value = ShownMax });
        },
        reader => Row(tenant, reader), ct);

    public Task<IReadOnlyList<Guid>> RunningAsync(int tenant, CancellationToken ct) => Sql.ReadAsync(database, "Replay.read-running.sql", tenant, _ => { }, reader => reader.GetGuid(0), ct);

    /// <summary>Moves a replay from one of some states to another, with the fact that says so; false when it is in none of them. An abort puts back what nobody has taken.</summary>
    public async Task<bool> MoveAsync(int tenant, Guid id, IReadOnlyList<string> from, string to, DateTimeOffset now, NewEvent fact, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, "Replay.write-state.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = from.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(Time(to == ReplayStates.Aborted ? now : null));
        if (await command.ExecuteNonQueryAsync(ct) == 0) return false;
        var takenBack = to == ReplayStates.Aborted ? await ResendStore.TakeBackAsync(transaction, tenant, id, EventMetadata.Parse(fact.Metadata).Author!, now, ct) : [];
        await AppendAndCommitAsync(transaction, tenant, [Own(tenant, id, fact), .. takenBack], ct);
        return true;
    }

    /// <summary>The row of a running replay, locked until the transaction ends; null when it does not run, or another node has it.</summary>
    public static async Task<ReplayRow?> LockAsync(NpgsqlTransaction transaction, int tenant, Guid id, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Replay.lock-running.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Row(tenant, reader) : null;
    }

    /// <summary>A page's end, in the page's transaction; with the last page comes what the replay came to.</summary>
    /// <param name="facts">What the page did with messages.</param>
    public async Task WritePageAsync(NpgsqlTransaction transaction, ReplayRow row, long workedMs, IReadOnlyList<AppendRequest> facts, NewEvent? completed, DateTimeOffset now, CancellationToken ct)
    {
        // Nothing but a working place: if the database dies before it is on disk, the page is read again. So live posts do not wait for its flush.
        if (facts.Count == 0 && completed is null)
        {
            await using var later = Sql.Command(transaction, "Replay.flush-later.sql");
            await later.ExecuteNonQueryAsync(ct);
        }

        await using var command = Sql.Command(transaction, "Replay.write-page.sql");
        foreach (object value in (object[])[row.Tenant, row.Id, row.Position, row.Tally, workedMs, completed is null ? ReplayStates.Running : ReplayStates.Completed]) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(Time(completed is null ? null : now));
        await command.ExecuteNonQueryAsync(ct);
        await AppendAndCommitAsync(transaction, row.Tenant, completed is null ? facts : [.. facts, Own(row.Tenant, row.Id, completed)], ct);
    }

    private async Task AppendAndCommitAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<AppendRequest> facts, CancellationToken ct)
    {
        if (facts.Count > 0) await store.AppendAsync(transaction, facts, ct);
        await transaction.CommitAsync(ct);
        if (facts.Count > 0) store.Signal(tenant);
    }

    private static AppendRequest Own(int tenant, Guid id, NewEvent fact) => new(tenant, ReplayRow.StreamOf(id), [fact]);

    private static NpgsqlParameter Time(DateTimeOffset? at) => new() { Value = (object?)at?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static ReplayRow Row(int tenant, NpgsqlDataReader r) => new(
        tenant, r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt32(6), r.GetString(7), r.GetInt64(8),
        r.GetFieldValue<DateTimeOffset>(9), r.IsDBNull(10) ? null : r.GetFieldValue<DateTimeOffset>(10))
    {
        NeedsApproval = r.GetBoolean(11),
        IsDryRun = r.GetBoolean(12),
    };
}
