using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore.Reading;

/// <summary>The read side: keyset pages over the primary key and the stream index, always with the tenant declared.</summary>
internal static class LogReader
{
    private const string Facts = "tenant, position, stream, version, id, type, recorded_at, source, metadata";

    private const string Columns = $"{Facts}, body, body_removed, receipt";

    private const string WithoutBody = $"{Facts}, ''::bytea, body_removed, receipt";

    private const string LogSql = $"select {Columns} from event where tenant = $1 and position > $2 order by position limit $3";

    private const string StreamSql =
        $"select {Columns} from event where tenant = $1 and stream = $2 and version >= $3 order by version limit $4";

    private const string StreamBackwardsSql =
        $"select {Columns} from event where tenant = $1 and stream = $2 and version <= $3 order by version desc limit $4";

    private const string StreamUpToSql =
        $"select {Columns} from event where tenant = $1 and stream = $2 and version >= $3 and version <= $5 and recorded_at <= $6 order by version limit $4";

    // Always along the primary key: a filter that few events pass reads the log, it never sorts it.
    private const string FilteredSql = $"""
        select {Columns} from event
        where tenant = $1 and position > $2
          and ($4::text[] is null or type = any ($4)) and ($5::text is null or starts_with(stream, $5)) and ($6::text is null or source = $6)
          and recorded_at >= $7 and recorded_at < $8
        order by position limit $3
        """;

    // A probe of the primary key for each, whatever the planner knows of the table.
    private const string PositionsSql = $"""
        select {Columns} from unnest($2) with ordinality as wanted (place, ord)
        cross join lateral (select {Columns} from event where event.tenant = $1 and event.position = wanted.place offset 0) e
        order by ord
        """;

    // Where a subscription stands and what follows, as of one moment. There is one such row, so the events come in their own order.
    private const string PageSql = PageHead + Columns + PageTail;

    private const string PageOfFactsSql = PageHead + WithoutBody + PageTail;

    private const string PageHead = "select e.*, c.position from subscription_checkpoint c left join lateral (select ";

    private const string PageTail = """
         from event where event.tenant = $1 and event.position > c.position order by event.position limit $3) e on true
        where c.tenant = $1 and c.name = $2 and c.stopped_at is null
        """;

    private const string OneSql = $"select {Columns} from event where tenant = $1 and position = $2";

    public static Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(NpgsqlDataSource app, int tenant, long afterPosition, int maxCount, CancellationToken ct) =>
        ReadDeclaredAsync(app, tenant, Log(tenant, afterPosition, maxCount), maxCount, ct);

