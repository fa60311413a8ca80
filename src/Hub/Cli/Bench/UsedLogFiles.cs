using Npgsql;

namespace Vkp.Cli.Bench;

/// <summary>
/// The files of PostgreSQL's write-ahead log as a database in service has them. It uses the same ones over and over; on a new database each is made anew, full of
/// zeroes, inside the commit that needs it, which would be measured instead: an eighth of the time of 64 callers.
/// </summary>
internal static class UsedLogFiles
{
    /// <summary>Fills and leaves as many as the database may have (`max_wal_size`), and has them kept for use again. Seconds on a new database.</summary>
    /// <param name="superuser">Changing to the next file, and a checkpoint, are a superuser's.</param>
    public static async Task MakeAsync(string superuser, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(ct);
        await using var size = new NpgsqlCommand("select pg_size_bytes(current_setting('max_wal_size')) / pg_size_bytes(current_setting('wal_segment_size'))", connection);
        var files = (long)(await size.ExecuteScalarAsync(ct))!;
        for (var i = 0; i < files; i++)
        {
            // A file is left only when something stands in it.
            await using var leave = new NpgsqlCommand("select pg_logical_emit_message(false, 'vkp bench', 'used'), pg_switch_wal()", connection);
            await leave.ExecuteNonQueryAsync(ct);
        }

        await using var keep = new NpgsqlCommand("checkpoint", connection);
        await keep.ExecuteNonQueryAsync(ct);
    }
}
