using System.Globalization;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.FhirPath;

/// <summary>A date, dateTime or time as text with its precision; compared field by field, unknown when precisions differ.</summary>
public sealed record PathTime(string Text, bool IsTime)
{
    public override string ToString() => Text;

    /// <summary>Less than, equal to or greater than zero; null when one is known more precisely and they agree so far.</summary>
    internal int? CompareTo(PathTime other)
    {
        if (IsTime != other.IsTime) return null;
        if (!IsTime && FhirTime.TryParseInstant(Text, out var a) && FhirTime.TryParseInstant(other.Text, out var b)) return a.CompareTo(b);
        var left = WithoutOffset(Text);
        var right = WithoutOffset(other.Text);
        var common = Math.Min(left.Length, right.Length);
        var order = left[..common].CompareTo(right[..common], StringComparison.Ordinal);
        if (order != 0) return order;
        return left.Length == right.Length || common >= 19 ? 0 : null;
    }

    private static ReadOnlySpan<char> WithoutOffset(string text)
    {
        if (text.EndsWith('Z')) return text.AsSpan(0, text.Length - 1);
        return text.Length > 19 && text[^6] is '+' or '-' ? text.AsSpan(0, text.Length - 6) : text;
    }
}

/// <summary>A number with a unit.</summary>
public sealed record PathQuantity(decimal Value, string Unit);

/// <summary>FHIR primitives as FHIRPath values, and how values compare.</summary>
internal static class PathValue
{
    /// <summary>A plain value for a primitive or quantity; the node itself for anything else.</summary>
    public static object Of(object item) => item switch
    {
        FhirBoolean { Value: { } b } => b ? PathNode.True[0] : PathNode.False[0],
        Integer { Value: { } i } => (long)i,
        FhirDecimal { Value: { } d } => d,
        Date { Text: { } text } => new PathTime(text, false),
        FhirDateTime { Text: { } text } => new PathTime(text, false),
        Instant { Text: { } text } => new PathTime(text, false),
        Time { Text: { } text } => new PathTime(text, true),
        PrimitiveType { Text: { } text } => text,
        Quantity { Value: { } value } quantity => new PathQuantity(value, quantity.Code ?? quantity.Unit ?? "1"),
        _ => item,
    };

    /// <summary>Null when it cannot be known (dates of different precision).</summary>
    public static bool? AreEqual(object left, object right)
    {
        var (a, b) = (Of(left), Of(right));
        switch (a, b)
        {
            case (string x, string y):
                return x == y;
            case (bool x, bool y):
                return x == y;
            case (long or decimal, long or decimal):
                return ToDecimal(a) == ToDecimal(b);
            case (PathTime x, PathTime y):
                return x.CompareTo(y) is { } order ? order == 0 : null;
            case (PathTime x, string y):
                return x.Text == y;
            case (string x, PathTime y):
                return x == y.Text;
            case (PathQuantity x, PathQuantity y):
                return x == y;
            case (FhirNode x, FhirNode y):
                return Same(x, y);
            default:
                return false;
        }
    }

    public static bool? AreEqual(List<object> left, List<object> right)
    {
        if (left.Count == 0 || right.Count == 0) return null;
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (AreEqual(left[i], right[i]) is not true and var answer) return answer;
        }

        return true;
    }

    public static bool Contains(List<object> items, object item) => items.Exists(x => AreEqual(x, item) is true);

    /// <summary>Null when it cannot be known. Throws when the kinds have no order.</summary>
    public static int? Compare(object left, object right) => (Of(left), Of(right)) switch
    {
        (string x, string y) => string.CompareOrdinal(x, y),
        (long or decimal, long or decimal) => ToDecimal(Of(left)).CompareTo(ToDecimal(Of(right))),
        (PathTime x, PathTime y) => x.CompareTo(y),
        (PathTime x, string y) => x.CompareTo(new PathTime(y, x.IsTime)),
        (string x, PathTime y) => new PathTime(x, y.IsTime).CompareTo(y),
        (PathQuantity x, PathQuantity y) => x.Unit == y.Unit ? x.Value.CompareTo(y.Value) : null,
        (PathQuantity x, long or decimal) => x.Unit == "1" ? x.Value.CompareTo(ToDecimal(Of(right))) : null,
        _ => throw new FhirPathException("These two cannot be put in order."),
    };

    public static decimal ToDecimal(object value) => value is long l ? l : (decimal)value;

    /// <summary>Null for what has no text.</summary>
    public static string? ToText(object item) => Of(item) switch
    {
        string s => s,
        bool b => b ? "true" : "false",
        long l => l.ToString(CultureInfo.InvariantCulture),
        decimal d => item is FhirDecimal { Text: { } text } ? text : d.ToString(CultureInfo.InvariantCulture),
        PathTime t => t.Text,
        PathQuantity q => $"{q.Value.ToString(CultureInfo.InvariantCulture)} '{q.Unit}'",
        _ => null,
    };

    private static bool Same(FhirNode a, FhirNode b)
    {
        if (ReferenceEquals(a, b)) return true;
        if ((a as PrimitiveType)?.Text != (b as PrimitiveType)?.Text) return false;
        var left = a.Children().Where(static x => x.Name != "id" || x.Value is not FhirString).ToList();
        var right = b.Children().Where(static x => x.Name != "id" || x.Value is not FhirString).ToList();
        return left.Count == right.Count && left.TrueForAll(x => right.Exists(y => y.Name == x.Name && AreEqual(x.Value, y.Value) is true));
    }
}
