using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.TestSupport;

namespace Vkp.EventStore.Tests;

/// <summary>A store in a schema of its own.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public const int Oslo = 958935420;
    public const int Bergen = 964338531;

    private StoreFixture(TestDatabase database, NpgsqlDataSource owner, NpgsqlDataSource app)
    {
        (Database, Owner, App) = (database, owner, app);
        Log = new EventLog(app);
    }

    public TestDatabase Database { get; }

    /// <summary>Owns the tables, and is bound by row level security all the same.</summary>
    public NpgsqlDataSource Owner { get; }

    public NpgsqlDataSource App { get; }

    /// <summary>For a process of its own on the same store.</summary>
    public required string AppConnectionString { get; init; }

    public EventLog Log { get; }

    public string Schema => Database.Schema;

    public static async Task<StoreFixture> CreateAsync(CancellationToken ct)
    {
        var database = await TestDatabase.CreateAsync(ct);
        var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await Migrations.ApplyAsync(owner, database.Schema, ct);
        // Named by schema, so that a test can end its own connections and nobody else's.
        var app = new NpgsqlConnectionStringBuilder(EventStore.Database.AppConnectionString(database.ConnectionString, database.Schema)) { ApplicationName = database.Schema };
        return new(database, owner, NpgsqlDataSource.Create(app.ConnectionString)) { AppConnectionString = app.ConnectionString };
    }

    /// <summary>A request of one event whose body is its text.</summary>
    public static AppendRequest Request(int tenant, StreamName stream, string text = "x", long? expected = null, DedupKey? dedup = null) =>
        new(tenant, stream, [Event(text)], expected, dedup);

    public static NewEvent Event(string text = "x") => new(Guid.NewGuid(), "MessageAccepted", """{"lane": "alarm"}""", Encoding.UTF8.GetBytes(text));

    public static DedupKey Key(string key, string body = "body") =>
        new("evondos-style", SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    public static StreamName Patient(string id = "1") => new("patient", id);

    public static string Text(RecordedEvent e) => Encoding.UTF8.GetString(e.Body.Span);

    public async Task<T> ScalarAsync<T>(string sql, params int[] tenants)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await using var transaction = await EventStore.Database.BeginAsync(connection, tenants.Length > 0 ? tenants : [Oslo, Bergen], default);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await Owner.OpenConnectionAsync();
        await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo, Bergen], default);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        await Database.DisposeAsync();
    }
}
