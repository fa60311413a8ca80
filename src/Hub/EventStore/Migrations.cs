using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Vkp.EventStore;

/// <summary>
/// Numbered `.sql` files, forward only. A file is applied once, in its own transaction, and its hash is kept: a file
/// edited afterwards is refused (VKP-301) before anything else is applied. Files may say `{schema}`.
/// </summary>
public static partial class Migrations
{
    // One lock for all schemas of a database: roles are shared, and two hubs may start at once.
    private const long LockKey = 0x564B505F4D494752;

    /// <summary>Applies the store's own migrations.</summary>
    public static Task<int> ApplyAsync(NpgsqlDataSource owner, string schema, CancellationToken ct) =>
        ApplyAsync(owner, schema, typeof(Migrations).Assembly, "store", ct);

    /// <summary>
    /// Applies every embedded `Migrations/nnnn_name.sql` of <paramref name="assembly"/> that is not applied yet, in order.
    /// Returns how many were applied. Newer files that an older program does not know are left alone.
    /// </summary>
    /// <param name="owner">Connects as the owner of the schema, not as the app role.</param>
    /// <param name="schema">Created when missing. Lower-case letters, digits and underscores.</param>
    /// <param name="set">Permanent name under which the numbers of this assembly are kept apart from others'.</param>
    /// <exception cref="StoreException">VKP-301 a file was edited; VKP-302 a file failed.</exception>
    public static async Task<int> ApplyAsync(NpgsqlDataSource owner, string schema, Assembly assembly, string set, CancellationToken ct)
    {
        MigrationSchema.Check(schema);
        var files = FilesOf(assembly);

        await using var connection = await owner.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", ct);
        try
        {
            await ExecuteAsync(connection, Prepare(schema, Text(typeof(Migrations).Assembly, "Vkp.EventStore.Roles.prepare.sql")), ct);
            var applied = await ReadAppliedAsync(connection, schema, set, ct);
            foreach (var file in files)
            {
                if (applied.TryGetValue(file.Number, out var hash) && !hash.AsSpan().SequenceEqual(file.Hash.Span))
                    throw StoreException.MigrationEdited(set, file.Number, file.Name);
            }

            var pending = files.Where(file => !applied.ContainsKey(file.Number)).ToList();
            foreach (var file in pending)
                await ApplyAsync(connection, schema, set, file, ct);

            await ExecuteAsync(connection, $"revoke create on schema {schema} from vkp_store, vkp_retention", ct);
            return pending.Count;
        }
        finally
        {
            // Also when cancelled: the connection goes back to the pool and must not keep the lock.
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>The migrations of an assembly with the hash of each, as they would be applied.</summary>
    public static IReadOnlyList<MigrationFile> FilesOf(Assembly assembly)
    {
        var files = new List<MigrationFile>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var match = FilePattern().Match(resource);
            if (!match.Success)
                continue;

            var sql = Text(assembly, resource);
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            files.Add(new MigrationFile(number, match.Groups["name"].Value, sql, SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }

        files.Sort((a, b) => a.Number.CompareTo(b.Number));
        for (var i = 1; i < files.Count; i++)
        {
            if (files[i].Number == files[i - 1].Number)
                throw new InvalidOperationException($"Two migrations of {assembly.GetName().Name} have number {files[i].Number:0000}.");
        }

        return files;
    }

    private static async Task<Dictionary<int, byte[]>> ReadAppliedAsync(NpgsqlConnection connection, string schema, string set, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select number, sha256 from {schema}.schema_migration where set_name = $1", connection);
        command.Parameters.Add(new() { Value = set });
        var applied = new Dictionary<int, byte[]>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));

        return applied;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, string schema, string set, MigrationFile file, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, Prepare(schema, file.Sql), ct);
        }
        catch (PostgresException e)
        {
            throw StoreException.MigrationFailed(set, $"{file.Number:0000}_{file.Name}", e);
        }

        await using var note = new NpgsqlCommand(
            $"insert into {schema}.schema_migration (set_name, number, name, sha256, applied_at) values ($1, $2, $3, $4, clock_timestamp())",
            connection);
        note.Parameters.Add(new() { Value = set });
        note.Parameters.Add(new() { Value = file.Number });
        note.Parameters.Add(new() { Value = file.Name });
        note.Parameters.Add(new() { Value = file.Hash.ToArray() });
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static string Prepare(string schema, string sql) => sql.Replace("{schema}", schema, StringComparison.Ordinal);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A checkout with other line ends is the same migration.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\.Migrations\.(?<number>\d{4})_(?<name>[a-z0-9_]+)\.sql$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilePattern();
}

/// <param name="Hash">SHA-256 of the text with line ends as \n.</param>
public sealed record MigrationFile(int Number, string Name, string Sql, ReadOnlyMemory<byte> Hash);

internal static partial class MigrationSchema
{
    /// <summary>The name goes into SQL unquoted, so it must be one that needs no quoting.</summary>
    public static void Check(string schema)
    {
        if (!NamePattern().IsMatch(schema))
            throw new ArgumentException($"'{schema}' is no schema name: a lower-case letter, then up to 50 letters, digits or '_'.", nameof(schema));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,50}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamePattern();
}
