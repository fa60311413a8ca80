using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>A kept plan follows the tables as they grow, without anybody's maintenance.</summary>
public sealed class StatisticsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_made_when_the_log_was_small_is_made_anew_as_it_grows()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.ExecuteAsync("alter table event set (autovacuum_enabled = off)");
        await AppendAsync(store, commits: 1);
        await store.ExecuteAsync("analyze event");
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await ExecuteAsync(connection, "prepare a_stream (int, text, bigint, int) as select position, body from event where tenant = $1 and stream = $2 and version >= $3 order by version limit $4");

        Assert.Contains(await PlanAsync(connection), line => line.Contains("Rows Removed", StringComparison.Ordinal));

        await AppendAsync(store, commits: 40);

        var plan = await PlanAsync(connection);
        Assert.Contains(plan, line => line.Contains("Index Cond:", StringComparison.Ordinal) && line.Contains("stream = ", StringComparison.Ordinal) && line.Contains("version >= ", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Rows Removed", StringComparison.Ordinal));
    }

    /// <summary>A process that appends and ends.</summary>
    private static async Task AppendAsync(StoreFixture store, int commits)
    {
        await using var log = new EventLog(store.App);
        for (var commit = 0; commit < commits; commit++)
            await log.AppendAsync([.. Enumerable.Range(1, 50).Select(n => Request(Oslo, Patient($"{(commit * 50) + n}")))], Ct);
    }

    private static Task<List<string>> PlanAsync(NpgsqlConnection connection) =>
        ExecuteAsync(connection, $"explain (analyze, costs off, timing off) execute a_stream ({Oslo}, 'patient-1', 1, 100)");

    private static async Task<List<string>> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        // One each: a transaction that holds a table's lock does not look whether its plans are still good.
        await using var transaction = await Database.BeginAsync(connection, [Oslo], Ct);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Ct))
            while (await reader.ReadAsync(Ct)) lines.Add(reader.GetString(0));

        await transaction.CommitAsync(Ct);
        return lines;
    }
}
