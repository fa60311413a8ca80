using Npgsql;
using NpgsqlTypes;

namespace Vkp.Cli.Bench;

/// <summary>What Npgsql does without a store: the same rows into a table with a primary key, and nothing else.</summary>
internal sealed class RawBaseline(NpgsqlDataSource app)
{
    private long _position;

    public long Next(int count) => Interlocked.Add(ref _position, count) - count + 1;

    /// <summary>One row, one transaction.</summary>
    public async Task InsertOneAsync(int tenant, CancellationToken ct)
    {
        var position = Next(1);
        await using var insert = app.CreateCommand(
            "insert into raw (tenant, position, stream, version, id, type, recorded_at, metadata, body) values ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7::json, $8)");
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = tenant });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = position });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = $"patient-{position % 1000:x24}" });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = position });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = Guid.NewGuid() });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = BenchEvent.Type });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = BenchEvent.Metadata });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = BenchEvent.Body(position) });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Rows as arrays, one transaction.</summary>
    public async Task InsertManyAsync(int tenant, int count, CancellationToken ct)
    {
        var first = Next(count);
        var (position, id, stream, body) = (new long[count], new Guid[count], new string[count], new byte[count][]);
        for (var i = 0; i < count; i++)
            (position[i], id[i], stream[i], body[i]) = (first + i, Guid.NewGuid(), $"patient-{(first + i) % 1000:x24}", BenchEvent.Body(first + i));

        await using var insert = app.CreateCommand("""
            insert into raw (tenant, position, stream, version, id, type, recorded_at, metadata, body)
            select $1, p, s, p, i, $2, clock_timestamp(), $3::json, b from unnest($4, $5, $6, $7) as u (p, s, i, b)
            """);
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = tenant });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = BenchEvent.Type });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = BenchEvent.Metadata });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = position });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = stream });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = id });
        insert.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = body });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A plain read of one tenant's rows in pages, every column fetched. Returns the number of rows.</summary>
    public async Task<int> ReadAllAsync(int tenant, int page, CancellationToken ct)
    {
        var (after, rows) = (0L, 0);
        while (true)
        {
            await using var read = app.CreateCommand(
                "select tenant, position, stream, version, id, type, recorded_at, metadata, body from raw where tenant = $1 and position > $2 order by position limit $3");
            read.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = tenant });
            read.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = after });
            read.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = page });
            await using var reader = await read.ExecuteReaderAsync(ct);
            var before = rows;
            while (await reader.ReadAsync(ct))
            {
                _ = (reader.GetInt32(0), reader.GetString(2), reader.GetInt64(3), reader.GetGuid(4), reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6));
                _ = (reader.GetString(7), reader.GetFieldValue<byte[]>(8));
                after = reader.GetInt64(1);
                rows++;
            }

            if (rows == before)
                return rows;
        }
    }
}
