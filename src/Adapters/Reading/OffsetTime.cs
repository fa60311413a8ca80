using System.Globalization;

namespace Vkp.Adapters.Reading;

/// <summary>RFC 3339 times with an offset, and nothing else.</summary>
internal static class OffsetTime
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    /// <summary>False for a local time without offset, for a leap second, and for years in which no such event can lie.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        && time.Year is >= 1900 and <= 2200;

    /// <summary>As FHIR writes it, with the offset it had.</summary>
    public static string Write(DateTimeOffset time) => time.Offset == TimeSpan.Zero
        ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
