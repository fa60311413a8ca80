using Npgsql;
using Vkp.EventStore.Tests.Conformance;
using Vkp.TestSupport;

namespace Vkp.EventStore.Tests.Concurrency;

/// <summary>Which well-known mistake is planted.</summary>
internal enum Mistake
{
    /// <summary>Positions from a sequence: handed out before the commit, so they become visible out of order.</summary>
    Sequence,

    /// <summary>`on conflict do nothing` on the event row, and success as the answer whatever came of it.</summary>
    DoNothing,
}

/// <summary>A store as one finds them, with a mistake in it. It exists to be caught: a checker that passes it is worthless.</summary>
internal sealed class PlantedStore : IStoreDoor
{
    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _source;
    private readonly Mistake _mistake;

    private PlantedStore(TestDatabase database, NpgsqlDataSource source, Mistake mistake) => (_database, _source, _mistake) = (database, source, mistake);

    public static async Task<PlantedStore> CreateAsync(Mistake mistake, CancellationToken ct)
    {
        var database = await TestDatabase.CreateAsync(ct);
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var create = source.CreateCommand("""
            create sequence position;
            create table planted (tenant int, position bigint, stream text, version bigint, id uuid, recorded_at timestamptz default clock_timestamp(),
                                  primary key (tenant, position), unique (tenant, stream, version));
            """);
        await create.ExecuteNonQueryAsync(ct);
        return new(database, source, mistake);
    }

    public Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct) => AppendSlowlyAsync(request, 0, commit: true, ct);

    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken ct) => throw new NotSupportedException();

    public async Task<AppendResult> AppendSlowlyAsync(AppendRequest request, int roundTrips, bool commit, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            try
            {
                foreach (var e in request.Events)
                    await InsertAsync(transaction, request, e, ct);
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // Somebody took the version; the mistakes planted are others.
                continue;
            }

            await EventLogDoor.PauseAsync(connection, roundTrips, ct);
            if (commit)
                await transaction.CommitAsync(ct);

            return new AppendResult.Appended(0, 0, 0, DateTimeOffset.UnixEpoch);
        }
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, CancellationToken ct)
    {
        await using var read = _source.CreateCommand("select position, stream, version, id, recorded_at from planted where tenant = $1 and position > $2 order by position limit $3");
        read.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = tenant }, new() { Value = afterPosition }, new() { Value = maxCount } });
        await using var reader = await read.ExecuteReaderAsync(ct);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(ct))
            events.Add(new(tenant, reader.GetInt64(0), StreamName.Parse(reader.GetString(1)), reader.GetInt64(2), reader.GetGuid(3), "x", reader.GetFieldValue<DateTimeOffset>(4), null, "{}", default));

        return events;
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamBackwardsAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, LogFilter filter, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> ReadPositionsAsync(int tenant, IReadOnlyCollection<long> positions, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamUpToAsync(int tenant, StreamName stream, long fromVersion, long toVersion, DateTimeOffset until, int maxCount, CancellationToken ct) => throw new NotSupportedException();

    public Task<long> HeadAsync(int tenant, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<int>> TenantsAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task RemoveBodiesAsync(int tenant, long upTo, CancellationToken ct) => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task InsertAsync(NpgsqlTransaction transaction, AppendRequest request, NewEvent e, CancellationToken ct)
    {
        var sql = _mistake switch
        {
            Mistake.Sequence => "insert into planted select $1, nextval('position'), $2, coalesce(max(version), 0) + 1, $3 from planted where tenant = $1 and stream = $2",
            _ => """
                insert into planted select $1, (select coalesce(max(position), 0) + 1 from planted where tenant = $1), $2, coalesce(max(version), 0) + 1, $3
                from planted where tenant = $1 and stream = $2 on conflict do nothing
                """,
        };
        await using var insert = new NpgsqlCommand(sql, transaction.Connection, transaction);
        insert.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = request.Tenant }, new() { Value = request.Stream.ToString() }, new() { Value = e.Id } });
        await insert.ExecuteNonQueryAsync(ct);
    }
}
