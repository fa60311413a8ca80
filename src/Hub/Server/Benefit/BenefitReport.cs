using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;

namespace Vkp.Hub.Benefit;

/// <summary>One kind of event in one Norwegian month.</summary>
/// <param name="Journaled">Notes that nobody had to type.</param>
/// <param name="Avoided">Messages that are told in another's note: entries that would have stood there twice.</param>
/// <param name="Recovered">Journaled after a first try that did not succeed, without anybody typing it.</param>
/// <param name="AlarmSeconds">Of alarms, from when it happened to the receipt of the journal that has it, in a note of its own or its case's; the median, null when there were none.</param>
public sealed record BenefitLine(string Month, string Kind, long Journaled, long Avoided, long Recovered, double? AlarmSeconds)
{
    public MinutesRange Hours(BenefitMinutes minutes) => new(Journaled * minutes.Of(Kind).Low / 60, Journaled * minutes.Of(Kind).High / 60);
}

/// <summary>What the hub has saved, as a table and as a chart a council can read. The formula stands in both, and hours are a range: a single number would claim to know more than anybody does.</summary>
public sealed class BenefitReport(NpgsqlDataSource database)
{
    public Task<IReadOnlyList<BenefitLine>> ReadAsync(int tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => Sql.ReadAsync(
        database, "Benefit.read-benefit.sql", tenant,
        command =>
        {
            command.Parameters.Add(new() { Value = from.ToUniversalTime() });
            command.Parameters.Add(new() { Value = to.ToUniversalTime() });
        },
        r => new BenefitLine(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.IsDBNull(5) ? null : Math.Round(r.GetDouble(5), 1)), ct);

    public static string Csv(IReadOnlyList<BenefitLine> lines, BenefitMinutes minutes)
    {
        var csv = new StringBuilder($"# timer spart = journalført automatisk x minutter per notat / 60; minutter: {minutes}\n");
        csv.Append("måned;hendelse;journalført automatisk;dobbeltføringer unngått;feil håndtert;timer spart fra;timer spart til;alarmer: sekunder fra hendelse til journal (median)\n");
        foreach (var line in lines)
        {
            var hours = line.Hours(minutes);
            csv.Append(CultureInfo.InvariantCulture, $"{line.Month};{line.Kind};{line.Journaled};{line.Avoided};{line.Recovered};{hours.Low:0.0};{hours.High:0.0};{line.AlarmSeconds}\n");
        }

        return csv.ToString();
    }

    /// <summary>A pair of bars for each month: at least, and at most.</summary>
    public static string Svg(IReadOnlyList<BenefitLine> lines, BenefitMinutes minutes)
    {
        const int Width = 900, Height = 420, Left = 60, Bottom = 340, Top = 70;
        var months = lines.GroupBy(line => line.Month).Select(month => (Month: month.Key, Low: month.Sum(l => l.Hours(minutes).Low), High: month.Sum(l => l.Hours(minutes).High))).ToList();
        var most = Math.Max(1, months.Select(m => m.High).DefaultIfEmpty(0).Max());
        var step = (Width - Left - 20.0) / Math.Max(1, months.Count);
        double Y(double hours) => Bottom - (hours / most * (Bottom - Top));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui,sans-serif\" role=\"img\">\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"30\" font-size=\"20\">Timer spart på journalføring per måned (anslag fra–til)</text>\n<line x1=\"{Left}\" y1=\"{Bottom}\" x2=\"{Width - 20}\" y2=\"{Bottom}\" stroke=\"#1a1a1a\"/>\n");
        for (var i = 0; i < months.Count; i++)
        {
            var (month, low, high) = months[i];
            var (x, half) = (Left + (i * step) + (step * 0.15), step * 0.33);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{Y(low):0.#}\" width=\"{half:0.#}\" height=\"{Bottom - Y(low):0.#}\" fill=\"#1f4e79\"/><text x=\"{x + (half / 2):0.#}\" y=\"{Y(low) - 5:0.#}\" font-size=\"12\" text-anchor=\"middle\">{low:0}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + half:0.#}\" y=\"{Y(high):0.#}\" width=\"{half:0.#}\" height=\"{Bottom - Y(high):0.#}\" fill=\"#9dc3e6\"/><text x=\"{x + (half * 1.5):0.#}\" y=\"{Y(high) - 5:0.#}\" font-size=\"12\" text-anchor=\"middle\">{high:0}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + half:0.#}\" y=\"{Bottom + 20}\" font-size=\"12\" text-anchor=\"middle\">{month}</text>\n");
        }

        var formula = WebUtility.HtmlEncode($"Timer = notater ført automatisk × minutter per notat / 60. Minutter: {minutes}.");
        return svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 20}\" font-size=\"12\">{formula}</text>\n</svg>\n").ToString();
    }
}
