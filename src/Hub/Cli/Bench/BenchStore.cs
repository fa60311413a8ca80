using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Retention;
using Vkp.Hub.Privacy;

namespace Vkp.Cli.Bench;

/// <summary>A store in a schema of its own, dropped afterwards, with the raw table that it is measured against beside it.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _owner;

    private BenchStore(NpgsqlDataSource owner, NpgsqlDataSource app, string schema)
    {
        (_owner, App, Schema) = (owner, app, schema);
        Log = new EventLog(app);
        Vault = new Vault(app, MasterKey.Generate(), TimeProvider.System);
    }

    public string Schema { get; }

    /// <summary>What the events take on disk.</summary>
    public StoreSpace Space => new(_owner, Schema);

    public NpgsqlDataSource App { get; }

    public EventLog Log { get; private set; }

    public Vault Vault { get; }

    public static async Task<BenchStore> CreateAsync(string ownerConnectionString, CancellationToken ct)
    {
        var schema = $"vkp_bench_{Environment.ProcessId}";
        var owner = NpgsqlDataSource.Create(ownerConnectionString);
        await Migrations.ApplyAsync(owner, schema, ct);
        await Migrations.ApplyAsync(owner, schema, typeof(Vault).Assembly, "hub", ct);
        await using (var raw = owner.CreateCommand($"""
            create table {schema}.raw (
              tenant int not null, position bigint not null, stream text not null, version bigint not null, id uuid not null,
              type text not null, recorded_at timestamptz not null, metadata json not null, body bytea not null,
              primary key (tenant, position));
            grant select, insert on {schema}.raw to {Database.AppRole};
            """))
            await raw.ExecuteNonQueryAsync(ct);

        var app = new NpgsqlConnectionStringBuilder(Database.AppConnectionString(ownerConnectionString, schema)) { MaxPoolSize = 60 };
        return new BenchStore(owner, NpgsqlDataSource.Create(app.ConnectionString), schema);
    }

    /// <summary>Empties the log and the raw table, so that every round begins alike.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        await using var clear = _owner.CreateCommand($"truncate {Schema}.event, {Schema}.log_commit, {Schema}.log_head, {Schema}.subscription_checkpoint, {Schema}.raw");
        await clear.ExecuteNonQueryAsync(ct);

        // A log that knows what stood in the tables before they were emptied would go on counting from there.
        await Log.DisposeAsync();
        Log = new EventLog(App);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await App.DisposeAsync();
        await using (var drop = _owner.CreateCommand($"drop schema {Schema} cascade"))
            await drop.ExecuteNonQueryAsync();

        await _owner.DisposeAsync();
    }
}

/// <summary>The event that everything is measured with: about a kilobyte of JSON, different each time, about no one.</summary>
internal static class BenchEvent
{
    public const string Type = "MessageAccepted";
    public const string Metadata = """{"lane":"routine","kind":"dose.dispensed","vendor":"bench"}""";

    public static byte[] Body(long number)
    {
        var text = new StringBuilder(1100);
        text.Append("""{"resourceType":"Bundle","type":"message","timestamp":"2026-11-21T08:00:00+01:00","entry":[""");
        for (var i = 0; text.Length < 1000; i++)
        {
            // The hash-like part keeps it from compressing better than real messages do.
            var mixed = unchecked((ulong)((number * 31) + i) * 0x9E3779B97F4A7C15UL);
            text.Append(i == 0 ? string.Empty : ",")
                .Append("{\"fullUrl\":\"urn:uuid:").Append(mixed.ToString("x16")).Append(((mixed * 7) ^ (mixed >> 9)).ToString("x16"))
                .Append("\",\"resource\":{\"resourceType\":\"MedicationDispense\",\"status\":\"completed\",\"quantity\":{\"value\":").Append(mixed % 7)
                .Append("}}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
