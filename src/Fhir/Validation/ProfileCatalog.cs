using System.Collections.Frozen;
using System.Reflection;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>A profile ready to check with.</summary>
public sealed class FhirProfile
{
    private readonly Lazy<ElementRules> _rules;

    internal FhirProfile(StructureDefinition definition)
    {
        Definition = definition;
        _rules = new Lazy<ElementRules>(() => ElementRules.Compile(Spec()));
    }

    public string Canonical => Definition.Url!;

    /// <summary>The resource or data type it constrains.</summary>
    public string Type => Definition.Type!;

    public StructureDefinition Definition { get; }

    internal ElementRules Rules => _rules.Value;

    internal ProfileSpec Spec() => ProfileSpec.Of(Definition, Definition.BaseDefinition is { } b ? ProfileCatalog.Find(b)?.Spec() : null);
}

/// <summary>The profiles and value sets inside the assembly: R4's vital signs and what contracts/fhir holds. Read at the first question, not at start.</summary>
public static class ProfileCatalog
{
    private static readonly Lazy<Contents> s_contents = new(static () => Read());

    public static IEnumerable<FhirProfile> All => s_contents.Value.Profiles.Values.OrderBy(static x => x.Canonical, StringComparer.Ordinal);

    /// <summary>By canonical, with or without a version; null when unknown. Known misspellings are understood.</summary>
    public static FhirProfile? Find(string canonical)
    {
        var url = Validation.Canonical.WithoutVersion(canonical).ToString();
        var profiles = s_contents.Value.Profiles;
        if (profiles.TryGetValue(url, out var profile)) return profile;
        return Codes.Canonicals.Correct(url, isSystem: false) is { } corrected ? profiles.GetValueOrDefault(corrected) : null;
    }

    /// <summary>Code systems of contracts/fhir by address: codes and displays.</summary>
    internal static IReadOnlyDictionary<string, CodeSystem> CodeSystems => s_contents.Value.CodeSystems;

    internal static IEnumerable<(string Url, List<(string System, string Code)> Codes)> NationalValueSets()
    {
        foreach (var set in s_contents.Value.ValueSets)
        {
            if (Expand(set) is { } codes) yield return (set.Url!, codes);
        }
    }

    /// <summary>Null when it includes a system whose codes are not here.</summary>
    private static List<(string System, string Code)>? Expand(ValueSet set)
    {
        var codes = new List<(string, string)>();
        foreach (var include in set.Compose!.Include)
        {
            var system = include.System!;
            if (include.Concept.Count > 0)
            {
                codes.AddRange(include.Concept.Select(x => (system, x.Code!)));
            }
            else if (CodeSystems.TryGetValue(system, out var codeSystem) && codeSystem.Content == CodeSystem.CodeSystemContentMode.Complete)
            {
                codes.AddRange(Concepts(codeSystem.Concept).Select(x => (system, x.Code!)));
            }
            else
            {
                return null;
            }
        }

        return codes;
    }

    internal static IEnumerable<CodeSystem.ConceptDefinitionComponent> Concepts(IEnumerable<CodeSystem.ConceptDefinitionComponent> level) =>
        level.SelectMany(static x => Concepts(x.Concept).Prepend(x));

    private static Contents Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var contents = new Contents(FrozenDictionary<string, FhirProfile>.Empty, new(StringComparer.Ordinal), []);
        var profiles = new Dictionary<string, FhirProfile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(static x => x.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var result = FhirJson.ParseStrict(bytes, FhirLimits.Files);
            switch (result.Resource)
            {
                case StructureDefinition definition:
                    profiles.Add(definition.Url!, new FhirProfile(definition));
                    break;
                case CodeSystem system:
                    contents.CodeSystems.Add(system.Url!, system);
                    break;
                case ValueSet set:
                    contents.ValueSets.Add(set);
                    break;
                default:
                    throw new InvalidOperationException($"'{name}' is not a definition: {result.Issues.Count} issues.");
            }
        }

        return contents with { Profiles = profiles.ToFrozenDictionary(StringComparer.Ordinal) };
    }

    private sealed record Contents(IReadOnlyDictionary<string, FhirProfile> Profiles, Dictionary<string, CodeSystem> CodeSystems, List<ValueSet> ValueSets);
}
