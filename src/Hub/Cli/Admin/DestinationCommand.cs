using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp destination`: stop and start sending to a journal system, for an upgrade there.</summary>
public static class DestinationCommand
{
    public static Command Create() => new("destination", "Stop and start sending to a journal system")
    {
        AsOfCommands.CreateQueue(),
        Verb("pause", "Send nothing to it until it is resumed; messages wait in order"),
        Verb("resume", "Send again, in order, alarms first"),
    };

    private static Command Verb(string verb, string description)
    {
        var municipality = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var name = new Argument<string>("name") { Description = "The destination's name" };
        var reason = new Option<string>("--reason") { Description = "Why, for the log", DefaultValueFactory = _ => "not stated" };
        var command = new Command(verb, description) { municipality, name, reason };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/destinations/{Uri.EscapeDataString(parsed.GetRequiredValue(municipality))}/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/{verb}?reason={Uri.EscapeDataString(parsed.GetRequiredValue(reason))}";
            var change = await admin.PostAsync(path, null, AdminJson.Default.ConfigurationChange, ct);
            Console.WriteLine(parsed.GetValue(Shared.Json) ? JsonSerializer.Serialize(change, AdminJson.Default.ConfigurationChange) : string.Join('\n', change.Changes));
            return 0;
        });
        return command;
    }
}
