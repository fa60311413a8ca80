using System.Globalization;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The days a patient is away, and the pouches taken along.</summary>
internal sealed record Trip(DateOnly From, DateOnly To, int? Pouches)
{
    /// <summary>`12.05.2026–14.05.2026, 9 poser`.</summary>
    public string Period => $"{Day(From)}–{Day(To)}{(Pouches is { } pouches ? $", {Words.Pouches(pouches)}" : string.Empty)}";

    public static Trip Read(JsonFields data)
    {
        if (data.Object("trip") is not { } trip)
            return new Trip(default, default, null);
        var (from, to) = (Date(trip, "from"), Date(trip, "to"));
        if (to < from)
            trip.Findings.Fault(TranslationErrors.Contradiction(trip.Path, "the trip ends before it begins"));
        return new Trip(from, to, trip.IntegerOrNull("pouches", min: 1, max: 1000));
    }

    private static DateOnly Date(JsonFields trip, string name)
    {
        var text = trip.Text(name, charactersMax: 10);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (text.Length > 0)
            trip.Findings.Fault(TranslationErrors.TextForm(trip.At(name), "a date such as 2026-05-11"));
        return default;
    }

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}
