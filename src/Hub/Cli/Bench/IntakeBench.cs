using System.Diagnostics;
using Vkp.Adapters;
using Vkp.Cli.Vendor;
using Vkp.EventStore;
using Vkp.Hub.Intake;

namespace Vkp.Cli.Bench;

/// <summary>Events posted to a real hub over HTTP, against the store alone with the same bodies.</summary>
internal sealed record IntakeBenchResult
{
    /// <summary>Events answered 202 per second: 32 connections, one event per post, the journal system paused.</summary>
    public required double AcceptedPerSecond { get; init; }

    /// <summary>The same in posts of a hundred.</summary>
    public required double BatchPerSecond { get; init; }

    /// <summary>The store alone, in this process: 32 callers that seal and append the bodies the hub makes of such events.</summary>
    public required double StorePerSecond { get; init; }

    /// <summary>Accepted over store, the median of rounds that take turns.</summary>
    public required double Ratio { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    public required double P99Ms { get; init; }

    /// <summary>From post to answer of single alarms while a backlog is posted beside them.</summary>
    public required double AlarmP99Ms { get; init; }

    /// <summary>Processor time of the hub and PostgreSQL together per accepted event.</summary>
    public required double CpuMsPerMessage { get; init; }

    public required double HubCpuMsPerMessage { get; init; }

    public required double AllocatedKbPerMessage { get; init; }
}

/// <param name="backlog">How many routine events are posted beside the alarms.</param>
internal sealed class IntakeBench(LoadedHub hub, BenchStore store, TimeSpan round, int rounds, int backlog, Action<string> progress)
{
    private static readonly DemoClient Alarms = DemoClient.Find("alarm-demo");
    private readonly int[] turns = new int[Traffic.Callers];
    private long number;

    public async Task<IntakeBenchResult> RunAsync(CancellationToken ct)
    {
        await hub.PauseAsync(true, ct);
        var (accepted, alone, answers) = (new Measurement(), new Measurement(), new Latencies());
        var (spent, allocated, events) = (TimeSpan.Zero, 0L, 0L);
        var hubSpent = TimeSpan.Zero;
        for (var i = 0; i <= rounds; i++)
        {
            progress($"single posts: round {i} of {rounds}");
            var (before, bytesBefore, postsBefore) = (hub.Usage(), await AllocatedAsync(ct), answers.Count);
            await accepted.RoundAsync(Traffic.Callers, 1, round, (caller, token) => PostOneAsync(caller, answers, token), ct);
            var (after, bytesAfter) = (hub.Usage(), await AllocatedAsync(ct));
            await alone.RoundAsync(Traffic.Callers, 1, round, AppendAsync, ct);
            if (i == 0)
            {
                // The first round warms both up.
                await hub.CheckNothingHeldAsync(ct);
                (accepted, alone, answers) = (new(), new(), new());
                continue;
            }

            spent += after.Hub + after.Postgres - before.Hub - before.Postgres;
            hubSpent += after.Hub - before.Hub;
            allocated += bytesAfter - bytesBefore;
            events += answers.Count - postsBefore;
        }

        var batches = new Measurement();
        for (var i = 0; i <= rounds; i++)
        {
            progress($"posts of a hundred: round {i} of {rounds}");
            if (i == 1) batches = new();
            await batches.RoundAsync(Traffic.Callers, 100, round, PostHundredAsync, ct);
        }

        var ratio = Comparison.Of(accepted, alone);
        return new IntakeBenchResult
        {
            AcceptedPerSecond = ratio.PerSecond,
            BatchPerSecond = Math.Round(batches.PerSecond),
            StorePerSecond = ratio.RawPerSecond,
            Ratio = ratio.Ratio,
            P50Ms = answers.Percentile(0.50),
            P95Ms = answers.Percentile(0.95),
            P99Ms = answers.Percentile(0.99),
            AlarmP99Ms = await AlarmsAsync(ct),
            CpuMsPerMessage = Math.Round(spent.TotalMilliseconds / events, 3),
            HubCpuMsPerMessage = Math.Round(hubSpent.TotalMilliseconds / events, 3),
            AllocatedKbPerMessage = Math.Round(allocated / 1024.0 / events, 1),
        };
    }

    private async Task<long> AllocatedAsync(CancellationToken ct) => (await hub.StatusAsync(ct)).Process.AllocatedBytes;

    private async Task PostOneAsync(int caller, Latencies answers, CancellationToken ct)
    {
        var body = Traffic.Dose(caller, turns[caller]++);
        var started = Stopwatch.GetTimestamp();
        await hub.PostAsync(DemoClient.Dispensers, body, ct);
        answers.Since(started);
    }

    private Task PostHundredAsync(int caller, CancellationToken ct) =>
        hub.PostBatchAsync(DemoClient.Dispensers, Enumerable.Range(0, 100).Select(_ => Traffic.Dose(caller, turns[caller]++)).ToList(), ct);

    /// <summary>Seals and appends what the hub would, made beforehand by the same translator.</summary>
    private async Task AppendAsync(int caller, CancellationToken ct)
    {
        const int tenant = 900_000_001;
        var taken = Interlocked.Increment(ref number);
        var (stream, id, plain) = (new StreamName("patient", $"{taken % Traffic.Patients:x24}"), Guid.NewGuid(), Plain.Value);
        var dedup = (await store.Vault.TenantAsync(tenant, ct)).Dedup("bench", $"{taken}", plain);
        var body = await store.Vault.SealAsync(tenant, stream, id, plain, ct);
        if (await store.Log.AppendAsync(new AppendRequest(tenant, stream, [new NewEvent(id, BenchEvent.Type, BenchEvent.Metadata, body)], null, dedup), ct) is not AppendResult.Appended)
            throw new InvalidOperationException("The store alone refused what it should append.");
    }

    private static Lazy<byte[]> Plain { get; } = new(() =>
    {
        var raw = Traffic.Dose(0, 0);
        var translated = (Translation.Translated)VendorCatalog.All.Single(v => v.Info.Name == DemoClient.Dispensers.Vendor).Translate(new VendorPayload(raw, TimeProvider.System.GetUtcNow()));
        return new MessageBody(raw, translated.Envelope.SourceMessageId, translated.Envelope.EventKind, translated.Envelope.Patient, translated.Envelope.Device, translated.CaseIds, translated.Resources).ToBytes().ToArray();
    });

    private async Task<double> AlarmsAsync(CancellationToken ct)
    {
        // The first one fetches a token and has the hub compile; that is a start, and not what a backlog does.
        await hub.PostAsync(Alarms, Traffic.Alarm(out _), ct);
        progress($"alarms beside {backlog} events");
        var answers = new Latencies();
        var (left, alarms) = (backlog / 100, Traffic.Callers - 1);
        var posting = Task.WhenAll(Enumerable.Range(0, alarms).Select(caller => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0) await PostHundredAsync(caller, ct);
            },
            ct)));
        while (!posting.IsCompleted)
        {
            var body = Traffic.Alarm(out _);
            var started = Stopwatch.GetTimestamp();
            await hub.PostAsync(Alarms, body, ct);
            answers.Since(started);
            // A few hundred of them while the backlog lasts: of a hundred, the last percentile is one.
            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }

        await posting;
        await hub.CheckNothingHeldAsync(ct);
        return answers.Percentile(0.99);
    }
}
