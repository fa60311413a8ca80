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
    /// <summary>How many messages the log held, each delivered and answered.</summary>
    public required int Messages { get; init; }

    /// <summary>How many events that came to.</summary>
    public required long Events { get; init; }

    /// <summary>Messages opened, translated again and compared per second, as fast as it goes; from the start to the signed report, the median of the rounds.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>The store alone: the same log read page by page and its messages opened, in messages per second, in rounds that take turns.</summary>
    public required double OpenedReadPerSecond { get; init; }

    public required double RatioOfOpenedRead { get; init; }

    /// <summary>The most that the hub's process held in the first tenth of the measured replays.</summary>
    public required double ResidentEarlyMb { get; init; }

    /// <summary>The most that it held in any of their other tenths.</summary>
    public required double ResidentMb { get; init; }

    /// <summary>From question to answer over HTTP, body opened and its opening kept; the median.</summary>
    public required double TraceByMessageMs { get; init; }

    /// <summary>The same for a patient's latest fifty messages.</summary>
    public required double TraceByPatientMs { get; init; }

    /// <summary>From post to answer of single events, fifty a second, with nothing beside them.</summary>
    public required double LiveP99Ms { get; init; }

    /// <summary>The same while one replay after the other goes at the pace that a replay has unless an operator says otherwise.</summary>
    public required double LiveBesideReplayP99Ms { get; init; }

    /// <summary>What those replays came to per second meanwhile; the usual pace is two thousand.</summary>
    public required double PacedMessagesPerSecond { get; init; }

    /// <summary>The same while one replay after the other goes as fast as it can.</summary>
    public required double LiveBesideUnpacedReplayP99Ms { get; init; }
}

/// <param name="isWarmed">A long log is its own warming up: no round goes before the measured ones.</param>
internal sealed class ReplayBench(LoadedHub hub, int messages, int rounds, bool isWarmed, Action<string> progress)
{
    private const int Batch = 100;
    private const int Traces = 40;

    /// <summary>Where a hub keeps its tables unless it is told otherwise.</summary>
    private const string Schema = "vkp";
    private const string Purpose = "measurement";
    private const int Unpaced = 0;

    /// <summary>How long events are posted alone, and as long beside replays at the usual pace, in each round: some 1000 of them, because a percentile of fewer says little.</summary>
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(20);

    /// <summary>How long they are posted beside replays at full speed.</summary>
    private static readonly TimeSpan LiveUnpaced = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, double> residentByTenth = [];
    private int posted;

    public async Task<ReplayBenchResult> RunAsync(CancellationToken ct)
    {
        var (ids, events) = await FillAsync(ct);
        var (replayed, read) = (new Measurement(), new Measurement());
        for (var i = isWarmed ? 1 : 0; i <= rounds; i++)
        {
            progress($"replay: round {i} of {rounds}");
            // The first round warms both up.
            if (i == 1) (replayed, read) = (new(), new());
            if (i == 1) residentByTenth.Clear();
            await read.RunAsync(() => ReadOpenedAsync(ct));
            await replayed.RunAsync(() => ReplayAsync(Unpaced, ct));
        }

        var byMessage = await TraceAsync(turn => new TraceQuestion(Id: ids[turn * 7919 % ids.Count].ToString(), Purpose: Purpose), ct);
        var byPatient = await TraceAsync(turn => new TraceQuestion(Patient: new TracePatient(null, Traffic.NationalIds[turn * 31 % Traffic.Patients]), Purpose: Purpose), ct);
        var (residentEarly, resident) = (residentByTenth.GetValueOrDefault(0), residentByTenth.Max(tenth => tenth.Value));
        var (live, paced, pace, unpaced) = await LiveAsync(ct);
        return new ReplayBenchResult
        {
            LiveP99Ms = live,
            LiveBesideReplayP99Ms = paced,
            PacedMessagesPerSecond = pace,
            LiveBesideUnpacedReplayP99Ms = unpaced,
            Messages = ids.Count,
            Events = events,
            MessagesPerSecond = Math.Round(replayed.PerSecond),
            OpenedReadPerSecond = Math.Round(read.PerSecond),
            RatioOfOpenedRead = Math.Round(replayed.PerSecond / read.PerSecond, 2),
            ResidentEarlyMb = residentEarly,
            ResidentMb = resident,
            TraceByMessageMs = byMessage,
            TraceByPatientMs = byPatient,
        };
    }

