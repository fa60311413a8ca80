using System.CommandLine;

namespace Vkp.Cli.Admin;

/// <summary>`vkp benefit`: what the hub has saved (gevinst), as CSV or as a chart.</summary>
public static class BenefitCommand
{
    public static Command Create()
    {
        var orgNo = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Occurred at or after" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Occurred before" };
        var minutes = new Option<string[]>("--minutes") { Description = "Minutes to write one note by hand, KIND=LOW-HIGH or '*=LOW-HIGH'; can be repeated (default: 2-5)" };
        var file = new Option<string?>("--out") { Description = "Write here; a name that ends in .svg gets the chart", HelpName = "FILE" };
        var command = new Command("benefit", "Notes nobody had to type, per month and kind, as CSV or as a chart") { orgNo, from, to, minutes, file };
        command.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetValue(file);
            var query = new List<string> { name?.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) == true ? "as=svg" : "as=csv" };
            if (parsed.GetValue(from) is { } first) query.Add($"from={Uri.EscapeDataString(first.ToString("O"))}");
            if (parsed.GetValue(to) is { } last) query.Add($"to={Uri.EscapeDataString(last.ToString("O"))}");
            query.AddRange((parsed.GetValue(minutes) ?? []).Select(one => $"minutes={Uri.EscapeDataString(one)}"));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/benefit/{Uri.EscapeDataString(parsed.GetRequiredValue(orgNo))}?{string.Join('&', query)}";
            if (name is null)
            {
                Console.Write(await admin.GetTextAsync(path, ct));
                return 0;
            }

            await using var output = File.Create(name);
            await admin.DownloadAsync(path, output, ct);
            return 0;
        });
        return command;
    }
}
