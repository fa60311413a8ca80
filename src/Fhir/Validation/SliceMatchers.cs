using Vkp.Fhir.Definitions;
using Vkp.Fhir.FhirPath;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation.Rules;

namespace Vkp.Fhir.Validation;

/// <summary>Discriminators: from what a slice says at a path to a test of an item.</summary>
internal static class SliceMatchers
{
    public static Func<FhirNode, ValidationRun, bool> Of(ProfileSpec slice, string type, string path) => type switch
    {
        "type" => ByType(slice, path),
        "exists" => ByExistence(slice, path),
        _ => ByValue(slice, path),
    };

    private static Func<FhirNode, ValidationRun, bool> ByValue(ProfileSpec slice, string path)
    {
        var expression = FhirPathExpression.Compile(path);
        var at = Descend(slice, path);

        // An extension's slice is known by the address of its profile.
        var profile = path == "url" ? slice.Differentials.SelectMany(static x => x.Type).SelectMany(static x => x.Profile).FirstOrDefault() : null;
        if (profile is not null) return (item, _) => item is Extension extension && Canonical.Same(extension.Url, profile);
        var tests = Reach(slice, path).SelectMany(static x => x.Differentials).SelectMany(TestsOf).ToList();
        if (tests.Count == 0 && at.Children.Count > 0)
        {
            // "$this" on a coding whose system is fixed: the slice's children tell.
            var children = at.Children.ConvertAll(x => (x.Name, Tests: x.Differentials.SelectMany(TestsOf).ToList()));
            return (item, _) => expression.Evaluate(item).OfType<FhirNode>().Any(node => children.TrueForAll(c => c.Tests.Count == 0 || node.Find(c.Name) is FhirNode child && c.Tests.TrueForAll(t => t(child))));
        }

        if (tests.Count == 0) return static (_, _) => false;
        return (item, _) => expression.Evaluate(item).OfType<FhirNode>().Any(node => tests.TrueForAll(t => t(node)));
    }

    private static IEnumerable<Func<FhirNode, bool>> TestsOf(ElementDefinition element)
    {
        if (element.Fixed is { } expected) yield return node => NodeMatch.IsExactly(node, expected);
        if (element.Pattern is { } pattern) yield return node => NodeMatch.Holds(node, pattern);
        if (element is { Fixed: null, Pattern: null, Binding: { ValueSet: { } valueSet } binding } && binding.StrengthElement?.Text == "required")
        {
            yield return node => node switch
            {
                PrimitiveType { Text: { } code } => ValueSets.ContainsCode(valueSet, code) == ValueSetAnswer.In,
                Coding coding => ValueSets.Contains(valueSet, coding.System, coding.Code) == ValueSetAnswer.In,
                CodeableConcept concept => concept.Coding.Any(x => ValueSets.Contains(valueSet, x.System, x.Code) == ValueSetAnswer.In),
                _ => false,
            };
        }
    }

    private static Func<FhirNode, ValidationRun, bool> ByType(ProfileSpec slice, string path)
    {
        var types = slice.Differentials.SelectMany(static x => x.Type).Select(static x => x.Code!).ToHashSet(StringComparer.Ordinal);

        // A slice called valueString says its type by its name when it says nothing else.
        if (types.Count == 0) types.Add(TypeInName(slice.Name));
        var expression = FhirPathExpression.Compile(path);
        return (item, _) => expression.Evaluate(item).OfType<FhirNode>().Any(x => types.Contains(x.TypeName));
    }

    private static string TypeInName(string sliceName)
    {
        var upper = sliceName.AsSpan().IndexOfAnyInRange('A', 'Z');
        if (upper < 0) return sliceName;
        var name = sliceName[upper..];
        return TypeDefinition.Find(name) is not null ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static Func<FhirNode, ValidationRun, bool> ByExistence(ProfileSpec slice, string path)
    {
        var wanted = Descend(slice, path).Max > 0;
        var expression = FhirPathExpression.Compile(path);
        return (item, _) => expression.Evaluate(item).Count > 0 == wanted;
    }

    /// <summary>
    /// What a slice says at a path, also by way of the slices on it that every item must have: the blood pressure profiles name a component by a coding
    /// that is itself a slice of the component's codings.
    /// </summary>
    private static IEnumerable<ProfileSpec> Reach(ProfileSpec slice, string path)
    {
        IEnumerable<ProfileSpec> at = [slice];
        if (path == "$this") return at;
        foreach (var step in path.Split('.'))
        {
            at = [.. at.SelectMany(x => x.Children).Where(x => x.Name == step).SelectMany(static x => x.Slices.Where(static y => y.Min > 0).Prepend(x))];
        }

        return at;
    }

    private static ProfileSpec Descend(ProfileSpec slice, string path)
    {
        var at = slice;
        if (path == "$this") return at;
        foreach (var step in path.Split('.'))
        {
            at = at.Children.Find(x => x.Name == step) ?? new ProfileSpec(step);
        }

        return at;
    }
}

/// <summary>Canonical addresses.</summary>
internal static class Canonical
{
    /// <summary>The same address, a version aside.</summary>
    public static bool Same(string? left, string? right) => left is not null && right is not null && WithoutVersion(left).SequenceEqual(WithoutVersion(right));

    public static ReadOnlySpan<char> WithoutVersion(string canonical)
    {
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? canonical : canonical.AsSpan(0, bar);
    }
}
