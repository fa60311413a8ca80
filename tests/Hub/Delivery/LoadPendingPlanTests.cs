using Npgsql;
using Vkp.EventStore;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>What the hub asks for all the time must not read what was delivered long ago, whatever the planner knows of the tables.</summary>
public sealed class LoadPendingPlanTests
{
    private const int Tenant = 888134574;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("load-pending", "'{epj,epj}', '{0,1}', '{0,0}', 100")]
    [InlineData("waiting-destinations", null)]
    public async Task On_a_table_that_was_never_analysed_what_waits_is_found_without_reading_what_is_finished(string statement, string? rest)
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await using (var fill = (await Superuser(database)).CreateCommand($"""
            alter table {database.Schema}.delivery set (autovacuum_enabled = off);
            insert into {database.Schema}.delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at, finished_at)
            select {Tenant}, n, 'epj', gen_random_uuid(), gen_random_uuid(), 'patient-1', 1, array[]::bigint[], 'available', clock_timestamp(), null
            from generate_series(1, 20010) n;
            update {database.Schema}.delivery set state = 'journaled', finished_at = clock_timestamp() where position < 20000;
            """)) await fill.ExecuteNonQueryAsync(Ct);

        await using var connection = await database.App.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [Tenant], Ct);
        var sql = await File.ReadAllTextAsync(Repository.PathOf("src", "Hub", "Server", "Delivery", statement + ".sql"), Ct);
        var types = rest is null ? "int" : "int, text[], smallint[], bigint[], int";
        await using (var prepare = new NpgsqlCommand($"prepare asked ({types}) as {sql}", connection, transaction)) await prepare.ExecuteNonQueryAsync(Ct);
        await using var explain = new NpgsqlCommand($"explain (analyze, costs off, timing off) execute asked ({Tenant}{(rest is null ? "" : ", " + rest)})", connection, transaction);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(Ct))
            while (await reader.ReadAsync(Ct)) plan.Add(reader.GetString(0));

        var conditions = plan.Where(line => line.Contains("Index Cond:", StringComparison.Ordinal)).ToList();
        Assert.True(conditions.Count > 0 && conditions.All(line => line.Contains("((tenant)::bigint = ", StringComparison.Ordinal)), string.Join('\n', plan));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on delivery", StringComparison.Ordinal));
    }

    private static async Task<NpgsqlDataSource> Superuser(HubDatabase database) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder((await TestCluster.GetAsync(Ct)).SuperuserConnectionString) { SearchPath = database.Schema, Pooling = false }.ConnectionString);
}
