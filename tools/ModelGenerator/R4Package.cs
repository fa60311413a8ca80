using System.Text.Json;

namespace Vkp.ModelGenerator;

public sealed record Concept(string System, string Code, string? Display);

/// <summary>The unpacked definitions package.</summary>
public sealed class R4Package(string folder)
{
    private readonly Dictionary<string, string> _valueSets = ByUrl(folder, "ValueSet-*.json");
    private readonly Dictionary<string, string> _codeSystems = ByUrl(folder, "CodeSystem-*.json");
    private readonly Dictionary<string, IReadOnlyList<Concept>?> _expansions = [];

    public JsonElement Structure(string name) => Read(Path.Combine(folder, $"StructureDefinition-{name}.json"));

    public IEnumerable<string> DataTypes() => Structures()
        .Where(x => x.Kind is "complex-type" or "primitive-type")
        .Select(x => x.Name)
        .Order(StringComparer.Ordinal);

    public IEnumerable<string> ResourceNames() => Structures().Where(x => x.Kind == "resource").Select(x => x.Name).Order(StringComparer.Ordinal);

    public string ValueSetName(string url) => Read(_valueSets[url]).GetProperty("name").GetString()!;

    /// <summary>All codes of a value set, or null when its content is not in the package (LOINC, SNOMED CT, grammars).</summary>
    public IReadOnlyList<Concept>? Expand(string url)
    {
        if (_expansions.TryGetValue(url, out var known)) return known;
        _expansions[url] = null;
        if (!_valueSets.TryGetValue(url, out var file) || !Read(file).TryGetProperty("compose", out var compose)) return null;
        var result = new List<Concept>();
        foreach (var include in compose.GetProperty("include").EnumerateArray())
        {
            if (Included(include) is not { } concepts) return null;
            result.AddRange(concepts);
        }

        if (compose.TryGetProperty("exclude", out var excludes))
        {
            foreach (var exclude in excludes.EnumerateArray())
            {
                if (Included(exclude) is not { } concepts) return null;
                result.RemoveAll(x => concepts.Any(y => x.System == y.System && x.Code == y.Code));
            }
        }

        return _expansions[url] = result.DistinctBy(x => (x.System, x.Code)).ToList();
    }

    private List<Concept>? Included(JsonElement include)
    {
        if (include.TryGetProperty("valueSet", out var sets))
        {
            var all = new List<Concept>();
            foreach (var set in sets.EnumerateArray())
            {
                if (Expand(set.GetString()!.Split('|')[0]) is not { } part) return null;
                all.AddRange(part);
            }

            return all;
        }

        var system = include.GetProperty("system").GetString()!;
        if (include.TryGetProperty("concept", out var concepts))
        {
            return [.. concepts.EnumerateArray().Select(c => new Concept(system, c.GetProperty("code").GetString()!, Display(c)))];
        }

        if (!_codeSystems.TryGetValue(system, out var file)) return null;
        var codeSystem = Read(file);
        if (codeSystem.GetProperty("content").GetString() != "complete" || !codeSystem.TryGetProperty("concept", out var top)) return null;
        return include.TryGetProperty("filter", out var filters) ? Filtered(system, top, filters) : Flatten(system, top).ToList();
    }

    private static List<Concept>? Filtered(string system, JsonElement top, JsonElement filters)
    {
        if (filters.GetArrayLength() != 1) return null;
        var filter = filters[0];
        var op = filter.GetProperty("op").GetString();
        var value = filter.GetProperty("value").GetString()!;
        if (filter.GetProperty("property").GetString() != "concept" || op is not ("is-a" or "descendent-of")) return null;
        var concepts = new List<(Concept Concept, HashSet<string> Parents)>();
        Collect(system, top, [], concepts);

        // A concept may also name its parents in 'subsumedBy' properties: close over both.
        var inside = new HashSet<string>(StringComparer.Ordinal) { value };
        for (var before = 0; before != inside.Count;)
        {
            before = inside.Count;
            foreach (var (concept, parents) in concepts)
            {
                if (parents.Overlaps(inside)) inside.Add(concept.Code);
            }
        }

        if (op == "descendent-of") inside.Remove(value);
        return [.. concepts.Select(x => x.Concept).Where(x => inside.Contains(x.Code))];
    }

    private static void Collect(string system, JsonElement level, string[] parents, List<(Concept, HashSet<string>)> into)
    {
        foreach (var c in level.EnumerateArray())
        {
            var code = c.GetProperty("code").GetString()!;
            var all = new HashSet<string>(parents, StringComparer.Ordinal);
            if (c.TryGetProperty("property", out var properties))
            {
                foreach (var p in properties.EnumerateArray())
                {
                    if (p.GetProperty("code").GetString() == "subsumedBy" && p.TryGetProperty("valueCode", out var parent)) all.Add(parent.GetString()!);
                }
            }

            into.Add((new Concept(system, code, Display(c)), all));
            if (c.TryGetProperty("concept", out var children)) Collect(system, children, [code], into);
        }
    }

    private static IEnumerable<Concept> Flatten(string system, JsonElement level)
    {
        foreach (var c in level.EnumerateArray())
        {
            yield return new Concept(system, c.GetProperty("code").GetString()!, Display(c));
            if (!c.TryGetProperty("concept", out var children)) continue;
            foreach (var child in Flatten(system, children)) yield return child;
        }
    }

    private static string? Display(JsonElement concept) => concept.TryGetProperty("display", out var display) ? display.GetString() : null;

    private IEnumerable<(string Kind, string Name)> Structures()
    {
        foreach (var file in Directory.GetFiles(folder, "StructureDefinition-*.json").Order(StringComparer.Ordinal))
        {
            var json = Read(file);
            if (json.TryGetProperty("derivation", out var derivation) && derivation.GetString() == "constraint") continue;
            yield return (json.GetProperty("kind").GetString()!, json.GetProperty("name").GetString()!);
        }
    }

    private static Dictionary<string, string> ByUrl(string folder, string pattern)
    {
        var byUrl = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal))
        {
            if (Read(file).TryGetProperty("url", out var url)) byUrl.TryAdd(url.GetString()!, file);
        }

        return byUrl;
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.Clone();
    }
}
