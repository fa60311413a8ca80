using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Vkp.Fhir.FhirPath;

/// <summary>The functions over texts. Regular expressions run without backtracking, so that no text makes them slow.</summary>
internal static class PathTexts
{
    private static readonly ConcurrentDictionary<string, Regex> s_expressions = new(StringComparer.Ordinal);

    public static List<object> Test(PathCall call, Func<string, string, bool> test) =>
        call.Text is { } text && call.TextArgument() is { } part ? PathNode.Of(test(text, part)) : PathNode.Empty;

    public static List<object> Matches(PathCall call) =>
        call.Text is { } text && call.TextArgument() is { } pattern ? PathNode.Of(Expression(pattern).IsMatch(text)) : PathNode.Empty;

    public static List<object> ReplaceMatches(PathCall call) =>
        call.Text is { } text && call.TextArgument() is { } pattern && call.TextArgument(1) is { } to ? [Expression(pattern).Replace(text, to)] : PathNode.Empty;

    public static List<object> Substring(PathCall call)
    {
        if (call.Text is not { } text || call.NumberArgument() is not { } start || start < 0 || start >= text.Length) return PathNode.Empty;
        var length = call.Arguments.Count > 1 ? call.NumberArgument(1) ?? 0 : text.Length;
        return [text.Substring((int)start, (int)Math.Clamp(length, 0, text.Length - start))];
    }

    public static List<object> ToInteger(PathCall call) => call.Items is [var one] ? PathValue.Of(one) switch
    {
        long n => [n],
        bool b => [b ? 1L : 0L],
        string s when long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) => [n],
        _ => PathNode.Empty,
    } : PathNode.Empty;

    public static List<object> ToDecimal(PathCall call) => call.Items is [var one] ? PathValue.Of(one) switch
    {
        long n => [(decimal)n],
        decimal d => [d],
        bool b => [b ? 1m : 0m],
        string s when decimal.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) => [d],
        _ => PathNode.Empty,
    } : PathNode.Empty;

    private static Regex Expression(string pattern) => s_expressions.GetOrAdd(pattern, static p => new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
}
