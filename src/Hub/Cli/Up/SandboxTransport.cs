using System.Reflection;
using System.Security.Cryptography;
using Npgsql;
using Vkp.Cli.SandboxEpj;
using Vkp.Sandbox;

namespace Vkp.Cli.Up;

/// <summary>
/// A transport database beside the hub's own in one PostgreSQL, with a place for one destination in it, made with the published statements. Roles and database are its
/// own; their passwords are new at every start and stand nowhere.
/// </summary>
public static class SandboxTransport
{
    /// <summary>Where the hub in this process finds its password there.</summary>
    public const string PasswordVariable = "VKP_SANDBOX_QUEUE_PASSWORD";

    private const string Schema = "epj";

    /// <param name="owner">Connects as somebody who may make roles and databases.</param>
    /// <param name="name">Of the database, and what its roles begin with; lower case and digits.</param>
    public static async Task<QueuePart> MakeAsync(string owner, string name, CancellationToken ct)
    {
        var (endpoint, hub) = ($"{name}_epj", $"{name}_hub");
        var (endpointPassword, hubPassword) = (NewPassword(), NewPassword());
        await using (var server = await OpenAsync(owner, database: null, ct))
        {
            await MakeRoleAsync(server, endpoint, endpointPassword, ct);
            await MakeRoleAsync(server, hub, hubPassword, ct);
            // Who is no superuser sets a role's default privileges as one of its members.
            await ExecuteAsync(server, $"grant {endpoint} to current_user", ct);
            if (!await IsThereAsync(server, "select exists (select from pg_database where datname = $1)", name, ct)) await ExecuteAsync(server, $"create database {name}", ct);
        }

        await using (var transport = await OpenAsync(owner, name, ct))
        {
            // One message of statements is one transaction: a place is there whole, or not at all.
            if (!await IsThereAsync(transport, "select exists (select from pg_namespace where nspname = $1)", Schema, ct)) await ExecuteAsync(transport, Provision(endpoint, hub), ct);
        }

        Environment.SetEnvironmentVariable(PasswordVariable, hubPassword);
        var at = new NpgsqlConnectionStringBuilder(owner);
        var access = new QueueAccess(new Uri($"postgresql://{at.Host}:{at.Port}/{name}"), endpoint, endpointPassword, QueueAccess.DefaultQueue) { Schema = Schema };
        return new QueuePart(access, hub, PasswordVariable);
    }

    private static string Provision(string endpoint, string hub)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Vkp.Cli.provision-destination.sql")!);
        return text.ReadToEnd().Replace("{schema}", Schema, StringComparison.Ordinal).Replace("{endpoint}", endpoint, StringComparison.Ordinal).Replace("{hub}", hub, StringComparison.Ordinal);
    }

    /// <summary>Hexadecimal: statements that make roles take no parameters.</summary>
    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static async Task MakeRoleAsync(NpgsqlConnection server, string role, string password, CancellationToken ct)
    {
        var verb = await IsThereAsync(server, "select exists (select from pg_roles where rolname = $1)", role, ct) ? "alter" : "create";
        await ExecuteAsync(server, $"{verb} role {role} login password '{password}'", ct);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string owner, string? database, CancellationToken ct)
    {
        var at = new NpgsqlConnectionStringBuilder(owner) { Pooling = false };
        if (database is not null) at.Database = database;
        var connection = new NpgsqlConnection(at.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
