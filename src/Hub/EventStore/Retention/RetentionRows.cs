using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Vkp.EventStore.Retention;

/// <summary>What retention asks of the tables, in one transaction that has declared the tenant.</summary>
internal sealed class RetentionRows : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly int _tenant;

    private RetentionRows(NpgsqlConnection connection, NpgsqlTransaction transaction, int tenant) =>
        (_connection, _transaction, _tenant) = (connection, transaction, tenant);

    public static async Task<RetentionRows> BeginAsync(NpgsqlDataSource app, int tenant, CancellationToken ct)
    {
        var connection = await app.OpenConnectionAsync(ct);
        try
        {
            return new(connection, await Database.BeginAsync(connection, [tenant], ct), tenant);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The last commit that is old enough, that every subscription has handled, and that ends at or before a position.</summary>
    public async Task<(long UpTo, byte[] Hash)?> CutAsync(long upTo, DateTimeOffset before, CancellationToken ct)
    {
        // The log is in the order of time: everything before the first commit that is too young is old enough.
        const string sql = """
            with young as (select last_position from log_commit where tenant = $1 and recorded_at >= $3 order by last_position limit 1),
                 slow as (select min(position) as position from subscription_checkpoint where tenant = $1)
            select c.last_position, c.hash from log_commit c
            where c.tenant = $1 and c.last_position <= $2 and c.recorded_at < $3
              and c.last_position < coalesce((select last_position from young), 9223372036854775807)
              and c.last_position <= coalesce((select position from slow), 9223372036854775807)
            order by c.last_position desc limit 1
            """;
        await using var command = Command(sql, Long(upTo), new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = before.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>How many bodies a plan would remove, and their bytes.</summary>
    public async Task<(long Events, long Bytes)> CountAsync(long upTo, IReadOnlyList<string> types, string[] kept, CancellationToken ct)
    {
        const string sql = """
            select count(*), coalesce(sum(octet_length(body)), 0)::bigint from event
            where tenant = $1 and position <= $2 and not body_removed and octet_length(body) > 0
              and type = any ($3) and not ('*' = any ($4)) and stream <> all ($4)
            """;
        await using var command = Command(sql, Long(upTo), Texts([.. types]), Texts(kept));
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Removes a stretch and commits; the position reached, or null when another session is at it.</summary>
    public async Task<long?> RetireAsync(Guid receipt, long after, CancellationToken ct)
    {
        await using var command = Command(
            "select reached from retire_bodies($1, $2, $3, $4)", new() { Value = receipt }, Long(after), new() { Value = StoreLimits.RetirePositions });
        var reached = await command.ExecuteScalarAsync(ct) as long?;
        await _transaction.CommitAsync(ct);
        return reached;
    }

    /// <summary>The events that a run has taken the bodies of, in position order.</summary>
    public async IAsyncEnumerable<(long Position, string Type, byte[] ContentHash)> RemovedAsync(Guid receipt, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        const string sql = "select position, type, content_hash from event where tenant = $1 and position <= $2 and receipt = $3 order by position";
        await using var command = Command(sql, Long(upTo), new() { Value = receipt });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return (reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        // No time limit: a log of many years is read from its beginning.
        var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0, Parameters = { new() { Value = _tenant } } };
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);

        return command;
    }

    private static NpgsqlParameter Long(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };

    private static NpgsqlParameter Texts(string[] values) => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = values };
}
