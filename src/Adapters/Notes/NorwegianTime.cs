using System.Globalization;

namespace Vkp.Adapters.Notes;

/// <summary>
/// Instants as a health worker in Norway reads them. The rule of the clock change is computed (last Sunday of March and October, 01:00 UTC,
/// as in all of the EU and EEA since 1996), so that the text is the same on a machine without time zone files.
/// </summary>
public static class NorwegianTime
{
    /// <summary>The instant with Norway's offset at that moment.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant)
    {
        // At the ends of the calendar an offset would leave it; no such time is real, and none may make the note fail.
        if (instant.UtcDateTime.Year is < 2 or > 9998)
            return instant;
        return instant.ToOffset(TimeSpan.FromHours(IsSummer(instant) ? 2 : 1));
    }

    /// <summary>The Norwegian calendar day of an instant.</summary>
    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>The instant a Norwegian day begins. The clock changes at 02:00 and 03:00, so midnight is there once every day.</summary>
    public static DateTimeOffset StartOfDay(DateOnly day)
    {
        var winter = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(1));
        return Local(winter).Hour == 0 ? winter : winter.AddHours(-1).ToOffset(TimeSpan.FromHours(2));
    }

    /// <summary>`11.05.2026 kl. 08:00`; in the hour that occurs twice it says which: `25.10.2026 kl. 02:30 (sommertid)`.</summary>
    public static string DateAndTime(DateTimeOffset instant)
    {
        var local = Local(instant);
        return $"{Date(instant)} kl. {local.ToString("HH:mm", CultureInfo.InvariantCulture)}{Which(instant)}";
    }

    /// <summary>`14.02.2026 kl. 03:12:31`, for a log in which much happens within a minute.</summary>
    public static string DateAndSeconds(DateTimeOffset instant) =>
        $"{Date(instant)} kl. {Local(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}{Which(instant)}";

    /// <summary>`11.05.2026`.</summary>
    public static string Date(DateTimeOffset instant) => Local(instant).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>`kl. 08:00` when the instant is on the same Norwegian day as <paramref name="day"/>, otherwise with the date before it.</summary>
    public static string TimeOn(DateTimeOffset instant, DateTimeOffset day) => Local(instant).Date == Local(day).Date
        ? $"kl. {Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture)}{Which(instant)}"
        : DateAndTime(instant);

    private static string Which(DateTimeOffset instant)
    {
        var change = Change(instant.UtcDateTime.Year, month: 10);
        if (instant >= change.AddHours(-1) && instant < change)
            return " (sommertid)";
        return instant >= change && instant < change.AddHours(1) ? " (normaltid)" : string.Empty;
    }

    private static bool IsSummer(DateTimeOffset instant)
    {
        var year = instant.UtcDateTime.Year;
        return instant >= Change(year, month: 3) && instant < Change(year, month: 10);
    }

    private static DateTimeOffset Change(int year, int month)
    {
        var last = new DateTimeOffset(year, month, 31, 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
