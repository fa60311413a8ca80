using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation.Rules;

/// <summary>The value must be exactly this.</summary>
internal sealed class FixedRule(DataType expected) : Rule
{
    public DataType Expected { get; } = expected;

    public override void Check(FhirNode node, ValidationRun run)
    {
        if (!NodeMatch.IsExactly(node, Expected)) run.Error(FhirIssueCodes.NotFixed, $"The value is not the fixed one{Found(node)}.", $"Send {NodeMatch.Show(Expected)}.");
    }

    public override string Explain() => $"is {NodeMatch.Show(Expected)}";

    private static string Found(FhirNode node) => node is Code or FhirUri ? $": {Show(((PrimitiveType)node).Text)}" : "";
}

/// <summary>The value must hold at least this.</summary>
internal sealed class PatternRule(DataType expected) : Rule
{
    public DataType Expected { get; } = expected;

    public override void Check(FhirNode node, ValidationRun run)
    {
        if (!NodeMatch.Holds(node, Expected)) run.Error(FhirIssueCodes.NotPattern, "The value does not hold the required pattern.", $"Send at least {NodeMatch.Show(Expected)}.");
    }

    public override string Explain() => $"holds {NodeMatch.Show(Expected)}";
}

/// <summary>The value must have one of these types.</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : Rule
{
    public override void Check(FhirNode node, ValidationRun run)
    {
        if (types.All(x => !node.TypeRow.Is(x))) run.Error(FhirIssueCodes.WrongType, $"A {node.TypeName} is not allowed here.", $"Use {string.Join(" or ", types)}.");
    }

    public override string Explain() => $"type {string.Join(" or ", types)}";
}

/// <summary>The value must follow a profile of its own: an extension's or a data type's.</summary>
internal sealed class ProfileRule(string canonical) : Rule
{
    public override void Check(FhirNode node, ValidationRun run) => ProfileRules.CheckByCanonical(node, canonical, run);

    public override string Explain() => $"follows {canonical}";
}

/// <summary>How a value compares with a fixed value or a pattern.</summary>
internal static class NodeMatch
{
    public static bool IsExactly(FhirNode node, FhirNode expected)
    {
        if (node is PrimitiveType left && expected is PrimitiveType right) return left.Text == right.Text;
        var a = node.Children().OrderBy(static x => x.Name, StringComparer.Ordinal).ToList();
        var b = expected.Children().OrderBy(static x => x.Name, StringComparer.Ordinal).ToList();
        return a.Count == b.Count && a.Zip(b).All(static x => x.First.Name == x.Second.Name && IsExactly(x.First.Value, x.Second.Value));
    }

    /// <summary>Everything in the pattern is in the value; an item of a list may be anywhere in the list.</summary>
    public static bool Holds(FhirNode node, FhirNode pattern)
    {
        if (node is PrimitiveType left && pattern is PrimitiveType right) return left.Text == right.Text;
        return pattern.Children().All(wanted => node.Children().Any(x => x.Name == wanted.Name && Holds(x.Value, wanted.Value)));
    }

    public static string Show(FhirNode node) => node is PrimitiveType primitive
        ? primitive.Text ?? ""
        : "{" + string.Join(", ", node.Children().Select(static x => $"{x.Name}: {Show(x.Value)}")) + "}";
}
