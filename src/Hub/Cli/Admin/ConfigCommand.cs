using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp config`: the municipalities' configuration as a file.</summary>
public static class ConfigCommand
{
    public static Command Create() => new("config", "The municipalities' configuration as a YAML file")
    {
        AsOfCommands.CreateConfigurationShow(),
        Verb("plan", "Show what the file would change; changes nothing"),
        Verb("apply", "Bring the configuration to what the file says"),
    };

    private static Command Verb(string verb, string description)
    {
        var file = new Argument<string>("file") { Description = "YAML file" };
        var command = new Command(verb, description) { file };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) throw CommandException.NoFile(path);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(await File.ReadAllTextAsync(path, ct), Encoding.UTF8, "application/yaml");
            var changes = await admin.PostAsync($"admin/config/{verb}", content, AdminJson.Default.IReadOnlyListConfigurationChange, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(changes, AdminJson.Default.IReadOnlyListConfigurationChange));
            else foreach (var municipality in changes) Print(municipality, verb == "apply");
            return 0;
        });
        return command;
    }

    private static void Print(ConfigurationChange municipality, bool applied)
    {
        var what = municipality.Changes.Count == 0 ? "nothing to change" : $"{municipality.Changes.Count} changes{(applied ? ", done" : "")}";
        Console.WriteLine($"{municipality.OrgNo} at version {municipality.FromVersion}: {what}");
        foreach (var line in municipality.Changes) Console.WriteLine($"  {line}");
    }
}
