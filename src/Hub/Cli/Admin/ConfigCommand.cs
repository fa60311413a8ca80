using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp config`: the municipalities' configuration as a file.</summary>
public static class ConfigCommand
{
    public static Command Create() => new("config", "The municipalities' configuration as a YAML file")
    {
        AsOfCommands.CreateConfigurationShow(),
        Rollout(),
        Verb("plan", "Show what the file would change; changes nothing"),
        Verb("apply", "Bring the configuration to what the file says"),
    };

    private static Command Verb(string verb, string description) => OfFile(verb, description, AdminJson.Default.IReadOnlyListConfigurationChange, _ => 0, changes =>
    {
        foreach (var municipality in changes) Print(municipality, verb == "apply");
    });

    private static Command Rollout() => OfFile("rollout", "See the file's municipalities together: who shares what, and what each still misses (exit code 2)", AdminJson.Default.Rollout, rollout => rollout.Municipalities.All(m => m.IsReady) ? 0 : 2, rollout =>
    {
        foreach (var group in rollout.Groups.Where(g => g.Municipalities.Count > 1)) Console.WriteLine($"{group.Kind,-8} {group.Name}: shared by {string.Join(", ", group.Municipalities)}");
        foreach (var municipality in rollout.Municipalities)
        {
            Console.WriteLine($"{municipality.OrgNo} {municipality.Name}: {(municipality.IsReady ? "ready" : "not ready")}, {municipality.Changes} changes");
            foreach (var point in municipality.Points) Console.WriteLine($"  [{(point.Missing is null ? "x" : " ")}] {point.What}{(point.Missing is null ? "" : $": {point.Missing}")}");
        }
    });

    private static Command OfFile<T>(string verb, string description, JsonTypeInfo<T> type, Func<T, int> exit, Action<T> print)
    {
        var file = new Argument<string>("file") { Description = "YAML file" };
        var command = new Command(verb, description) { file };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) throw CommandException.NoFile(path);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(await File.ReadAllTextAsync(path, ct), Encoding.UTF8, "application/yaml");
            var answer = await admin.PostAsync($"admin/config/{verb}", content, type, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, type));
            else print(answer);
            return exit(answer);
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
