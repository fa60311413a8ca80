using System.Globalization;

namespace Vkp.Hub.Benefit;

/// <summary>How many minutes it takes to write one note by hand: a range, because nobody knows it to the minute.</summary>
public sealed record MinutesRange(double Low, double High);

/// <summary>The municipality's own measure, by event kind; `*` is for every kind not named.</summary>
public sealed class BenefitMinutes
{
    /// <summary>A short note, and one that has to be looked up and thought over.</summary>
    public static readonly MinutesRange Usual = new(2, 5);

    private readonly SortedDictionary<string, MinutesRange> byKind = new(StringComparer.Ordinal) { ["*"] = Usual };

    public MinutesRange Of(string kind) => byKind.GetValueOrDefault(kind, byKind["*"]);

    /// <summary>Everything that differs from the usual, for whoever reads the report.</summary>
    public override string ToString() => string.Join(", ", byKind.Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Key} {k.Value.Low}-{k.Value.High}")));

    /// <summary>Reads `dose.dispensed=1-3`; null when one of them is not so.</summary>
    public static BenefitMinutes? Parse(IEnumerable<string> given)
    {
        var minutes = new BenefitMinutes();
        foreach (var one in given)
        {
            if (one.Split('=') is not [{ Length: > 0 } kind, var range] || range.Split('-') is not [var low, var high]) return null;
            if (!double.TryParse(low, CultureInfo.InvariantCulture, out var least) || !double.TryParse(high, CultureInfo.InvariantCulture, out var most) || least < 0 || most < least || most > 1000) return null;
            minutes.byKind[kind] = new MinutesRange(least, most);
        }

        return minutes;
    }
}
