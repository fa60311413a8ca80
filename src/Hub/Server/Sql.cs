using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using Vkp.EventStore;

namespace Vkp.Hub;

/// <summary>The statements of the hub's rooms: `.sql` files beside the code that runs them, named for the verb.</summary>
internal static class Sql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <param name="name">Folder and file, `Routing.read-cases.sql`.</param>
    public static NpgsqlCommand Command(NpgsqlTransaction transaction, string name) => new(Text(name), transaction.Connection, transaction);

    /// <summary>All rows of one statement about one tenant, in a transaction of its own.</summary>
    /// <param name="add">Adds the parameters after the first, which is the tenant.</param>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlDataSource database, string name, int tenant, Action<NpgsqlCommand> add, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Command(transaction, name);
        command.Parameters.Add(new() { Value = tenant });
        add(command);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    public static string Text(string name) => Texts.GetOrAdd(name, static key =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Vkp.Hub." + key)
            ?? throw new InvalidOperationException($"The statement {key} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
