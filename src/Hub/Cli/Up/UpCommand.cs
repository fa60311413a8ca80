using System.CommandLine;
using Vkp.Cli.Admin;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Sandbox;

namespace Vkp.Cli.Up;

/// <summary>`vkp up`: the whole hub with its sandbox, one live line per message, until Ctrl-C.</summary>
public static class UpCommand
{
    private const int DefaultPort = 5700;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = $"The hub's port; the EPJ and the issuer take the two after it (0 = any free)", DefaultValueFactory = _ => DefaultPort };
        var once = new Option<bool>("--once") { Description = "Fresh temporary data, a fixed sample flow through both ways in, one JSON line, exit code 0 only if all is as it should be" };
        var quiet = new Option<bool>("--no-traffic") { Description = "Do not let the simulated dispensers send" };
        var minutes = new Option<double>("--day-in-minutes") { Description = "How long the dispensers' day takes", DefaultValueFactory = _ => 3 };
        var empty = new Option<bool>("--empty") { Description = "Know no municipality: for bringing one live as docs/onboarding.md does; no dispensers send" };
        var fetching = new Option<string?>("--fetching-epj") { Description = "A second journal system beside the first, one that fetches; it takes the port after the issuer's" }.AcceptOnlyFromAmong([.. LocalHubOptions.FetchingKinds]);
        var command = new Command("up", "Run the hub with its own database, a simulated EPJ, a token issuer and simulated dispensers") { port, once, quiet, minutes, empty, fetching };
        command.SetAction((parsed, ct) => parsed.GetValue(once)
            ? OnceRun.RunAsync(ct)
            : RunAsync(new LocalHubOptions(Shared.DirectoryOf(parsed), parsed.GetValue(port), new LineProgress(Console.Out)) { IsEmpty = parsed.GetValue(empty), FetchingEpj = parsed.GetValue(fetching) }, !parsed.GetValue(quiet) && !parsed.GetValue(empty), TimeSpan.FromMinutes(parsed.GetValue(minutes)), ct));
        return command;
    }

    private static async Task<int> RunAsync(LocalHubOptions options, bool traffic, TimeSpan day, CancellationToken ct)
    {
        await using var local = await LocalHub.StartAsync(options, ct);
        Greet(local, options.Directory);
        try
        {
            var running = Task.WhenAll(FollowAsync(local, ct), traffic ? PlayAsync(local, day, ct) : Task.CompletedTask);
            if (await Task.WhenAny(running, local.Fault) == local.Fault) throw CommandException.RoomStopped(await local.Fault);
            await running;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }

        Console.WriteLine("stopping ...");
        return 0;
    }

    private static void Greet(LocalHub local, DataDirectory directory)
    {
        var running = local.Running;
        var fetching = local.Fetching is { } epj ? $"\n  fetches {epj.BaseAddress}   its journal: {epj.BaseAddress}journal" : "";
        Console.WriteLine($"""
            The hub is up. Data: {directory.Path}
              hub     {running.Hub}
              EPJ     {running.Epj}   its journal: {running.Epj}journal
              issuer  {running.Issuer}{fetching}
            In another terminal: ./vkp status | ./vkp trigger dose.dispensed | ./vkp trace ID | ./vkp send FILE
            Ctrl-C stops everything.

            """);
    }

    private static async Task FollowAsync(LocalHub local, CancellationToken ct)
    {
        using var admin = new AdminClient(local.Running);
        var lines = new LiveLines();
        await foreach (var line in admin.FollowAsync("admin/tail", AdminJson.Default.TailLine, standing: null, ct))
        {
            if (lines.Tell(line) is { } text) Console.WriteLine(text);
        }
    }

    private static async Task PlayAsync(LocalHub local, TimeSpan day, CancellationToken ct)
    {
        using var http = new HttpClient();
        var options = new DispenserParkOptions(new DispenserSite(SandboxFile.OrgNo), Duration: day);
        var park = new DispenserPark(options, local.SenderOf(DemoClient.Dispensers, http), TimeProvider.System);
        var summary = await park.RunAsync(answered: null, ct);
        Console.WriteLine($"The dispensers' day is over: {summary.Sent} events sent, {summary.Accepted} accepted. The hub goes on; see './vkp status'.");
    }
}

/// <summary>Progress as plain lines, in order.</summary>
public sealed class LineProgress(TextWriter output) : IProgress<string>
{
    public void Report(string value) => output.WriteLine(value);
}
