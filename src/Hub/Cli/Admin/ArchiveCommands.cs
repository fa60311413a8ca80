using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp export` and `vkp shred`: a municipality's own data, to take along, and the end of one patient's.</summary>
public static class ArchiveCommands
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };

    public static Command CreateExport()
    {
        var type = new Argument<string>("type") { Description = "The kind of resource, 'MedicationDispense'" };
        var file = new Option<string>("--out") { Description = "NDJSON, one resource per line; the same command goes on where it was interrupted", HelpName = "FILE", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "Why, CODE: TEXT ('arkiv: ny journal'); it is kept", Required = true };
        var command = new Command("export", "FHIR resources of one type as NDJSON, nothing masked") { OrgNo, type, file, purpose };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed), parsed.GetRequiredValue(purpose));
            var path = $"admin/export/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}/{Uri.EscapeDataString(parsed.GetRequiredValue(type))}";
            await ExportAsync(admin, path, parsed.GetRequiredValue(file), ct);
            return 0;
        });
        return command;
    }

    public static Command CreateShred()
    {
        var reason = new Option<string>("--reason") { Description = "Why; it is kept and stands on the receipt", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Do it; it can never be undone" };
        var command = new Command("shred", "Make everything about one patient unreadable for good; the identity number is asked for, the signed receipt printed") { OrgNo, reason, yes };
        command.SetAction(async (parsed, ct) =>
        {
            if (!parsed.GetValue(yes))
            {
                Console.WriteLine("Nothing is done. Shredding can never be undone: what is in the journal stays there, what is here is gone. Repeat with '--yes' to do it.");
                return 0;
            }

            var request = new ShreddingRequest(parsed.GetRequiredValue(OrgNo), new TracePatient(null, PromptedNumber.Read()), parsed.GetRequiredValue(reason));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.ShreddingRequest), Encoding.UTF8, "application/json");
            Console.WriteLine(await admin.PostTextAsync("admin/shred", content, ct));
            return 0;
        });
        return command;
    }

    /// <summary>The file beside the file says how far it came, and how long the file was then: what is behind that was written by a page that did not end.</summary>
    private static async Task ExportAsync(AdminClient admin, string path, string file, CancellationToken ct)
    {
        var places = file + ".position";
        var (after, upTo, length) = File.Exists(places) && File.ReadAllText(places).Split(' ') is [var position, var end, var written]
            ? (Number(position), (long?)Number(end), Number(written))
            : (0L, null, 0L);
        await using var output = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write);
        output.SetLength(length);
        output.Position = length;
        while (upTo is null || after < upTo)
        {
            (after, upTo, var deleted) = await admin.ExportPageAsync($"{path}?after={after}{(upTo is null ? "" : $"&upTo={upTo}")}", output, ct);
            output.Flush(flushToDisk: true);
            await File.WriteAllTextAsync(places, $"{after} {upTo} {output.Position}", ct);
            Console.Error.WriteLine($"{after} of {upTo}, {output.Position} bytes{(deleted > 0 ? $"; {deleted} messages not there, their content was deleted under retention" : "")}");
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
