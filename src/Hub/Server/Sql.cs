using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;

namespace Vkp.Hub;

/// <summary>The statements of the hub's rooms: `.sql` files beside the code that runs them, named for the verb.</summary>
internal static class Sql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <param name="name">Folder and file, `Routing.read-cases.sql`.</param>
    public static NpgsqlCommand Command(NpgsqlTransaction transaction, string name) => new(Text(name), transaction.Connection, transaction);

    public static string Text(string name) => Texts.GetOrAdd(name, static key =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Vkp.Hub." + key)
            ?? throw new InvalidOperationException($"The statement {key} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
