using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>The row that says how far a subscription has come in one tenant's log.</summary>
internal static class Checkpoint
{
    private const string MakeSql = """
        insert into subscription_checkpoint (tenant, name, position, updated_at) values ($1, $2, 0, clock_timestamp())
        on conflict (tenant, name) do nothing
        """;

    /// <summary>
    /// Moves the checkpoint of a page that was handled under a lease. False, and nothing is moved, when somebody else has taken the lease or moved the checkpoint
    /// since: then the page's effects must not be committed.
    /// </summary>
    public static async Task<bool> MoveAsync(NpgsqlTransaction transaction, int tenant, string name, (long From, long To) page, (Guid Owner, long Epoch) lease, CancellationToken ct)
    {
        // The lease's row is locked until the commit: who takes it over sees either all of this page or none.
        const string sql = """
            update subscription_checkpoint set position = $3, updated_at = clock_timestamp()
            where tenant = $1 and name = $2 and position = $4 and stopped_at is null
              and exists (select from subscription_lease l where l.tenant = $1 and l.name = $2 and l.owner = $5 and l.epoch = $6 for share)
            """;
        await using var command = Command(transaction, sql, tenant, name);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = page.To }, new() { Value = page.From }, new() { Value = lease.Owner }, new() { Value = lease.Epoch } });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Puts the checkpoint somewhere, whoever handles the subscription: for a reset or a rebuild, with the row locked and the lease made void.</summary>
    public static Task SetAsync(NpgsqlTransaction transaction, int tenant, string name, long position, CancellationToken ct) =>
        ExecuteAsync(transaction, "update subscription_checkpoint set position = $3, updated_at = clock_timestamp() where tenant = $1 and name = $2", tenant, name, position, ct);

    /// <summary>Makes whatever page is being handled void: its owner must ask for the lease anew.</summary>
    public static Task VoidLeaseAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct) =>
        ExecuteAsync(transaction, "update subscription_lease set epoch = epoch + 1 where tenant = $1 and name = $2", tenant, name, null, ct);

    /// <summary>Whether the lease is still the one a page was begun under.</summary>
    public static async Task<bool> HoldsAsync(NpgsqlTransaction transaction, int tenant, string name, (Guid Owner, long Epoch) lease, CancellationToken ct)
    {
        await using var command = Command(transaction, "select 1 from subscription_lease where tenant = $1 and name = $2 and owner = $3 and epoch = $4 for share", tenant, name);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = lease.Owner }, new() { Value = lease.Epoch } });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>The position, waiting for whoever handles a page; 0 when there is none yet.</summary>
    public static async Task<long> LockWaitingAsync(NpgsqlTransaction transaction, int tenant, string name, CancellationToken ct)
    {
        await ExecuteAsync(transaction, MakeSql, tenant, name, null, ct);
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
