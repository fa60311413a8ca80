using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Npgsql;
using Vkp.Cli.Admin;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.EventStore;
using Vkp.Hub;
using Vkp.Hub.Faces;
using Vkp.Hub.Privacy;
using Vkp.Hub.Replay;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Bench;

/// <summary>Audit replay and trace on a real hub whose log holds a given number of messages.</summary>
internal sealed record ReplayBenchResult
{
    /// <summary>How many messages the log held.</summary>
    public required int Messages { get; init; }

    /// <summary>Messages opened, translated again and compared per second, as fast as it goes; from the start to the signed report, the median of the rounds.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>The store alone: the same log read page by page and its messages opened, in messages per second, in rounds that take turns.</summary>
    public required double OpenedReadPerSecond { get; init; }

    public required double RatioOfOpenedRead { get; init; }

    /// <summary>What the hub's process holds after the last round.</summary>
    public required double ResidentMb { get; init; }

    /// <summary>From question to answer over HTTP, body opened and its opening kept; the median.</summary>
    public required double TraceByMessageMs { get; init; }

    /// <summary>The same for a patient's latest fifty messages.</summary>
    public required double TraceByPatientMs { get; init; }

    /// <summary>From post to answer of single events, fifty a second, with nothing beside them.</summary>
    public required double LiveP99Ms { get; init; }

    /// <summary>The same while one replay after the other goes at the pace that a replay has unless an operator says otherwise.</summary>
    public required double LiveBesideReplayP99Ms { get; init; }

    /// <summary>The same while one replay after the other goes as fast as it can.</summary>
    public required double LiveBesideUnpacedReplayP99Ms { get; init; }
}

internal sealed class ReplayBench(LoadedHub hub, int messages, int rounds, Action<string> progress)
{
    private const int Batch = 100;
    private const int Traces = 40;

    /// <summary>Where a hub keeps its tables unless it is told otherwise.</summary>
    private const string Schema = "vkp";
    private const string Purpose = "measurement";
    private const int Unpaced = 0;

    /// <summary>How long events are posted alone, and at least how long beside replays: some 500 of them.</summary>
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(10);

    private int posted;

    public async Task<ReplayBenchResult> RunAsync(CancellationToken ct)
    {
        await hub.PauseAsync(true, ct);
        var ids = await FillAsync(ct);
        var (replayed, read) = (new Measurement(), new Measurement());
        for (var i = 0; i <= rounds; i++)
        {
            progress($"replay: round {i} of {rounds}");
            // The first round warms both up.
            if (i == 1) (replayed, read) = (new(), new());
            await read.RunAsync(() => ReadOpenedAsync(ct));
            await replayed.RunAsync(() => ReplayAsync(Unpaced, ct));
        }

        var byMessage = await TraceAsync(turn => new TraceQuestion(Id: ids[turn * 7919 % ids.Count].ToString(), Purpose: Purpose), ct);
        var byPatient = await TraceAsync(turn => new TraceQuestion(Patient: new TracePatient(null, Traffic.NationalIds[turn * 31 % Traffic.Patients]), Purpose: Purpose), ct);
        var (live, paced, unpaced) = await LiveAsync(ct);
        return new ReplayBenchResult
        {
            LiveP99Ms = live,
            LiveBesideReplayP99Ms = paced,
            LiveBesideUnpacedReplayP99Ms = unpaced,
            Messages = ids.Count,
            MessagesPerSecond = Math.Round(replayed.PerSecond),
            OpenedReadPerSecond = Math.Round(read.PerSecond),
            RatioOfOpenedRead = Math.Round(replayed.PerSecond / read.PerSecond, 2),
            ResidentMb = hub.Usage().ResidentMb,
            TraceByMessageMs = byMessage,
            TraceByPatientMs = byPatient,
        };
    }

