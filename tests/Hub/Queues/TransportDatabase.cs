using System.Globalization;
using Npgsql;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A transport database of its own in the tests' PostgreSQL, with places for destinations made as the contract says: a schema, a role for the endpoint and one for the hub.</summary>
public sealed class TransportDatabase : IAsyncDisposable
{
    public const string PasswordVariable = "VKP_TEST_QUEUE_PASSWORD";
    public const string Password = "for-tests";

    private readonly List<string> roles = [];

    private TransportDatabase(string name, int port) => (Name, Port) = (name, port);

    public string Name { get; }

    public int Port { get; }

    public Uri Address => new($"postgresql://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{Name}");

    public static async Task<TransportDatabase> CreateAsync()
    {
        // Read where the hub reads it: from the process's own environment.
        Environment.SetEnvironmentVariable(PasswordVariable, Password);
        var database = new TransportDatabase($"{TestCluster.Prefix}{Guid.NewGuid():N}", (await TestCluster.GetAsync()).Port);
        await database.ExecuteAsync($"create database {database.Name}", inTransportDatabase: false);
        return database;
    }

    /// <summary>Makes a destination's place with the published statements, word for word.</summary>
    public async Task<TransportPlace> AddAsync()
    {
        var schema = $"p{Guid.NewGuid():N}";
        var place = new TransportPlace(this, schema, schema + "_endpoint", schema + "_hub");
        foreach (var role in (string[])[place.EndpointRole, place.HubRole])
        {
            await ExecuteAsync($"create role {role} login password '{Password}'", inTransportDatabase: false);
            roles.Add(role);
        }

        await ExecuteAsync(Repository.ReadText("contracts", "messages", "postgresql", "provision-destination.sql")
            .Replace("{schema}", place.Schema, StringComparison.Ordinal).Replace("{endpoint}", place.EndpointRole, StringComparison.Ordinal).Replace("{hub}", place.HubRole, StringComparison.Ordinal));
        return place;
    }

    public async Task<NpgsqlConnection> OpenAsync(string role)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Database = Name, Username = role, Password = Password, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql, bool inTransportDatabase = true)
    {
        await using var source = await SuperuserAsync(inTransportDatabase);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var source = await SuperuserAsync(inTransportDatabase: true);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"drop database {Name} with (force)", inTransportDatabase: false);
        foreach (var role in roles) await ExecuteAsync($"drop role {role}", inTransportDatabase: false);
    }

    private async Task<NpgsqlDataSource> SuperuserAsync(bool inTransportDatabase)
    {
        var login = new NpgsqlConnectionStringBuilder((await TestCluster.GetAsync()).SuperuserConnectionString) { Pooling = false };
        if (inTransportDatabase) login.Database = Name;
        return NpgsqlDataSource.Create(login.ConnectionString);
    }
}

/// <summary>One destination's schema and roles.</summary>
public sealed record TransportPlace(TransportDatabase Database, string Schema, string EndpointRole, string HubRole)
{
    /// <summary>The destination as a configuration file names it.</summary>
    public string Yaml(string more = "", string? schema = null) =>
        $"adapter: nservicebus-postgresql, address: \"{Database.Address}\", settings: {{ client: journal, user: {HubRole}, password: \"env:{TransportDatabase.PasswordVariable}\", schema: {schema ?? Schema}{more} }}";

    public override string ToString() => Schema;
}
