using System.Text.Json;

namespace Vkp.ModelGenerator;

public sealed record Invariant(string Key, string Severity, string Expression, string Human);

/// <param name="Name">Without `[x]`.</param>
/// <param name="Types">FHIR type names; a backbone element has its path as type (`Patient.contact`).</param>
public sealed record ElementShape(
    string Name, bool IsChoice, int Min, string Max, IReadOnlyList<string> Types, IReadOnlyList<string> Targets,
    string? BindingStrength, string? ValueSet, IReadOnlyList<Invariant> Invariants)
{
    public bool IsList => Max != "1";
}

/// <summary>One type with what it adds to its parent.</summary>
public sealed class TypeShape
{
    public required string Name { get; init; }

    public required string Parent { get; init; }

    /// <summary>P primitive, D data type, R resource, B backbone.</summary>
    public required char Kind { get; init; }

    public required bool IsAbstract { get; init; }

    public required string Short { get; init; }

    /// <summary>The C# name of a backbone class comes from here when the definition gives one.</summary>
    public string? ExplicitName { get; init; }

    public List<ElementShape> Elements { get; } = [];

    public List<Invariant> Invariants { get; } = [];

    public List<TypeShape> Backbones { get; } = [];

    public IEnumerable<TypeShape> WithBackbones() => Backbones.SelectMany(static x => x.WithBackbones()).Prepend(this);

    public static TypeShape Read(R4Package package, string name)
    {
        var json = package.Structure(name);
        var elements = json.GetProperty("snapshot").GetProperty("element").EnumerateArray().ToList();
        var parent = json.TryGetProperty("baseDefinition", out var b) ? b.GetString()!.Split('/')[^1] : "";
        var kind = json.GetProperty("kind").GetString() switch { "primitive-type" => 'P', "resource" => 'R', _ => 'D' };
        var inherited = parent.Length == 0 ? [] : Constraints(package.Structure(parent).GetProperty("snapshot").GetProperty("element")[0]).Select(x => x.Key).ToHashSet();
        var type = new TypeShape { Name = name, Parent = parent, Kind = kind, IsAbstract = json.GetProperty("abstract").GetBoolean(), Short = Text.OneLine(elements[0].GetProperty("short").GetString()) };
        type.Invariants.AddRange(Constraints(elements[0]).Where(x => !inherited.Contains(x.Key)));
        if (kind != 'P') ReadLevel(package, type, name, elements);
        return type;
    }

    private static void ReadLevel(R4Package package, TypeShape type, string path, List<JsonElement> elements)
    {
        foreach (var e in elements)
        {
            var elementPath = e.GetProperty("path").GetString()!;
            if (!elementPath.StartsWith(path + '.', StringComparison.Ordinal) || elementPath.AsSpan(path.Length + 1).Contains('.')) continue;

            // What Element, BackboneElement, Resource and so on define is theirs.
            if (e.GetProperty("base").GetProperty("path").GetString() is { } basePath && basePath != elementPath) continue;
            type.Elements.Add(ReadElement(package, type, e, elementPath, elements));
        }
    }

    private static ElementShape ReadElement(R4Package package, TypeShape owner, JsonElement e, string path, List<JsonElement> all)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        var choice = name.EndsWith("[x]", StringComparison.Ordinal);
        if (choice) name = name[..^3];
        var (types, targets) = ReadTypes(e, path, name);
        if (types is ["Element"] or ["BackboneElement"] && all.Exists(x => x.GetProperty("path").GetString()!.StartsWith(path + '.', StringComparison.Ordinal)))
        {
            var backbone = new TypeShape
            {
                Name = path, Parent = types[0], Kind = 'B', IsAbstract = false, Short = Text.OneLine(e.GetProperty("short").GetString()),
                ExplicitName = Extension(e, "structuredefinition-explicit-type-name", "valueString"),
            };
            backbone.Invariants.AddRange(Constraints(e).Where(static x => x.Key is not ("ele-1" or "ext-1")));
            ReadLevel(package, backbone, path, all);
            owner.Backbones.Add(backbone);
            return new ElementShape(name, false, e.GetProperty("min").GetInt32(), e.GetProperty("max").GetString()!, [path], [], null, null, []);
        }

        var own = new HashSet<string>(types.Where(static t => !t.Contains('.')).SelectMany(t => Constraints(package.Structure(t).GetProperty("snapshot").GetProperty("element")[0]).Select(static x => x.Key)), StringComparer.Ordinal) { "ele-1" };
        string? strength = null, valueSet = null;
        if (e.TryGetProperty("binding", out var binding))
        {
            strength = binding.GetProperty("strength").GetString();
            valueSet = binding.TryGetProperty("valueSet", out var vs) ? vs.GetString()!.Split('|')[0] : null;
        }

        return new ElementShape(name, choice, e.GetProperty("min").GetInt32(), e.GetProperty("max").GetString()!, types, targets, strength, valueSet,
            [.. Constraints(e).Where(x => !own.Contains(x.Key))]);
    }

    private static (List<string> Types, List<string> Targets) ReadTypes(JsonElement e, string path, string name)
    {
        if (e.TryGetProperty("contentReference", out var reference)) return ([reference.GetString()!.TrimStart('#')], []);
        var types = new List<string>();
        var targets = new List<string>();
        foreach (var t in e.GetProperty("type").EnumerateArray())
        {
            var code = t.GetProperty("code").GetString()!;
            if (code.StartsWith("http://hl7.org/fhirpath/", StringComparison.Ordinal))
            {
                code = path is "Resource.id" ? "id" : path is "Extension.url" ? "uri" : "string";
            }

            if (!types.Contains(code)) types.Add(code);
            if (code == "Reference" && t.TryGetProperty("targetProfile", out var profiles))
            {
                targets.AddRange(profiles.EnumerateArray().Select(static p => p.GetString()!.Split('/')[^1]));
            }
        }

        return (types, targets is ["Resource"] ? [] : targets);
    }

    private static IEnumerable<Invariant> Constraints(JsonElement e) => !e.TryGetProperty("constraint", out var constraints) ? [] : constraints.EnumerateArray()
        .Where(static c => c.TryGetProperty("expression", out _))
        .Select(static c => new Invariant(c.GetProperty("key").GetString()!, c.GetProperty("severity").GetString()!, Text.OneLine(c.GetProperty("expression").GetString()), Text.OneLine(c.GetProperty("human").GetString())));

    private static string? Extension(JsonElement e, string url, string value) => !e.TryGetProperty("extension", out var extensions) ? null : extensions.EnumerateArray()
        .Where(x => x.GetProperty("url").GetString()!.EndsWith('/' + url, StringComparison.Ordinal))
        .Select(x => x.GetProperty(value).GetString())
        .FirstOrDefault();
}
