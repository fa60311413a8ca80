using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.Sandbox;

namespace Vkp.Cli.SandboxEpj;

/// <summary>`vkp sandbox`: simulated journal systems to develop against, and what stands in their journals.</summary>
public static class SandboxCommand
{
    public static Command Create() => new("sandbox", "Simulated journal systems of every kind, and their journals") { Epj(), Journal() };

    private static Command Epj()
    {
        var kind = new Argument<string>("kind") { Description = $"One that is called: {string.Join(", ", EpjKind.All)}. One that fetches: {string.Join(", ", EpjKind.Fetching)}" };
        var port = new Option<int?>("--port") { Description = $"0 = any free (default: {FetchingSettings.SubscriberPort} for {EpjKind.Subscribing}, whose destination names it; else any free)" };
        var fetching = new FetchingSettings();
        var command = new Command("epj", "Run one simulated journal system until Ctrl-C") { kind, port };
        fetching.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetRequiredValue(kind);
            var folder = Path.Combine(Shared.DirectoryOf(parsed).Sandbox, $"epj-{name}");
            if (EpjKind.Fetching.Contains(name, StringComparer.Ordinal)) return await fetching.RunAsync(parsed, name, folder, parsed.GetValue(port), ct);
            await using var epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(folder, parsed.GetValue(port) ?? 0) { Kind = name }, TimeProvider.System, ct);
            Console.WriteLine($"""
                {name}
                  adapter: {epj.AdapterBase}
                  journal: {epj.BaseAddress}journal
                  faults:  PUT {epj.BaseAddress}control/faults
                """);
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        });
        return command;
    }

    private static Command Journal()
    {
        var address = new Option<string?>("--epj") { Description = "The simulated EPJ's address (default: the one 'vkp up' runs)" };
        var shown = new Option<bool>("--identifiers") { Description = "Show the synthetic patients' numbers" };
        var command = new Command("journal", "What stands in a simulated EPJ's journal, oldest first") { address, shown };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            var epj = parsed.GetValue(address) is { } given
                ? CommandException.Address(given)
                : (directory.Find() ?? throw CommandException.NoHub(directory.Path)).Epj ?? throw CommandException.NoSandbox();
            using var http = new HttpClient();
            var text = await http.GetStringAsync(new Uri(epj, $"journal{(parsed.GetValue(shown) ? "?identifiers=shown" : "")}"), ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(text);
            else foreach (var entry in JsonSerializer.Deserialize(text, SandboxCommandJson.Default.JournalEntryArray)!) Console.WriteLine($"{entry.Sequence}  {entry.JournaledAt:yyyy-MM-dd HH:mm:ss}Z  {entry.PatientValue}\n{Indented(entry.Text)}\n");
            return 0;
        });
        return command;
    }

    private static string Indented(string text) => "    " + text.Replace("\n", "\n    ", StringComparison.Ordinal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalEntry[]))]
internal sealed partial class SandboxCommandJson : JsonSerializerContext;
