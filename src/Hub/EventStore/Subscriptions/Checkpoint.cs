using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>The row that says how far a subscription has come in one tenant's log.</summary>
internal static class Checkpoint
{
    /// <summary>The position, with the row locked until the transaction ends; null when somebody else has it or it is stopped.</summary>
    public static async Task<long?> LockAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct)
    {
        const string lockSql = "select position from subscription_checkpoint where tenant = $1 and name = $2 and stopped_at is null for update skip locked";
        if (await ScalarAsync(transaction, lockSql, tenant, name, ct) is long position)
            return position;

        // First time, or locked, or stopped: only the first lets the insert through.
        const string insertSql = """
            insert into subscription_checkpoint (tenant, name, position, updated_at) values ($1, $2, 0, clock_timestamp())
            on conflict (tenant, name) do nothing returning position
            """;
        return await ScalarAsync(transaction, insertSql, tenant, name, ct) as long?;
    }

    public static async Task MoveAsync(NpgsqlTransaction transaction, int tenant, string name, long position, CancellationToken ct)
    {
        const string sql = "update subscription_checkpoint set position = $3, updated_at = clock_timestamp() where tenant = $1 and name = $2";
        await ExecuteAsync(transaction, sql, tenant, name, position, ct);
    }

    /// <summary>The position, waiting for whoever handles a page; 0 when there is none yet.</summary>
    public static async Task<long> LockWaitingAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct)
    {
        const string makeSql = """
            insert into subscription_checkpoint (tenant, name, position, updated_at) values ($1, $2, 0, clock_timestamp())
            on conflict (tenant, name) do nothing
            """;
        await ExecuteAsync(transaction, makeSql, tenant, name, null, ct);
        return await ScalarAsync(transaction, "select position from subscription_checkpoint where tenant = $1 and name = $2 for update", tenant, name, ct) as long? ?? 0;
    }

    public static Task DeleteAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct) =>
        ExecuteAsync(transaction, "delete from subscription_checkpoint where tenant = $1 and name = $2", tenant, name, null, ct);

    public static async Task StopAsync(NpgsqlTransaction transaction, int tenant, string name, string reason, CancellationToken ct)
    {
        const string sql = """
            insert into subscription_checkpoint (tenant, name, position, updated_at, stopped_at, stopped_reason)
            values ($1, $2, 0, clock_timestamp(), clock_timestamp(), $3)
            on conflict (tenant, name) do update set stopped_at = excluded.stopped_at, stopped_reason = excluded.stopped_reason
            """;
        await ExecuteAsync(transaction, sql, tenant, name, reason, ct);
    }

    public static async Task ResumeAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct)
    {
        const string sql = "update subscription_checkpoint set stopped_at = null, stopped_reason = null where tenant = $1 and name = $2";
        await ExecuteAsync(transaction, sql, tenant, name, null, ct);
    }

    private static async Task<object?> ScalarAsync(NpgsqlTransaction transaction, string sql, int tenant, string name, CancellationToken ct)
    {
        await using var command = Command(transaction, sql, tenant, name);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, int tenant, string name, object? third, CancellationToken ct)
    {
        await using var command = Command(transaction, sql, tenant, name);
        if (third is not null)
            command.Parameters.Add(new() { Value = third });

        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, int tenant, string name) =>
        new(sql, transaction.Connection, transaction) { Parameters = { new() { Value = tenant }, new() { Value = name } } };
}
