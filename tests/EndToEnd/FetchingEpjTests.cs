using System.Diagnostics;
using System.Text;
using Vkp.Cli.Admin;
using Vkp.Hub.Faces;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp sandbox epj` for journal systems that fetch, as processes of their own that die. On a hub of its own: it is given another journal system.</summary>
public sealed class FetchingEpjTests(SandboxHub sandbox) : IClassFixture<SandboxHub>, IDisposable
{
    private readonly List<Process> started = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_between_journaling_and_acknowledging_it_acknowledges_in_its_next_life_and_doubles_nothing()
    {
        using var http = new HttpClient();
        foreach (var kind in (string[])["jft-pull", "fhir-subscription"])
        {
            var first = await StartAsync(kind, port: 0);
            await ConfigureAsync(first.Destination);
            if (kind == "fhir-subscription") await Asking.UntilAsync(() => http.GetStringAsync(new Uri(first.Address, "control/subscription"), Ct), told => told.Contains("\"handshakes\":1", StringComparison.Ordinal));
            using (var hang = new StringContent("""[{"kind":"hang","stage":"afterJournaling"}]""", Encoding.UTF8, "application/json"))
            using (var told = await http.PutAsync(new Uri(first.Address, "control/faults"), hang, Ct)) Assert.True(told.IsSuccessStatusCode);
            var (exitCode, answer) = await sandbox.RunAsync("trigger", "dose.dispensed");
            Assert.True(exitCode == 0, answer);
            await UntilJournaledAsync(http, first.Address, 1);
            await KillAsync(first.Process);

            // Where it is called stands in its destination.
            var second = await StartAsync(kind, first.Address.Port);
            using var admin = AdminClient.Connect(sandbox.Directory);
            await Asking.UntilAsync(() => admin.GetAsync($"admin/trace/{answer.Split("messages/")[1][..36]}", AdminJson.Default.TraceAnswer, Ct), found => found.State == "journaled");
            var (_, journal) = await sandbox.RunAsync("sandbox", "journal", "--epj", second.Address.ToString());
            await UntilJournaledAsync(http, second.Address, 1);
            await KillAsync(second.Process);

            Assert.Contains("Medisin utlevert", journal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hub_that_is_named_needs_a_client_that_fetches_from_it()
    {
        var (exitCode, said) = await sandbox.RunAsync("sandbox", "epj", "jft-pull", "--hub", "http://127.0.0.1:1");

        Assert.Equal(64, exitCode);
        Assert.StartsWith("VKP-954", said, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var process in started)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
    }

    private static Task<string> UntilJournaledAsync(HttpClient http, Uri epj, int entries) =>
        Asking.UntilAsync(() => http.GetStringAsync(new Uri(epj, "journal/count"), Ct), count => count == $$"""{"journaled":{{entries}},"doubled":0}""");

    /// <summary>Beside the sandbox's own journal system, as the command says that it should be named.</summary>
    private async Task ConfigureAsync(string destination)
    {
        var file = await File.ReadAllTextAsync(Path.Combine(sandbox.Directory.Sandbox, "municipality.yaml"), Ct);
        var own = file.Split('\n').Single(line => line.Contains("- { name: epj,", StringComparison.Ordinal));
        var (exitCode, said) = await sandbox.RunAsync("config", "apply", sandbox.Write("fetching.yaml", Encoding.UTF8.GetBytes(file.Replace(own, $"{own}\n      - {destination}", StringComparison.Ordinal))));
        Assert.True(exitCode == 0, said);
    }

    /// <returns>Where it is reached, and the destination it asks to be registered as.</returns>
    private async Task<(Process Process, Uri Address, string Destination)> StartAsync(string kind, int port)
    {
        var process = CommandRun.Start(["sandbox", "epj", kind, "--every", "1", "--port", $"{port}", "--data", sandbox.Directory.Path]);
        started.Add(process);
        string? destination = null;
        while (await process.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.Contains("- { name:", StringComparison.Ordinal)) destination = line.Trim()[2..];
            if (line.Contains("journal:", StringComparison.Ordinal)) return (process, new Uri(line.Split("journal:")[1].Trim()[..^"journal".Length]), destination!);
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Ct));
    }

    private static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(Ct);
    }
}
