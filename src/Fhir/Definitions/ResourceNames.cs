using System.Collections.Frozen;

namespace Vkp.Fhir.Definitions;

/// <summary>All resource types of R4, those without a class included.</summary>
internal static class ResourceNames
{
    private static readonly Lazy<FrozenSet<string>> s_all = new(static () => EmbeddedText.Lines("resources.g.txt").ToFrozenSet(StringComparer.Ordinal));

    public static bool IsR4(string name) => s_all.Value.Contains(name);
}
