using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vkp.Cli.Admin;

/// <summary>`vkp export`: a municipality's own data, to take along. Killed, the same command goes on where it was.</summary>
public static class ExportCommand
{
    public static Command Create()
    {
        var orgNo = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var type = new Argument<string>("type") { Description = "The kind of resource, 'MedicationDispense'" };
        var file = new Option<string>("--out") { Description = "NDJSON, one resource per line; the same command goes on where it was interrupted", HelpName = "FILE", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "Why, CODE: TEXT ('arkiv: ny journal'); it is kept", Required = true };
        var command = new Command("export", "FHIR resources of one type as NDJSON, nothing masked") { orgNo, type, file, purpose };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed), parsed.GetRequiredValue(purpose));
            var path = $"admin/export/{Uri.EscapeDataString(parsed.GetRequiredValue(orgNo))}/{Uri.EscapeDataString(parsed.GetRequiredValue(type))}";
            await ExportAsync(admin, path, parsed.GetRequiredValue(file), ct);
            return 0;
        });
        return command;
    }

    private static async Task ExportAsync(AdminClient admin, string path, string file, CancellationToken ct)
    {
        var place = ExportPlace.Read(file, path);
        await using var output = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write);
        if (output.Length < place.Bytes) throw CommandException.NotThisExport(file);
        // What lies behind was written by a page that did not end.
        output.SetLength(place.Bytes);
        output.Position = place.Bytes;
        while (place.UpTo is null || place.Position < place.UpTo)
        {
            var (position, upTo, deleted) = await admin.ExportPageAsync($"{path}?after={place.Position}{(place.UpTo is null ? "" : $"&upTo={place.UpTo}")}", output, ct);
            output.Flush(flushToDisk: true);
            place = place with { Position = position, UpTo = upTo, Bytes = output.Position };
            place.Write(file);
            Console.Error.WriteLine($"{position} of {upTo}, {place.Bytes} bytes{(deleted > 0 ? $"; {deleted} messages not there, their content was deleted under retention" : "")}");
        }
    }
}

/// <summary>How far an export has come, in a file beside the one it writes.</summary>
/// <param name="Of">Which export it is: another one does not go on in its file.</param>
/// <param name="Position">The last place of the log that is in the file.</param>
/// <param name="UpTo">Where it ends; null before the first page.</param>
/// <param name="Bytes">How long the file was then.</param>
public sealed record ExportPlace(string Of, long Position, long? UpTo, long Bytes)
{
    /// <exception cref="CommandException">VKP-907: the file is another export's.</exception>
    public static ExportPlace Read(string file, string of)
    {
        if (!File.Exists(NameOf(file))) return new ExportPlace(of, 0, null, 0);
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllText(NameOf(file)), ExportJson.Default.ExportPlace) is { } place && place.Of == of) return place;
        }
        catch (JsonException)
        {
            // It was not written by an export.
        }

        throw CommandException.NotThisExport(file);
    }

    /// <summary>Whole or not at all: whoever is killed while it is written goes on from the place before.</summary>
    public void Write(string file)
    {
        var fresh = NameOf(file) + ".new";
        File.WriteAllText(fresh, JsonSerializer.Serialize(this, ExportJson.Default.ExportPlace));
        File.Move(fresh, NameOf(file), overwrite: true);
    }

    private static string NameOf(string file) => file + ".position";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportPlace))]
internal sealed partial class ExportJson : JsonSerializerContext;