    private async Task<(IReadOnlyList<Guid> Messages, long Events)> FillAsync(CancellationToken ct)
    {
        progress($"posting {messages} messages");
        await hub.PauseAsync(true, ct);
        var posts = messages / Batch;
        posted = posts * Batch;
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, posts), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (post, token) =>
        {
            await hub.PostBatchAsync(DemoClient.Dispensers, Enumerable.Range(post * Batch, Batch).Select(n => Traffic.Dose(n % Traffic.Callers, n / Traffic.Callers)), token);
            if (Interlocked.Increment(ref done) % (posts > 1000 ? 1000 : 100) == 0) progress($"posted {done * Batch}");
        });
        await hub.PauseAsync(false, ct);
        await UntilJournaledAsync(ct);

        // Every message's id, from the log, as an operator's list would have them.
        var (ids, events) = (new List<Guid>(messages), 0L);
        await ForEachPageAsync(page =>
        {
            events += page.Count;
            ids.AddRange(page.Where(IsMessage).Select(e => e.Id));
            return Task.CompletedTask;
        }, ct);
        return (ids, events);
    }

    private async Task UntilJournaledAsync(CancellationToken ct)
    {
        var shown = long.MaxValue;
        for (var open = 1L; open > 0;)
        {
            await Task.Delay(500, ct);
            var status = await hub.StatusAsync(ct);
            var municipality = status.Municipalities.Single();
            if (municipality.Held.Count + municipality.Failed > 0) throw new InvalidOperationException("The log under measurement has messages that are held or failed.");
            open = municipality.Open + (posted - municipality.Accepted) + status.Subscriptions.Sum(s => s.Behind);
            if (shown - open < messages / 20) continue;
            shown = open;
            progress($"{municipality.Journaled} journaled, {open} to come");
        }
    }

    private async Task<int> ReadOpenedAsync(CancellationToken ct)
    {
        var opened = 0;
        await using var app = Connect();
        var vault = new Vault(app, MasterKey.Load(null, hub.MasterKeyFile), TimeProvider.System);
        await ForEachPageAsync(async page =>
        {
            IReadOnlyList<RecordedEvent> ofPage = [.. page.Where(IsMessage)];
            if (ofPage.Count > 0) opened += (await vault.OpenAsync(ofPage, ct)).Count(body => body is { Length: > 0 });
        }, ct);
        return opened;
    }

    private async Task ForEachPageAsync(Func<IReadOnlyList<RecordedEvent>, Task> take, CancellationToken ct)
    {
        await using var app = Connect();
        await using var log = new Vkp.EventStore.EventLog(app);
        var tenant = int.Parse(SandboxFile.OrgNo, System.Globalization.CultureInfo.InvariantCulture);
        var position = 0L;
        while (await log.ReadLogAsync(tenant, position, Limits.ReplayPageEventsMax, ct) is { Count: > 0 } page)
        {
            await take(page);
            position = page[^1].Position;
        }
    }

    private NpgsqlDataSource Connect() => NpgsqlDataSource.Create(Database.AppConnectionString(hub.Cluster.ConnectionString, Schema));

    private static bool IsMessage(RecordedEvent recorded) => recorded.Type == MessageEvents.Accepted;

    /// <param name="until">When it is aborted, however far it is; null leaves it to its end.</param>
    private async Task<int> ReplayAsync(int? rate, CancellationToken ct, Task? until = null)
    {
        using var admin = new AdminClient(hub.Running);
        using var content = Json(JsonSerializer.Serialize(new ReplayRequest(SandboxFile.OrgNo, Purpose: Purpose, Rate: rate), AdminJson.Default.ReplayRequest));
        var planned = await admin.PostAsync("admin/replays", content, AdminJson.Default.ReplayStatus, ct);
        var path = $"admin/replays/{planned.OrgNo}/{planned.ReplayId}";
        var status = await admin.PostAsync($"{path}/run", null, AdminJson.Default.ReplayStatus, ct);
        var (began, soonest) = (Stopwatch.GetTimestamp(), (int)(1000L * messages / Limits.ReplayMessagesPerSecondDefault));
        while (status.State == ReplayStates.Running)
        {
            // Asking costs the hub something too: nobody asks a replay at its usual pace before it can be done, and then no more than five times a second.
            var rest = Task.Delay(rate is null ? Math.Max(soonest - (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, 200) : messages > 1_000_000 ? 500 : 30, ct);
            await (until is null ? rest : Task.WhenAny(rest, until));
            status = await admin.GetAsync(path, AdminJson.Default.ReplayStatus, ct);
            if (until is { IsCompleted: true } && status.State == ReplayStates.Running) status = await AbortAsync(admin, path, ct);
            Note((int)(10 * status.Messages / (messages + 1)));
        }

        if ((status.State != ReplayStates.Completed && until is null) || status.Changed + status.Unreadable > 0)
            throw new InvalidOperationException($"The replay under measurement is not what it should be: {status.State}, {status.Changed} changed, {status.Unreadable} unreadable.");
        return (int)status.Messages;
    }

    private static async Task<ReplayStatus> AbortAsync(AdminClient admin, string path, CancellationToken ct)
    {
        try
        {
            return await admin.PostAsync($"{path}/abort", null, AdminJson.Default.ReplayStatus, ct);
        }
        catch (CommandException)
        {
            // It may have come to its end first; what it is now says whether that is so.
            return await admin.GetAsync(path, AdminJson.Default.ReplayStatus, ct);
        }
    }

    private void Note(int tenth)
    {
        var now = hub.Usage().ResidentMb;
        if (residentByTenth.TryAdd(tenth, now)) progress($"{tenth * 10} % replayed, {now} MB resident");
        residentByTenth[tenth] = Math.Max(now, residentByTenth[tenth]);
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

    private async Task<(double Alone, double Paced, double Pace, double Unpaced)> LiveAsync(CancellationToken ct)
    {
        var (alone, paced, unpaced, pace) = (new Latencies(), new Latencies(), new Latencies(), new Measurement());
        await PostForAsync(TimeSpan.FromSeconds(1), new Latencies(), ct);
        // In turns, so that both meet the same moods of the machine, and each as often after the other, so that neither inherits more of what the other left to do.
        for (var i = 1; i <= rounds; i++)
        {
            progress($"live events alone and beside replays: round {i} of {rounds}");
            if (i % 2 == 1) await PostForAsync(Live, alone, ct);
            await pace.RunAsync(() => BesideReplaysAsync(null, PostForAsync(Live, paced, ct), ct));
            if (i % 2 == 0) await PostForAsync(Live, alone, ct);
        }

        for (var i = 1; i <= rounds; i++)
        {
            progress($"live events beside replays at full speed: round {i} of {rounds}");
            await BesideReplaysAsync(Unpaced, PostForAsync(LiveUnpaced, unpaced, ct), ct);
        }

        return (alone.Percentile(0.99), paced.Percentile(0.99), Math.Round(pace.PerSecond), unpaced.Percentile(0.99));
    }

    private async Task<int> BesideReplaysAsync(int? rate, Task posting, CancellationToken ct)
    {
        var replayed = 0;
        while (!posting.IsCompleted) replayed += await ReplayAsync(rate, ct, posting);
        await posting;
        return replayed;
    }

    /// <summary>Fifty a second until the time is over.</summary>
    private async Task PostForAsync(TimeSpan time, Latencies answers, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            var body = Traffic.Dose(posted % Traffic.Callers, posted++ / Traffic.Callers);
            var started = Stopwatch.GetTimestamp();
            await hub.PostAsync(DemoClient.Dispensers, body, ct);
            answers.Since(started);
            if (TimeSpan.FromMilliseconds(20) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest, ct);
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
