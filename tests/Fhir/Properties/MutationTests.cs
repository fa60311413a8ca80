using System.Text;
using System.Text.Json.Nodes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Contracts;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Properties;

/// <summary>A valid sample spoilt at any element that a profile constrains is always found out.</summary>
public sealed class MutationTests
{
    [Theory]
    [MemberData(nameof(ProfileSamplesTests.Folders), MemberType = typeof(ProfileSamplesTests))]
    public void Spoiling_a_constrained_element_is_always_found(string folder)
    {
        var path = Path.Combine(ContractDefinitionsTests.Folder, folder);
        var profile = ProfileCatalog.Find(JsonNode.Parse(File.ReadAllText(Directory.GetFiles(path, "StructureDefinition-*.json").Single()))!["url"]!.GetValue<string>())!;
        var sample = File.ReadAllText(Path.Combine(path, "valid.json"));
        var before = Findings(sample).ToHashSet();
        foreach (var (name, spoil) in Mutations(profile, sample))
        {
            var root = JsonNode.Parse(sample)!;
            if (!spoil(root)) continue;
            Assert.True(Findings(root.ToJsonString()).Exists(x => !before.Contains(x)), $"{folder}: {name} was not found");
        }
    }

    /// <summary>Per rule: take a required element away, double one that may stand once, change a fixed or pattern value, change a code of a published required set.</summary>
    private static IEnumerable<(string Name, Func<JsonNode, bool> Spoil)> Mutations(FhirProfile profile, string sample)
    {
        foreach (var element in profile.Definition.Differential!.Element.Where(x => x.Path!.Contains('.', StringComparison.Ordinal)))
        {
            // Slices and choices need the slice to be found first: the invalid samples cover those.
            var steps = element.Id!.Split('.')[1..];
            if (element.Id.Contains(':', StringComparison.Ordinal) || profile.Type == "Extension" || steps.Any(x => x.EndsWith("[x]", StringComparison.Ordinal))) continue;
            if (element.Min > 0) yield return ($"removing {element.Id}", root => Each(root, steps, static (parent, name) => parent.Remove(name)));
            if (element.Max == "0") yield return ($"adding {element.Id}", root => Each(root, steps[..^1], (parent, name) => Objects(parent[name]).Select(x => { x[steps[^1]] = "x"; return true; }).ToList().Count > 0));
            if (element.Fixed is not null || element.Pattern is not null || element.Binding is { Strength: Vkp.Fhir.Model.BindingStrength.Required, ValueSet: { } set } && Definitions.ValueSets.IsPublished(set.Split('|')[0]))
            {
                yield return ($"changing {element.Id}", root => Each(root, steps, static (parent, name) => Change(parent, name)));
            }
        }
    }

    private static bool Each(JsonNode root, IReadOnlyList<string> steps, Func<JsonObject, string, bool> act)
    {
        IEnumerable<JsonObject> level = [root.AsObject()];
        foreach (var step in steps.Take(steps.Count - 1)) level = level.SelectMany(x => Objects(x[step])).ToList();
        var done = false;
        foreach (var parent in level.Where(x => x.ContainsKey(steps[^1])).ToList()) done |= act(parent, steps[^1]);
        return done;
    }

    private static bool Change(JsonObject parent, string name)
    {
        if (parent[name] is JsonValue)
        {
            parent[name] = "spoilt";
            return true;
        }

        var changed = false;
        foreach (var coding in Objects(parent[name]).SelectMany(x => x.ContainsKey("coding") ? Objects(x["coding"]) : [x]).Where(x => x.ContainsKey("code")))
        {
            coding["code"] = "spoilt";
            changed = true;
        }

        return changed;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => [o],
        JsonArray a => a.OfType<JsonObject>(),
        _ => [],
    };

    private static List<FhirIssue> Findings(string json)
    {
        var result = FhirJson.ParseStrict(Encoding.UTF8.GetBytes(json));
        return [.. result.Issues, .. result.Resource is null ? [] : FhirValidator.Validate(result.Resource)];
    }
}