    public static Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(NpgsqlDataSource app, int tenant, long afterPosition, int maxCount, LogFilter filter, CancellationToken ct)
    {
        var read = new NpgsqlBatchCommand(FilteredSql)
        {
            Parameters =
            {
                Int(tenant),
                Long(afterPosition),
                Int(Checked(maxCount)),
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = (object?)filter.Types?.ToArray() ?? DBNull.Value },
                new() { NpgsqlDbType = NpgsqlDbType.Text, Value = filter.Category is null ? DBNull.Value : $"{filter.Category}-" },
                new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)filter.Source ?? DBNull.Value },
                Time(filter.From ?? DateTimeOffset.MinValue),
                Time(filter.Before ?? DateTimeOffset.MaxValue),
            },
        };
        return ReadDeclaredAsync(app, tenant, read, maxCount, ct);
    }

    public static Task<IReadOnlyList<RecordedEvent>> ReadStreamUpToAsync(
        NpgsqlDataSource app, int tenant, StreamName stream, long fromVersion, long toVersion, DateTimeOffset until, int maxCount, CancellationToken ct)
    {
        var read = Stream(StreamUpToSql, tenant, stream, fromVersion, maxCount);
        read.Parameters.Add(Long(toVersion));
        read.Parameters.Add(Time(until));
        return ReadDeclaredAsync(app, tenant, read, maxCount, ct);
    }

    public static Task<IReadOnlyList<RecordedEvent>> ReadPositionsAsync(NpgsqlDataSource app, int tenant, IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        var wanted = new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = positions.ToArray() };
        return ReadDeclaredAsync(app, tenant, new NpgsqlBatchCommand(PositionsSql) { Parameters = { Int(tenant), wanted } }, Checked(positions.Count), ct);
    }

    /// <summary>In the caller's transaction, which has declared the tenant.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(NpgsqlTransaction transaction, int tenant, long afterPosition, int maxCount, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { Log(tenant, afterPosition, maxCount) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadAllAsync(reader, maxCount, ct);
    }

    /// <summary>
    /// The next page of a subscription and the position it follows; null when it is stopped or was never begun. One round trip.
    /// </summary>
    /// <param name="transaction">New: the tenant is declared here.</param>
    /// <param name="bodies">Whether bodies are read too; else each is empty.</param>
    public static async Task<(long From, IReadOnlyList<RecordedEvent> Events)?> ReadPageAsync(
        NpgsqlTransaction transaction, int tenant, string name, int maxCount, bool bodies, CancellationToken ct)
    {
        var page = new NpgsqlBatchCommand(bodies ? PageSql : PageOfFactsSql) { Parameters = { Int(tenant), new() { Value = name }, Int(Checked(maxCount)) } };
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { Database.Declare(tenant), page } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        (long From, List<RecordedEvent> Events)? found = null;
        while (await reader.ReadAsync(ct))
        {
            found ??= (reader.GetInt64(12), []);
            if (!await reader.IsDBNullAsync(0, ct))
                found.Value.Events.Add(await EventAsync(reader, ct));
        }

        return found;
    }

    public static Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(NpgsqlDataSource app, int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        ReadDeclaredAsync(app, tenant, Stream(StreamSql, tenant, stream, fromVersion, maxCount), maxCount, ct);

    public static Task<IReadOnlyList<RecordedEvent>> ReadStreamBackwardsAsync(NpgsqlDataSource app, int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        ReadDeclaredAsync(app, tenant, Stream(StreamBackwardsSql, tenant, stream, fromVersion, maxCount), maxCount, ct);

    public static async Task<RecordedEvent?> ReadOneAsync(NpgsqlDataSource app, NpgsqlTransaction? transaction, int tenant, long position, CancellationToken ct)
    {
        var one = new NpgsqlBatchCommand(OneSql) { Parameters = { Int(tenant), Long(position) } };
        if (transaction is null)
            return await ReadDeclaredAsync(app, tenant, one, 1, ct) is [var only] ? only : null;

        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { one } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadAllAsync(reader, 1, ct) is [var found] ? found : null;
    }

    public static async Task<long> HeadAsync(NpgsqlDataSource app, int tenant, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Declared(connection, tenant, new NpgsqlBatchCommand("select position from log_head where tenant = $1") { Parameters = { Int(tenant) } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0;
    }

    public static async Task<IReadOnlyList<int>> TenantsAsync(NpgsqlDataSource app, CancellationToken ct)
    {
        await using var command = app.CreateCommand("select tenant from tenant_heads() where position > 0");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<int>();
        while (await reader.ReadAsync(ct))
            tenants.Add(reader.GetInt32(0));

        return tenants;
    }

    private static async Task<IReadOnlyList<RecordedEvent>> ReadDeclaredAsync(NpgsqlDataSource app, int tenant, NpgsqlBatchCommand read, int maxCount, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Declared(connection, tenant, read);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await ReadAllAsync(reader, maxCount, ct);
    }

    private static NpgsqlBatch Declared(NpgsqlConnection connection, int tenant, NpgsqlBatchCommand read) => new(connection)
    {
        BatchCommands = { new(Database.DeclareSql) { Parameters = { Database.DeclareParameter([tenant]) } }, read },
    };

    private static async Task<IReadOnlyList<RecordedEvent>> ReadAllAsync(NpgsqlDataReader reader, int maxCount, CancellationToken ct)
    {
        var events = new List<RecordedEvent>(Math.Min(maxCount, 256));
        while (await reader.ReadAsync(ct))
            events.Add(await EventAsync(reader, ct));

        return events;
    }

    private static async ValueTask<RecordedEvent> EventAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var removed = reader.GetBoolean(10);
        Guid? receipt = removed && !await reader.IsDBNullAsync(11, ct) ? reader.GetGuid(11) : null;
        return new RecordedEvent(
            reader.GetInt32(0),
            reader.GetInt64(1),
            StreamName.Parse(reader.GetString(2)),
            reader.GetInt64(3),
            reader.GetGuid(4),
            reader.GetString(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            await reader.IsDBNullAsync(7, ct) ? null : reader.GetString(7),
            reader.GetString(8),
            removed ? ReadOnlyMemory<byte>.Empty : reader.GetFieldValue<byte[]>(9)) { BodyRemoved = removed, Receipt = receipt };
    }

    private static NpgsqlBatchCommand Log(int tenant, long afterPosition, int maxCount) =>
        new(LogSql) { Parameters = { Int(tenant), Long(afterPosition), Int(Checked(maxCount)) } };

    private static NpgsqlBatchCommand Stream(string sql, int tenant, StreamName stream, long version, int maxCount) =>
        new(sql) { Parameters = { Int(tenant), new() { NpgsqlDbType = NpgsqlDbType.Text, Value = stream.ToString() }, Long(version), Int(Checked(maxCount)) } };

    private static int Checked(int maxCount) => maxCount is > 0 and <= StoreLimits.ReadEventsMax
        ? maxCount
        : throw new ArgumentOutOfRangeException(nameof(maxCount), maxCount, $"1 to {StoreLimits.ReadEventsMax} events can be read at once.");

    // The far ends of .NET's time are outside PostgreSQL's microseconds and are sent as infinity.
    private static NpgsqlParameter Time(DateTimeOffset value) => new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = value.ToUniversalTime() };

    private static NpgsqlParameter Int(int value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = value };

    private static NpgsqlParameter Long(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };
}
