using Npgsql;
using Vkp.TestSupport;

namespace Vkp.EmbeddedPostgres.Tests;

public class TestDatabaseTests
{
    [Fact]
    public async Task Two_test_databases_do_not_see_each_others_tables()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var one = await TestDatabase.CreateAsync(ct);
        await using var other = await TestDatabase.CreateAsync(ct);

        await ScalarAsync(one, "create table note (id int); select 1", ct);

        Assert.Equal(1L, await ScalarAsync(one, "select count(*) from pg_tables where schemaname = current_schema()", ct));
        Assert.Equal(0L, await ScalarAsync(other, "select count(*) from pg_tables where schemaname = current_schema()", ct));
    }

    [Fact]
    public async Task Disposing_drops_the_schema()
    {
        var ct = TestContext.Current.CancellationToken;
        var gone = await TestDatabase.CreateAsync(ct);
        await gone.DisposeAsync();

        await using var other = await TestDatabase.CreateAsync(ct);
        Assert.Equal(0L, await ScalarAsync(other, $"select count(*) from pg_namespace where nspname = '{gone.Schema}'", ct));
    }

    [Fact]
    public async Task The_owner_is_no_superuser_so_that_row_level_security_binds_it_too()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(ct);
        Assert.Equal(false, await ScalarAsync(database, "select rolsuper from pg_roles where rolname = current_user", ct));
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
