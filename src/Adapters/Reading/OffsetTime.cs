using System.Globalization;

namespace Vkp.Adapters.Reading;

/// <summary>RFC 3339 times with an offset, and nothing else.</summary>
internal static class OffsetTime
{
    /// <summary>False for a local time without offset, for a leap second, and for years in which no such event can lie.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, FormOf(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        && time.Year is >= 1900 and <= 2200;

    /// <summary>The one form it can have: trying them in turn costs as often as one is wrong.</summary>
    private static string FormOf(string text) => (text.EndsWith('Z'), text.Contains('.', StringComparison.Ordinal)) switch
    {
        (false, false) => "yyyy-MM-dd'T'HH:mm:sszzz",
        (false, true) => "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        (true, false) => "yyyy-MM-dd'T'HH:mm:ss'Z'",
        (true, true) => "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    };

    /// <summary>As FHIR writes it, with the offset it had.</summary>
    public static string Write(DateTimeOffset time) => time.Offset == TimeSpan.Zero
        ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
