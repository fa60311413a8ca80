using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp destination`: stop and start sending to a journal system, for an upgrade there, and say that one is well again.</summary>
public static class DestinationCommand
{
    private static readonly Argument<string> Municipality = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Argument<string> Name = new("name") { Description = "The destination's name" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the log", DefaultValueFactory = _ => "not stated" };

    public static Command Create() => new("destination", "Stop and start sending to a journal system, or try again now what waits there")
    {
        AsOfCommands.CreateQueue(),
        Pausing("pause", "Send nothing to it until it is resumed; messages wait in order"),
        Pausing("resume", "Send again, in order, alarms first"),
        Hasten(),
    };

    private static Command Pausing(string verb, string description)
    {
        var command = new Command(verb, description) { Municipality, Name, Reason };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var change = await admin.PostAsync(PathOf(parsed, verb), null, AdminJson.Default.ConfigurationChange, ct);
            Console.WriteLine(parsed.GetValue(Shared.Json) ? JsonSerializer.Serialize(change, AdminJson.Default.ConfigurationChange) : string.Join('\n', change.Changes));
            return 0;
        });
        return command;
    }

    private static Command Hasten()
    {
        var yes = new Option<bool>("--yes") { Description = "Do it; without this only the count is shown" };
        var command = new Command("hasten", "It is well again: what waits for its next try is tried now, in order, alarms first") { Municipality, Name, yes, Reason };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var answer = await admin.PostAsync($"{PathOf(parsed, command.Name)}&apply={(parsed.GetValue(yes) ? "true" : "false")}", null, AdminJson.Default.HasteningAnswer, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.HasteningAnswer));
            else if (answer.IsDryRun) Console.WriteLine($"Waiting for their next try at '{answer.Destination}': {answer.Waiting}. Nothing is done yet; repeat with '--yes' to try them now.");
            else Console.WriteLine($"Done. Tried now at '{answer.Destination}': {answer.Waiting}.");
            return 0;
        });
        return command;
    }

    private static string PathOf(ParseResult parsed, string verb) =>
        $"admin/destinations/{Uri.EscapeDataString(parsed.GetRequiredValue(Municipality))}/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}/{verb}?reason={Uri.EscapeDataString(parsed.GetRequiredValue(Reason))}";
}
