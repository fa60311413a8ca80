using System.Globalization;
using System.Runtime.InteropServices;

namespace Vkp.Hub.Faces;

/// <summary>One `date` parameter of a search (http://hl7.org/fhir/R4/search.html#date): a bound on a time.</summary>
/// <param name="NotBefore">The time is at or after it.</param>
/// <param name="Before">The time is before it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DateBound(DateTimeOffset? NotBefore, DateTimeOffset? Before)
{
    /// <summary>A date without a time of day is a day in Norway, where the patients are.</summary>
    private static readonly TimeZoneInfo Norway = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    public bool Holds(DateTimeOffset at) => (NotBefore is null || at >= NotBefore) && (Before is null || at < Before);

    /// <summary>Reads `ge2026-03-01`, `lt2026-03-02T08:00:00+01:00`, `2026-03-01`; the prefixes are eq, ge, gt, le and lt.</summary>
    public static bool TryParse(string text, out DateBound bound)
    {
        bound = default;
        var prefix = text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[..2] : "eq";
        if (Span(text.AsSpan(text.Length > 2 && char.IsAsciiLetter(text[0]) ? 2 : 0)) is not { } span) return false;

        DateBound? read = prefix switch
        {
            "eq" => new(span.From, span.To),
            "ge" => new(span.From, null),
            "gt" => new(span.To, null),
            "le" => new(null, span.To),
            "lt" => new(null, span.From),
            _ => null,
        };
        bound = read ?? default;
        return read is not null;
    }

    /// <summary>The stretch of time that the text stands for: a day, a second, or as fine as it is written.</summary>
    private static (DateTimeOffset From, DateTimeOffset To)? Span(ReadOnlySpan<char> text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return (Midnight(day), Midnight(day.AddDays(1)));

        // Without an offset nobody knows which moment is meant.
        var hasZone = text.Length > 19 && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-');
        if (!hasZone || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return null;
        var fraction = text.IndexOf('.') is var dot and > 0 ? text[(dot + 1)..].IndexOfAnyExceptInRange('0', '9') : 0;
        return (at, at + TimeSpan.FromTicks(fraction is > 0 and <= 7 ? (long)Math.Pow(10, 7 - fraction) : TimeSpan.TicksPerSecond));
    }

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Norway.GetUtcOffset(local));
    }
}
