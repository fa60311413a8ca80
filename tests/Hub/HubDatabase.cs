using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests;

/// <summary>A schema of its own with all of the hub's tables: as their owner sees them, and as the hub does.</summary>
public sealed class HubDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private HubDatabase(TestDatabase database)
    {
        _database = database;
        Owner = NpgsqlDataSource.Create(database.ConnectionString);
        App = NpgsqlDataSource.Create(Database.AppConnectionString(database.ConnectionString, database.Schema));
    }

    public string Schema => _database.Schema;

    public NpgsqlDataSource Owner { get; }

    /// <summary>The role the hub runs as: it owns nothing and sees the municipalities it declares.</summary>
    public NpgsqlDataSource App { get; }

    public static async Task<HubDatabase> CreateAsync(CancellationToken ct = default)
    {
        var created = new HubDatabase(await TestDatabase.CreateAsync(ct));
        await Migrations.ApplyAsync(created.Owner, created.Schema, ct);
        await Migrations.ApplyAsync(created.Owner, created.Schema, typeof(Vault).Assembly, "hub", ct);
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        await _database.DisposeAsync();
    }
}
