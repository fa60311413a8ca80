using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp config show` and `vkp destination queue`: how things were at a time.</summary>
public static class AsOfCommands
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Option<DateTimeOffset?> At = new("--at") { Description = "The time, 2026-02-14T03:00+01:00 (default: now)" };

    public static Command CreateConfigurationShow()
    {
        var command = new Command("show", "The configuration as it is, or as it was at a time") { OrgNo, At };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var state = await admin.GetAsync($"admin/config/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}{Query(parsed)}", AdminJson.Default.RegistryState, ct);
            var json = JsonSerializer.SerializeToElement(state, AdminJson.Default.RegistryState);
            Console.WriteLine(JsonSerializer.Serialize(json, parsed.GetValue(Shared.Json) ? JsonSerializerOptions.Default : Shared.Indented));
            return 0;
        });
        return command;
    }

    public static Command CreateQueue()
    {
        var name = new Argument<string>("name") { Description = "The destination's name" };
        var command = new Command("queue", "What waits for it, or waited at a time") { OrgNo, name, At };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/destinations/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/queue{Query(parsed)}";
            var picture = await admin.GetAsync(path, AdminJson.Default.QueuePicture, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(picture, AdminJson.Default.QueuePicture));
            else Console.WriteLine($"{picture.Messages.Count}{(picture.IsCut ? " and more" : "")} waited for '{picture.Destination}' at {picture.At:O}");
            if (!parsed.GetValue(Shared.Json)) foreach (var m in picture.Messages) Console.WriteLine($"  {m.MessageId}  {m.Lane,-8}  registered {m.RegisteredAt:yyyy-MM-dd HH:mm:ss}, {m.Attempts} tries");
            return 0;
        });
        return command;
    }

    private static string Query(ParseResult parsed) => parsed.GetValue(At) is { } at ? $"?at={Uri.EscapeDataString(at.ToString("O"))}" : "";
}
