using System.Globalization;

namespace Vkp.Fhir.Model;

/// <summary>Points in time as FHIR writes them. Parsing accepts more decimals than a tick can hold and cuts them.</summary>
public static class FhirTime
{
    /// <summary>`2026-11-20T08:00:00+01:00`, with decimals only when there are any and `Z` for offset zero.</summary>
    public static string Format(DateTimeOffset value)
    {
        var text = value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return value.Offset == TimeSpan.Zero ? text + "Z" : text + value.ToString("zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>True for a full date and time with an offset. A leap second counts as the second after.</summary>
    public static bool TryParseInstant(string? text, out DateTimeOffset value)
    {
        value = default;
        if (text is null || !FhirFormats.IsInstant(text)) return false;
        var offsetAt = text[^1] == 'Z' ? text.Length - 1 : text.Length - 6;
        var leap = text[17] == '6';
        var seconds = string.Concat(text.AsSpan(0, 17), leap ? "59" : text.AsSpan(17, 2));
        if (!DateTime.TryParseExact(seconds, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        var fraction = offsetAt > 20 ? text.AsSpan(20, Math.Min(offsetAt - 20, 7)) : [];
        var ticks = fraction.IsEmpty ? 0L : long.Parse(fraction, CultureInfo.InvariantCulture) * (long)Math.Pow(10, 7 - fraction.Length);
        var offset = text[^1] == 'Z' ? TimeSpan.Zero : TimeSpan.ParseExact(text.AsSpan(text.Length - 5), "hh\\:mm", CultureInfo.InvariantCulture);
        if (text[offsetAt] == '-') offset = -offset;
        var utcTicks = local.Ticks + ticks + (leap ? TimeSpan.TicksPerSecond : 0);
        if (utcTicks - offset.Ticks < DateTime.MinValue.Ticks || utcTicks - offset.Ticks > DateTime.MaxValue.Ticks || utcTicks > DateTime.MaxValue.Ticks) return false;
        value = new DateTimeOffset(utcTicks, offset);
        return true;
    }
}