    private async Task<IReadOnlyList<Guid>> FillAsync(CancellationToken ct)
    {
        progress($"posting {messages} messages");
        var posts = messages / Batch;
        posted = posts * Batch;
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, posts), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (post, token) =>
        {
            await hub.PostBatchAsync(DemoClient.Dispensers, Enumerable.Range(post * Batch, Batch).Select(n => Traffic.Dose(n % Traffic.Callers, n / Traffic.Callers)), token);
            if (Interlocked.Increment(ref done) % 100 == 0) progress($"posted {done * Batch}");
        });
        await hub.CheckNothingHeldAsync(ct);
        while ((await hub.StatusAsync(ct)).Subscriptions.Any(s => s.Behind > 0)) await Task.Delay(200, ct);

        // Every message's id, from the log, as an operator's list would have them.
        var ids = new List<Guid>();
        await ForEachPageAsync((page, _) => ids.AddRange(page.Where(IsMessage).Select(e => e.Id)), ct);
        return ids;
    }

    private async Task<int> ReadOpenedAsync(CancellationToken ct)
    {
        var opened = 0;
        await ForEachPageAsync((page, bodies) => opened += page.Where((e, i) => IsMessage(e) && bodies[i] is { Length: > 0 }).Count(), ct);
        return opened;
    }

    private async Task ForEachPageAsync(Action<IReadOnlyList<RecordedEvent>, ReadOnlyMemory<byte>?[]> take, CancellationToken ct)
    {
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(hub.Cluster.ConnectionString, Schema));
        await using var log = new Vkp.EventStore.EventLog(app);
        var vault = new Vault(app, MasterKey.Load(null, hub.MasterKeyFile), TimeProvider.System);
        var tenant = int.Parse(SandboxFile.OrgNo, System.Globalization.CultureInfo.InvariantCulture);
        var position = 0L;
        while (await log.ReadLogAsync(tenant, position, Limits.ReplayPageEventsMax, ct) is { Count: > 0 } page)
        {
            IReadOnlyList<RecordedEvent> messagesOfPage = [.. page.Where(IsMessage)];
            take(messagesOfPage, messagesOfPage.Count == 0 ? [] : await vault.OpenAsync(messagesOfPage, ct));
            position = page[^1].Position;
        }
    }

    private static bool IsMessage(RecordedEvent recorded) => recorded.Type == MessageEvents.Accepted;

    private async Task<int> ReplayAsync(int? rate, CancellationToken ct)
    {
        using var admin = new AdminClient(hub.Running);
        using var content = Json(JsonSerializer.Serialize(new ReplayRequest(SandboxFile.OrgNo, Purpose: Purpose, Rate: rate), AdminJson.Default.ReplayRequest));
        var planned = await admin.PostAsync("admin/replays", content, AdminJson.Default.ReplayStatus, ct);
        var path = $"admin/replays/{planned.OrgNo}/{planned.ReplayId}";
        var status = await admin.PostAsync($"{path}/run", null, AdminJson.Default.ReplayStatus, ct);
        while (status.State == ReplayStates.Running)
        {
            await Task.Delay(30, ct);
            status = await admin.GetAsync(path, AdminJson.Default.ReplayStatus, ct);
        }

        if (status.State != ReplayStates.Completed || status.Changed + status.Unreadable > 0)
            throw new InvalidOperationException($"The replay under measurement is not what it should be: {status.State}, {status.Changed} changed, {status.Unreadable} unreadable.");
        return (int)status.Messages;
    }

    private async Task<double> TraceAsync(Func<int, TraceQuestion> question, CancellationToken ct)
    {
        using var admin = new AdminClient(hub.Running);
        var took = new List<double>();
        for (var turn = 0; turn < Traces; turn++)
        {
            using var content = Json(JsonSerializer.Serialize(question(turn), AdminJson.Default.TraceQuestion));
            var started = Stopwatch.GetTimestamp();
            await admin.PostTextAsync("admin/trace", content, ct);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Math.Round(took.Order().ElementAt(took.Count / 2), 1);
    }

    private async Task<(double Alone, double Paced, double Unpaced)> LiveAsync(CancellationToken ct)
    {
        progress("live events alone");
        await PostWhileAsync(TimeSpan.FromSeconds(1), Task.CompletedTask, ct);
        var alone = await PostWhileAsync(Live, Task.CompletedTask, ct);
        progress("live events beside replays");
        var paced = await PostWhileAsync(Live, ReplayForAsync(null, Live, ct), ct);
        progress("live events beside replays that take everything");
        return (alone, paced, await PostWhileAsync(Live, ReplayForAsync(Unpaced, Live, ct), ct));
    }

    private async Task ReplayForAsync(int? rate, TimeSpan atLeast, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < atLeast) await ReplayAsync(rate, ct);
    }

    /// <summary>Fifty a second until the time is over and <paramref name="beside"/> has ended; the 99th percentile.</summary>
    private async Task<double> PostWhileAsync(TimeSpan atLeast, Task beside, CancellationToken ct)
    {
        var answers = new Latencies();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < atLeast || !beside.IsCompleted)
        {
            var body = Traffic.Dose(posted % Traffic.Callers, posted++ / Traffic.Callers);
            var started = Stopwatch.GetTimestamp();
            await hub.PostAsync(DemoClient.Dispensers, body, ct);
            answers.Since(started);
            if (TimeSpan.FromMilliseconds(20) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest, ct);
        }

        await beside;
        return answers.Percentile(0.99);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
