using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>What a municipality can see and do, by the catalogue: a table that is added later is in these tests by itself.</summary>
public sealed class IsolationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_with_a_tenant_forces_row_level_security_and_its_key_begins_with_the_tenant()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);

        Assert.Equal(
            string.Empty,
            await store.ScalarAsync<string>($"""
                select coalesce(string_agg(c.relname, ',' order by c.relname), '') from pg_class c
                where c.relnamespace = '{store.Schema}'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'
                  and not (c.relrowsecurity and c.relforcerowsecurity
                           and exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                                       where i.indrelid = c.oid and i.indisprimary and a.attname = 'tenant'))
                """));
    }

    [Fact]
    public async Task No_verb_on_any_table_reaches_a_tenant_that_is_not_declared()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Bergen, Patient(), "theirs", dedup: Key("k")), Ct);
        await Subscribed(store).RunOnceAsync(Ct);
        var tables = await TablesAsync(store);
        Assert.Equal(["event", "log_commit", "log_head", "subscription_checkpoint", "subscription_lease"], tables);

        foreach (var table in tables)
        {
            Assert.True(await store.ScalarAsync<bool>($"select exists (select from {table} where tenant = {Bergen})"), $"{table} holds nothing of the other tenant; the test would prove nothing");
            foreach (var declared in (int[][])[[Oslo], []])
            {
                foreach (var (verb, sql) in Verbs(table))
                {
                    var reached = await TryAsync(store, declared, sql);
                    Assert.True(reached is 0 or null, $"{verb} on {table} with {declared.Length} tenants declared reached {reached} rows of another tenant");
                }
            }
        }
    }

    [Fact]
    public async Task The_app_role_cannot_change_the_log_of_its_own_tenant_either()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient()), Ct);

        foreach (var table in (string[])["event", "log_commit", "log_head"])
        {
            foreach (var (verb, sql) in Verbs(table, Oslo).Where(v => v.Verb != "select"))
                Assert.True(await TryAsync(store, [Oslo], sql) is null, $"{verb} on {table} was allowed to the app role");
        }

        // From the catalogue: no role of ours deletes an event, and the one that may change some columns is not the hub's.
        Assert.Equal(
            "vkp_retention:body,vkp_retention:body_removed,vkp_retention:receipt",
            await store.ScalarAsync<string>($"""
                select string_agg(grantee || ':' || column_name, ',' order by grantee, column_name) from information_schema.column_privileges
                where table_schema = '{store.Schema}' and table_name in ('event', 'log_commit') and privilege_type = 'UPDATE' and grantee like 'vkp\_%'
                """));
        Assert.Equal(0L, await store.ScalarAsync<long>($"""
            select count(*) from information_schema.role_table_grants
            where table_schema = '{store.Schema}' and table_name in ('event', 'log_commit', 'log_head') and privilege_type in ('DELETE', 'TRUNCATE') and grantee like 'vkp\_%'
            """));
        Assert.Equal("VK002", (await Assert.ThrowsAsync<PostgresException>(() => TryAsync(store, [Oslo], $"select events from retire_bodies({Oslo}, gen_random_uuid(), 0, 1)"))).SqlState);
        Assert.Equal("VK002", (await Assert.ThrowsAsync<PostgresException>(() => TryAsync(store, [Oslo], $"select events from retire_bodies({Bergen}, gen_random_uuid(), 0, 1)"))).SqlState);
    }

    [Fact]
    public async Task Nobody_but_the_owner_owns_and_the_app_role_stays_the_app_role_in_a_used_connection()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await store.App.OpenConnectionAsync(Ct);
            await using var who = new NpgsqlCommand("select current_user = 'vkp_app' and coalesce(current_setting('vkp.tenants', true), '') = ''", connection);
            Assert.Equal(true, await who.ExecuteScalarAsync(Ct));
            await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
            await transaction.CommitAsync(Ct);
        }

        Assert.Equal(0L, await store.ScalarAsync<long>($"""
            select count(*) from pg_class c join pg_roles r on r.oid = c.relowner
            where c.relnamespace = '{store.Schema}'::regnamespace and r.rolname like 'vkp\_%'
            """));
        Assert.Equal(0L, await store.ScalarAsync<long>("select count(*) from pg_roles where rolname in ('vkp_app', 'vkp_store', 'vkp_retention') and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole)"));
    }

    [Fact]
    public async Task A_declaration_in_a_batch_holds_for_that_batch_only()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient()), Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { EventStore.Database.Declare(Oslo), new("select count(*) from event") } })
        await using (var reader = await batch.ExecuteReaderAsync(Ct))
        {
            await reader.NextResultAsync(Ct);
            await reader.ReadAsync(Ct);
            Assert.Equal(1, reader.GetInt64(0));
        }

        await using var undeclared = new NpgsqlCommand("select count(*) from event", connection);
        Assert.Equal(0L, await undeclared.ExecuteScalarAsync(Ct));
    }

    private static (string Verb, string Sql)[] Verbs(string table, int tenant = Bergen) =>
    [
        ("select", $"select count(*) from {table} where tenant = {tenant}"),
        ("update", $"update {table} set tenant = tenant where tenant = {tenant}"),
        ("delete", $"delete from {table} where tenant = {tenant}"),
        // A copy of what is there, so that only the policy or the privilege can refuse it (or it copies nothing).
        ("insert", $"insert into {table} select * from {table} where tenant = {tenant}"),
        ("truncate", $"truncate {table}"),
    ];

    /// <summary>Rows reached by the app role; null when the database refused.</summary>
    private static async Task<long?> TryAsync(StoreFixture store, int[] declared, string sql)
    {
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, declared, Ct);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        try
        {
            return sql.StartsWith("select", StringComparison.Ordinal) ? (long)(await command.ExecuteScalarAsync(Ct))! : await command.ExecuteNonQueryAsync(Ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    private static async Task<List<string>> TablesAsync(StoreFixture store)
    {
        var names = await store.ScalarAsync<string>($"""
            select string_agg(relname, ',' order by relname) from pg_class
            where relnamespace = '{store.Schema}'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migration'
            """);
        return [.. names.Split(',')];
    }

    private static Subscriptions.Subscription Subscribed(StoreFixture store) => new(store.Log, "test", 10, (_, _) => Task.CompletedTask, TimeProvider.System);
}
