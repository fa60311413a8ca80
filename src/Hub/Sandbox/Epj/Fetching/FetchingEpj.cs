using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Vkp.Sandbox;

/// <summary>
/// A journal system that nobody calls with a message: it fetches its documents from the hub, journals them, and answers each. Its journal, faults and counters are
/// those of every simulated EPJ. It is another party: it reads and writes without the hub's code for that.
/// </summary>
public sealed class FetchingEpj : IAsyncDisposable
{
    private const int BodyBytesMax = 16 * 1024 * 1024;

    private readonly FetchingEpjOptions options;
    private readonly TimeProvider time;
    private readonly Receiver receiver;
    private readonly Faults faults = new();
    private readonly HubCalls hub;
    private readonly IRounds rounds;
    private readonly SubscribedDocuments? subscriber;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly Bell bell = new();
    private LoopbackServer? server;
    private Task running = Task.CompletedTask;

    private FetchingEpj(FetchingEpjOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        if (!EpjKind.Fetching.Contains(options.Kind, StringComparer.Ordinal)) throw SandboxException.UnknownKind(options.Kind, EpjKind.Fetching);
        receiver = new Receiver(options.JournalFolder, options.Deduplicates, new JournalingAnswers(), time);
        hub = new HubCalls(options.Access, time);
        if (EpjKind.Queued.Contains(options.Kind, StringComparer.Ordinal))
        {
            var access = options.Queue ?? throw SandboxException.NoQueue(options.Kind);
            var struck = new Verdicts(receiver, faults, new Stumble(time, FaultKind.Silent, FaultKind.Garbage, FaultKind.Twice));
            rounds = new QueuedRounds(options.Kind == EpjKind.PostgreSqlQueue ? new PostgreSqlQueue(access, time) : new AmqpQueue(access, bell), struck, faults, hub, time);
            return;
        }

        var place = new FetchingPlace(options.JournalFolder);
        subscriber = options.Kind == EpjKind.Subscribing ? new SubscribedDocuments(hub, faults, place, bell, new(() => NotificationAddress, options.Payload), time, stopping.Token) : null;
        rounds = new OfferedRounds((IDocumentSource?)subscriber ?? new PulledDocuments(hub, faults, place, options.PageSize, time), new DocumentDesk(new Verdicts(receiver, faults, new Stumble(time, FaultKind.Twice)), hub, place));
    }

    public string Kind => options.Kind;

    public Uri BaseAddress => server?.BaseAddress ?? throw new InvalidOperationException("The simulated EPJ is not started.");

    /// <summary>Where one that subscribes is told that there is something: the address that its destination must approve.</summary>
    public Uri NotificationAddress => new(BaseAddress, SubscribedDocuments.Path);

    /// <summary>What one that subscribes was told; null for others.</summary>
    public SubscriberCounters? Subscription => subscriber?.Counters;

    /// <summary>What one that takes messages from a queue has seen and said; null for others.</summary>
    public QueueCounters? Queue => (rounds as QueuedRounds)?.Counters;

    /// <summary>The journal, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Journal => receiver.Entries;

    public EpjCount Count => receiver.Count;

    public EpjCounters Counters => receiver.Counters;

    /// <summary>Ends when it is stopped, or with the fault of its own that ended it.</summary>
    public Task Ended => running;

    /// <summary>Starts it, and lets it look at once. A hub that is away, or does not know it yet, is asked again.</summary>
    /// <exception cref="SandboxException">VKP-951: the journal file is broken. VKP-952: another process has it. VKP-953: no such kind. VKP-958: it is given no queue.</exception>
    public static async Task<FetchingEpj> StartAsync(FetchingEpjOptions options, TimeProvider time, CancellationToken ct)
    {
        var epj = new FetchingEpj(options, time);
        try
        {
            epj.server = await LoopbackServer.StartAsync(options.Port, BodyBytesMax, epj.Map, ct);
            epj.running = epj.LookAgainAndAgainAsync();
            return epj;
        }
        catch
        {
            await epj.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces the rules; none makes it behave.</summary>
    public void SetFaults(params IEnumerable<FaultRule> rules) => faults.Replace(rules);

    /// <summary>Completes when the journal holds at least this many entries.</summary>
    public Task WaitForJournaledAsync(int entries, CancellationToken ct) => receiver.Journaled.ReachAsync(entries, ct);

    /// <summary>Looks now, unless the hub has asked to be left alone, and until there is nothing more to take.</summary>
    public async Task<RoundReport> FetchNowAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping.Token);
        await turn.WaitAsync(either.Token);
        try
        {
            var report = RoundReport.Nothing;
            RoundReport round;
            bool hasMore;
            hub.Problem = null;
            do
            {
                (round, hasMore) = await rounds.TakeAsync(either.Token);
                report = report.And(round);
            }
            while (hasMore && round.Answered > 0);
            return report with { NotBefore = hub.IsUnwanted ? hub.NotBefore : null, Problem = hub.Problem ?? report.Problem };
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (server is not null) await server.DisposeAsync();
        await rounds.DisposeAsync();
        await receiver.DisposeAsync();
        hub.Dispose();
        turn.Dispose();
        stopping.Dispose();
        if (running.IsFaulted) await running;
    }

    private void Map(WebApplication app)
    {
        new ControlRoutes(receiver, faults).Map(app);
        app.MapPost("/control/fetch", (RequestDelegate)(async context =>
            await ControlRoutes.WriteJsonAsync(context, JsonSerializer.Serialize(await FetchNowAsync(context.RequestAborted), FetchingJson.Default.RoundReport))));
        rounds.Map(app);
    }

    private async Task LookAgainAndAgainAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var report = await FetchNowAsync(stopping.Token);
            if (report != RoundReport.Nothing) options.Rounds?.Invoke(report);
            if (report.NotBefore - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, stopping.Token);
            else await bell.WaitAsync(options.Interval, time, stopping.Token);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoundReport))]
[JsonSerializable(typeof(SubscriberCounters))]
internal sealed partial class FetchingJson : JsonSerializerContext;
