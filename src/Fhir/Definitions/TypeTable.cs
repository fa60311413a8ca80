using System.Globalization;
using System.Reflection;

namespace Vkp.Fhir.Definitions;

/// <summary>Reads the generated tables that are embedded in the assembly. Their form is described in tools/ModelGenerator.</summary>
internal static class TypeTable
{
    public static Dictionary<string, TypeDefinition> Read()
    {
        var all = new Dictionary<string, TypeDefinition>(StringComparer.Ordinal);
        string[]? head = null;
        var elements = new List<ElementRow>();
        var invariants = new List<InvariantRow>();
        foreach (var line in EmbeddedText.Lines("types.g.txt"))
        {
            var cells = line.Split('\t');
            switch (line[0])
            {
                case '@':
                    Finish();
                    head = cells;
                    Inherit(all, cells[2], elements, invariants);
                    break;
                case '!':
                    var row = new InvariantRow(cells[1], cells[2] == "error", cells[3], cells[4]);
                    if (cells[0].Length == 1) invariants.Add(row);
                    else elements[^1].Invariants.Add(row);
                    break;
                default:
                    elements.Add(Row(cells, elements.Count));
                    break;
            }
        }

        Finish();
        return all;

        void Finish()
        {
            if (head is not null) all.Add(head[0][1..], new TypeDefinition(head[0][1..], head[1][0], head[2], all.Count, [.. elements], [.. invariants]));
            elements.Clear();
            invariants.Clear();
        }
    }

    private static void Inherit(Dictionary<string, TypeDefinition> all, string parent, List<ElementRow> elements, List<InvariantRow> invariants)
    {
        if (!all.TryGetValue(parent, out var definition)) return;
        elements.AddRange(definition.Elements);
        invariants.AddRange(definition.Invariants);
    }

    private static ElementRow Row(string[] cells, int ordinal)
    {
        var choice = cells[0].EndsWith("[x]", StringComparison.Ordinal);
        var max = cells[2] == "*" ? int.MaxValue : int.Parse(cells[2], CultureInfo.InvariantCulture);
        return new ElementRow(choice ? cells[0][..^3] : cells[0], ordinal, choice, int.Parse(cells[1], CultureInfo.InvariantCulture), max, cells[3].Split('|'))
        {
            Targets = cells.Length > 4 && cells[4].Length > 0 ? cells[4].Split('|') : [],
            BindingStrength = cells.Length > 6 ? cells[5] : "",
            ValueSet = cells.Length > 6 ? cells[6] : "",
        };
    }
}

/// <summary>Text files inside the assembly.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0) yield return line;
        }
    }

    public static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"'{name}' is not in the assembly.");
}
