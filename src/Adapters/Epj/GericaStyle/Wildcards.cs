namespace Vkp.Adapters.Epj.GericaStyle;

/// <summary>`%` stands for any text, `%.2.3` for every service code that ends so. No backtracking: the time is bounded by the product of the lengths.</summary>
internal static class Wildcards
{
    public static bool Match(string pattern, string text)
    {
        var parts = pattern.Split('%');
        if (parts.Length == 1) return pattern == text;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;

        // The leftmost place for each part in between leaves the most text for those after it.
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
