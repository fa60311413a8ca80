using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Projections;

/// <summary>The counts of messages by state are those of the rows, whoever wrote them and since when.</summary>
public class MessageCountTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_has_messages_of_several_municipalities_gets_their_counts_with_the_migration()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await MigrateAsync(owner, database);
        await DoAsync(owner, """
            drop table message_count;
            drop function count_messages() cascade;
            delete from schema_migration where set_name = 'hub' and number = 112;
            """);
        await WriteAsync(database, 1, 3, "journaled", null);
        await WriteAsync(database, 1, 2, "settled", "case");
        await WriteAsync(database, 2, 4, "journaled", null);

        await MigrateAsync(owner, database);
        await WriteAsync(database, 2, 1, "held", "VKP-401");

        Assert.Equal(["1 journaled  3", "1 settled case 2"], await CountsAsync(database, 1));
        Assert.Equal(["2 held VKP-401 1", "2 journaled  4"], await CountsAsync(database, 2));
    }

    [Fact]
    public async Task Whatever_one_statement_does_to_many_messages_the_counts_follow()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await MigrateAsync(owner, database);
        await WriteAsync(database, 1, 5, "registered", null);

        // Two are new and five are not: one statement that stores and changes.
        await WriteAsync(database, 1, 7, "forwarded", null);
        Assert.Equal(["1 forwarded  7"], await CountsAsync(database, 1));
        await AsHubAsync(database, 1, "update message set state = 'failed', reason = case when get_byte(uuid_send(message_id), 15) % 2 = 0 then 'VKP-505' else '1.3' end");
        Assert.Equal(["1 failed 1.3 4", "1 failed VKP-505 3"], await CountsAsync(database, 1));
        await AsHubAsync(database, 1, "update message set reason = 'VKP-505'");
        Assert.Equal(["1 failed VKP-505 7"], await CountsAsync(database, 1));
    }

    [Fact]
    public async Task A_status_asks_for_the_counts_and_not_for_the_messages()
    {
        await using var hub = await TestHub.StartAsync();
        using (await hub.PostAsync(TestHub.Event("dose.dispensed"))) await hub.UntilAsync(s => s.Journaled == 1);
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync(Ct)).SuperuserConnectionString);

        await DoAsync(superuser, $"update \"{hub.Database.Schema}\".message_count set messages = messages + 41 where state = 'journaled'");

        Assert.Equal(42, (await hub.StatusAsync()).Journaled);
    }

    private static async Task MigrateAsync(NpgsqlDataSource owner, TestDatabase database)
    {
        await Migrations.ApplyAsync(owner, database.Schema, Ct);
        await Migrations.ApplyAsync(owner, database.Schema, typeof(Vault).Assembly, "hub", Ct);
    }

    /// <summary>As the projection does: new rows are stored, known ones changed.</summary>
    private static Task WriteAsync(TestDatabase database, int tenant, int messages, string state, string? reason) => AsHubAsync(database, tenant, $"""
        insert into message (tenant, message_id, position, stream, source, adapter, kind, state, reason, occurred_at, registered_at, repairs)
        select {tenant}, lpad(to_hex({(reason is null ? 0 : 4096)} + n), 32, '0')::uuid, n, 'patient-1', 'source', 'adapter', 'kind', '{state}', {(reason is null ? "null" : $"'{reason}'")}, now(), now(), 0
        from generate_series(1, {messages}) n
        on conflict (tenant, message_id) do update set state = excluded.state, reason = excluded.reason
        """);

    private static async Task AsHubAsync(TestDatabase database, int tenant, string statement)
    {
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(database.ConnectionString, database.Schema));
        await using var connection = await app.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], Ct);
        await using var command = new NpgsqlCommand(statement, connection, transaction);
        await command.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
    }

    private static async Task<IReadOnlyList<string>> CountsAsync(TestDatabase database, int tenant)
    {
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(database.ConnectionString, database.Schema));
        await using var connection = await app.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], Ct);
        await using var command = new NpgsqlCommand("select concat_ws(' ', tenant, state, reason, messages) from message_count where messages <> 0 order by 1", connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var counts = new List<string>();
        while (await reader.ReadAsync(Ct)) counts.Add(reader.GetString(0));
        return counts;
    }

    private static async Task DoAsync(NpgsqlDataSource database, string statements)
    {
        await using var command = database.CreateCommand(statements);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
