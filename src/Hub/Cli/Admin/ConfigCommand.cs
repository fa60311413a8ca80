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
        Export(),
        History(),
        Rollout(),
        Verb("plan", "Show what the file would change; changes nothing"),
        Verb("apply", "Bring the configuration to what the file says"),
    };

    private static Command Export() => OfMunicipality("export", "The configuration of today as the file that would bring it about; patients by their streams, never by number", async (admin, path, _, ct) =>
    {
        await using var output = Console.OpenStandardOutput();
        await admin.DownloadAsync(path, output, ct);
    });

    private static Command History() => OfMunicipality("history", "Every change there ever was, oldest first: when, by whom, what", async (admin, path, asJson, ct) =>
    {
        var changes = await admin.GetAsync(path, AdminJson.Default.IReadOnlyListRecordedLine, ct);
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(changes, AdminJson.Default.IReadOnlyListRecordedLine));
        else foreach (var change in changes) Console.WriteLine($"{change.At:yyyy-MM-dd HH:mm:ss}  {change.Author,-20}  {change.Change}");
    });

    private static Command OfMunicipality(string verb, string description, Func<AdminClient, string, bool, CancellationToken, Task> tell)
    {
        var orgNo = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var command = new Command(verb, description) { orgNo };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            await tell(admin, $"admin/config/{Uri.EscapeDataString(parsed.GetRequiredValue(orgNo))}/{verb}", parsed.GetValue(Shared.Json), ct);
            return 0;
        });
        return command;
    }

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
        var leaveOpen = new Option<bool>("--leave-open") { Description = "Also take away a journal system or a sender that has unfinished messages: they wait until it is named again" };
        var command = new Command(verb, description) { file, leaveOpen };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) throw CommandException.NoFile(path);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(await File.ReadAllTextAsync(path, ct), Encoding.UTF8, "application/yaml");
            var answer = await admin.PostAsync($"admin/config/{verb}{(parsed.GetValue(leaveOpen) ? "?leave-open=true" : "")}", content, type, ct);
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
