using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Vkp.Hub.Queues;

/// <summary>A queue table as a routing row names it: `"schema"."table"`, each part quoted with `""` for a quote in it, or bare.</summary>
public readonly record struct QueueAddress(string Schema, string Table)
{
    /// <param name="defaultSchema">The schema of an address that names none.</param>
    public static bool TryParse(string text, string defaultSchema, [NotNullWhen(true)] out QueueAddress? address)
    {
        address = null;
        var parts = new List<string>();
        var at = 0;
        while (true)
        {
            if (ReadPart(text, ref at) is not { Length: > 0 } part) return false;
            parts.Add(part);
            if (at == text.Length) break;
            if (text[at++] != '.') return false;
        }

        address = parts.Count switch
        {
            1 => new QueueAddress(defaultSchema, parts[0]),
            2 => new QueueAddress(parts[0], parts[1]),
            _ => null,
        };
        return address is not null;
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string ToString() => $"{Quote(Schema)}.{Quote(Table)}";

    private static string? ReadPart(string text, ref int at)
    {
        if (at >= text.Length) return null;
        var part = new StringBuilder();
        if (text[at] != '"')
        {
            while (at < text.Length && text[at] is not ('.' or '"')) part.Append(text[at++]);
            return part.ToString();
        }

        at++;
        while (at < text.Length)
        {
            if (text[at] != '"') part.Append(text[at++]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                part.Append('"');
                at += 2;
            }
            else
            {
                at++;
                return part.ToString();
            }
        }

        return null;
    }
}
