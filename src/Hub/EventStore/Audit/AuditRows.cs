using System.Data;
using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore.Retention;

namespace Vkp.EventStore.Audit;

/// <summary>An event as the audit sees it: everything the chain binds.</summary>
internal sealed record AuditEvent(
    long Position,
    long Version,
    DateTimeOffset RecordedAt,
    Guid Id,
    string Stream,
    string Type,
    string? Source,
    byte[]? KeyHash,
    byte[]? BodyHash,
    byte[] ContentHash,
    string Metadata,
    byte[] Body,
    bool BodyRemoved,
    Guid? Receipt);

internal sealed record AuditCommit(long FirstPosition, long LastPosition, DateTimeOffset RecordedAt, byte[] Hash);

/// <summary>The commit the verification starts after.</summary>
internal sealed record ChainStart(long LastPosition, byte[] Hash);

/// <summary>Some commits and every event up to the last of them; the last page has every event there is.</summary>
internal sealed record AuditPage(List<AuditCommit> Commits, List<AuditEvent> Events, bool IsLast)
{
    public static readonly AuditPage Empty = new([], [], true);

    public bool IsEmpty => Commits.Count == 0 && Events.Count == 0;

    public long LastPosition => Commits.Count > 0 ? Commits[^1].LastPosition : long.MaxValue;
}

/// <summary>Reads commits and events page by page in one repeatable-read snapshot, so that appends meanwhile do not look like breaks.</summary>
internal sealed class AuditRows : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;
    private readonly int _tenant;

    private AuditRows(NpgsqlTransaction transaction, int tenant) => (_transaction, _tenant) = (transaction, tenant);

    public long Head { get; private set; }

    public byte[] HeadHash { get; private set; } = new byte[32];

    public static async Task<AuditRows> BeginAsync(NpgsqlConnection connection, int tenant, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var rows = new AuditRows(transaction, tenant);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Database.Declare(tenant), new("select position, hash from log_head where tenant = $1") { Parameters = { Int(tenant) } } },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct))
            (rows.Head, rows.HeadHash) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));

        return rows;
    }

    /// <summary>The last commit that ends before a position; the beginning of all when there is none.</summary>
    public async Task<ChainStart> StartAsync(long fromPosition, CancellationToken ct)
    {
        const string sql = "select last_position, hash from log_commit where tenant = $1 and last_position < $2 order by last_position desc limit 1";
        await using var command = Command(sql, Int(_tenant), Long(fromPosition));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : new(0, new byte[32]);
    }

    public async Task<AuditPage> ReadAsync(long after, int pageEvents, CancellationToken ct)
    {
        var commits = await ReadCommitsAsync(after, pageEvents, ct);
        var isLast = commits.Count == 0 || commits[^1].LastPosition >= Head;
        var until = isLast ? long.MaxValue : commits[^1].LastPosition;
        return new AuditPage(commits, await ReadEventsAsync(after, until, ct), isLast);
    }

    /// <summary>What the tenant's own retention stream says, as of the snapshot.</summary>
    public async Task<RetentionBook> ReadBookAsync(CancellationToken ct)
    {
        const string sql = "select position, version, type, metadata from event where tenant = $1 and stream = $2 order by version";
        await using var command = Command(sql, Int(_tenant), new() { Value = RetentionBook.StreamOf(_tenant).ToString() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var book = new RetentionBook();
        while (await reader.ReadAsync(ct))
            book.Apply(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3));

        return book;
    }

    /// <summary>How many events stand in the log; slow, asked only when something is broken.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var command = Command("select count(*) from event where tenant = $1", Int(_tenant));
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync() => await _transaction.DisposeAsync();

    private async Task<List<AuditCommit>> ReadCommitsAsync(long after, int pageEvents, CancellationToken ct)
    {
        // At least one, however large; more as far as they end within the page.
        const string sql = """
            (select first_position, last_position, recorded_at, hash from log_commit
             where tenant = $1 and last_position > $2 order by last_position limit 1)
            union
            select first_position, last_position, recorded_at, hash from log_commit
            where tenant = $1 and last_position > $2 and last_position <= $2 + $3
            order by last_position
            """;
        await using var command = Command(sql, Int(_tenant), Long(after), Int(pageEvents));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var commits = new List<AuditCommit>();
        while (await reader.ReadAsync(ct))
            commits.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3)));

        return commits;
    }

    private async Task<List<AuditEvent>> ReadEventsAsync(long after, long until, CancellationToken ct)
    {
        const string sql = """
            select position, version, recorded_at, id, stream, type, source, key_hash, body_hash, content_hash, metadata, body, body_removed, receipt
            from event where tenant = $1 and position > $2 and position <= $3 order by position
            """;
        await using var command = Command(sql, Int(_tenant), Long(after), Long(until));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<AuditEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(new AuditEvent(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetGuid(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetString(6),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8),
                reader.GetFieldValue<byte[]>(9),
                reader.GetString(10),
                reader.GetFieldValue<byte[]>(11),
                reader.GetBoolean(12),
                reader.IsDBNull(13) ? null : reader.GetGuid(13)));
        }

        return events;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, _transaction.Connection, _transaction) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);

        return command;
    }

    private static NpgsqlParameter Int(int value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = value };

    private static NpgsqlParameter Long(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };
}
