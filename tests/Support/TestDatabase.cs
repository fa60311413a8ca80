using Npgsql;

namespace Vkp.TestSupport;

/// <summary>
/// A schema of its own in a real PostgreSQL, for one test. Tests run in parallel; none sees another's tables.
/// Roles are shared by the whole cluster: a test that makes one must bear that it exists.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _owner;

    private TestDatabase(string owner, string schema)
    {
        (_owner, Schema) = (owner, schema);
        ConnectionString = new NpgsqlConnectionStringBuilder(owner) { SearchPath = schema, ApplicationName = schema }.ConnectionString;
    }

    /// <summary>Connects as the owner (no superuser) with <see cref="Schema"/> as its search path. Its pool is its own.</summary>
    public string ConnectionString { get; }

    public string Schema { get; }

    public static async Task<TestDatabase> CreateAsync(CancellationToken ct = default)
    {
        var cluster = await TestCluster.GetAsync(ct);
        var database = new TestDatabase(cluster.ConnectionString, $"{TestCluster.Prefix}{Guid.NewGuid():N}");
        await database.ExecuteAsOwnerAsync($"create schema {database.Schema}", ct);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsOwnerAsync($"drop schema if exists {Schema} cascade", CancellationToken.None);
    }

    private async Task ExecuteAsOwnerAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
