using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp subscription resume`: let a room that stopped on an error go on, when its cause is mended.</summary>
public static class SubscriptionCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "As 'vkp status' shows it: routing, messages" };
        var municipality = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var resume = new Command("resume", "Go on at the page it stopped at; nothing is skipped") { name, municipality };
        resume.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/subscriptions/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/{Uri.EscapeDataString(parsed.GetRequiredValue(municipality))}/resume";
            var lines = await admin.PostAsync(path, null, AdminJson.Default.SubscriptionStatusArray, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(lines, AdminJson.Default.SubscriptionStatusArray));
            else foreach (var line in lines) Console.WriteLine($"{line.Name} goes on at {line.Position} of {line.Head}.");
            return 0;
        });
        return new Command("subscription", "The rooms that follow the logs") { resume };
    }
}
