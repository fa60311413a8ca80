using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.EmbeddedPostgres;

namespace Vkp.Cli.Bench;

/// <summary>`vkp bench store`: measures the event store on this machine, against plain Npgsql in the same minutes.</summary>
internal static class BenchCommands
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds per comparison; ours and raw take turns.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 1.0 };
        var parts = new Option<string[]>("--part") { Description = "Measure only this; can be repeated.", DefaultValueFactory = _ => [.. StoreBench.Parts] };
        parts.AcceptOnlyFromAmong([.. StoreBench.Parts]);
        var store = new Command("store", "Appends, reads, subscriptions and verification of the event store, beside the same rows in plain Npgsql.") { rounds, seconds, parts };
        store.SetAction((parsed, ct) => OnDatabaseAsync(
            (owner, cancel) => MeasureAsync(owner, parsed.GetValue(Shared.Json), parsed.GetValue(parts)!, parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancel), ct));
        return new Command("bench", "Measurements on this machine.") { store, Growth(), Intake(), Flow(), Replay() };
    }

    private static Command Growth()
    {
        var events = new Option<long>("--events") { Description = "How long the log becomes.", DefaultValueFactory = _ => 20_000_000 };
        var early = new Option<long>("--early") { Description = "How long it is where the first rate begins.", DefaultValueFactory = _ => 1_000_000 };
        var kept = new Option<bool>("--keep-bodies") { Description = "Leave out the deletion, which takes longer than the appends." };
        var command = new Command("growth", "The rate of appends in a short log and in a long one, then the long one's bodies deleted, with bytes before and after; on a database of its own (about a kilobyte of disk per event).") { events, early, kept };
        command.Validators.Add(given =>
        {
            if (given.GetValue(events) < 2 * given.GetValue(early)) given.AddError("--events is at least twice --early: the two rates must be of different events.");
        });
        command.SetAction((parsed, ct) => OnDatabaseAsync(
            async (owner, cancel) =>
            {
                await using var store = await BenchStore.CreateAsync(owner, cancel);
                var bench = new GrowthBench(store, new StoreBench(store, TimeSpan.Zero, rounds: 0, Progress), Progress);
                Console.WriteLine(JsonSerializer.Serialize(await bench.RunAsync(parsed.GetValue(early), parsed.GetValue(events), !parsed.GetValue(kept), cancel), parsed.GetValue(Shared.Json) ? Json : Indented));
                return 0;
            },
            ct));
        return command;
    }

    private static Command Intake()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds per comparison; the hub and the store alone take turns.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 4.0 };
        var backlog = new Option<int>("--backlog") { Description = "Events posted beside the alarms.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("intake", "Events posted to a hub over HTTP, against the store alone with the same bodies.") { rounds, seconds, backlog };
        command.SetAction(async (parsed, ct) =>
        {
            await using var hub = await LoadedHub.StartAsync((_, _) => { }, ct);
            await using var store = await BenchStore.CreateAsync(hub.Cluster.ConnectionString, ct);
            var bench = new IntakeBench(hub, store, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(backlog), Progress);
            Console.WriteLine(JsonSerializer.Serialize(await bench.RunAsync(ct), parsed.GetValue(Shared.Json) ? Json : Indented));
            return 0;
        });
        return command;
    }

    private static Command Flow()
    {
        var seconds = new Option<double>("--seconds") { Description = "Length of the sustained part.", DefaultValueFactory = _ => 60.0 };
        var calm = new Option<double>("--calm-seconds") { Description = "Length of the part at fifty events a second.", DefaultValueFactory = _ => 20.0 };
        var backlog = new Option<int>("--backlog") { Description = "Events that drain beside the alarms.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("flow", "From a vendor's post to a journal system's answer, through a real hub.") { seconds, calm, backlog };
        command.SetAction(async (parsed, ct) =>
        {
            var journeys = new Journeys();
            await using var hub = await LoadedHub.StartAsync(journeys.Arrive, ct);
            var bench = new FlowBench(hub, journeys, TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(calm)), parsed.GetValue(backlog), Progress);
            var result = await bench.RunAsync(ct);
            Console.WriteLine(JsonSerializer.Serialize(result, parsed.GetValue(Shared.Json) ? Json : Indented));
            return result is { Lost: 0, Doubled: 0, Inversions: 0 } ? 0 : 1;
        });
        return command;
    }

    private static Command Replay()
    {
        var messages = new Option<int>("--messages") { Description = "Messages in the log.", DefaultValueFactory = _ => 20_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds per comparison; the replay and the store alone take turns.", DefaultValueFactory = _ => 3 };
        var warmed = new Option<bool>("--no-warm-up") { Description = "Measure the first round: for long logs, where a round is minutes." };
        var command = new Command("replay", "Audit replay and trace on a real hub, against the store read and opened alone (four kilobytes of disk per message).") { messages, rounds, warmed };
        command.SetAction(async (parsed, ct) =>
        {
            await using var hub = await LoadedHub.StartAsync((_, _) => { }, ct);
            var bench = new ReplayBench(hub, parsed.GetValue(messages), parsed.GetValue(rounds), parsed.GetValue(warmed), Progress);
            Console.WriteLine(JsonSerializer.Serialize(await bench.RunAsync(ct), parsed.GetValue(Shared.Json) ? Json : Indented));
            return 0;
        });
        return command;
    }

    private static void Progress(string text) => Console.Error.WriteLine(text);

    /// <summary>VKP_DATABASE, or a database that is thrown away afterwards.</summary>
    private static async Task<int> OnDatabaseAsync(Func<string, CancellationToken, Task<int>> measure, CancellationToken ct)
    {
        var existing = Environment.GetEnvironmentVariable("VKP_DATABASE");
        if (!string.IsNullOrWhiteSpace(existing))
            return await measure(existing, ct);

        var folder = Directory.CreateTempSubdirectory("vkp-bench");
        try
        {
            await using var cluster = await Cluster.StartAsync(folder.FullName, null, ct);
            try
            {
                await UsedLogFiles.MakeAsync(cluster.SuperuserConnectionString, ct);
                return await measure(cluster.ConnectionString, ct);
            }
            finally
            {
                // Its data may lie outside the folder, where the server's own account can read it.
                await cluster.DestroyAsync(CancellationToken.None);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string owner, bool json, string[] parts, int rounds, TimeSpan round, CancellationToken ct)
    {
        await using var store = await BenchStore.CreateAsync(owner, ct);
        var result = await new StoreBench(store, round, rounds, Progress).RunAsync(parts, ct);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return 0;
        }

        Line("single append, 64 callers", result.SingleAppend);
        Line("single append, 400 callers", result.Append400);
        Line("plain append, 64 callers", result.SingleAppendPlain);
        Line("plain append, 400 callers", result.Append400Plain);
        Line("batches of 100, 1 writer", result.Batch100);
        Line("batches of 100, 4 writers", result.Batch100x4);
        Line("read, bodies opened", result.ReadOpened);
        Line("read, bodies sealed", result.ReadSealed);
        if (result.AuditVerifyPerSecond is { } verified)
            Console.WriteLine($"audit verify                 {verified,8:F0}/s");

        if (result.IdleLagP99Ms is { } lag)
            Console.WriteLine($"idle subscription lag: p50 {result.IdleLagP50Ms} ms, p99 {lag} ms");

        if (result.SealShare is { } share)
            Console.WriteLine($"sealing takes {share:P0} of a core in batches");

        return 0;
    }

    private static void Line(string what, Comparison? measured)
    {
        if (measured is { } c)
            Console.WriteLine($"{what,-28} {c.PerSecond,8:F0}/s  raw {c.RawPerSecond,8:F0}/s  ratio {c.Ratio:F2}  p50/p99 {c.P50Ms:F1}/{c.P99Ms:F1} ms  raw {c.RawP50Ms:F1}/{c.RawP99Ms:F1} ms");
    }
}
