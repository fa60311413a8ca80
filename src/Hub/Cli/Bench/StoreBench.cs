using System.Diagnostics;
using Vkp.EventStore;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Subscriptions;

namespace Vkp.Cli.Bench;

/// <summary>Rates are events per second, times milliseconds as the caller sees them.</summary>
internal sealed record StoreBenchResult
{
    /// <summary>64 callers with one event each, sealed and with a dedup key, against 32 raw writers of one row per transaction.</summary>
    public Comparison? SingleAppend { get; init; }

    /// <summary>400 callers likewise, against raw arrays of 100 rows.</summary>
    public Comparison? Append400 { get; init; }

    /// <summary>As <see cref="SingleAppend"/>, with bodies left as they come: what the store itself takes, without sealing.</summary>
    public Comparison? SingleAppendPlain { get; init; }

    /// <summary>As <see cref="Append400"/> likewise.</summary>
    public Comparison? Append400Plain { get; init; }

    /// <summary>One writer of lists of 100, against raw arrays of 100 rows.</summary>
    public Comparison? Batch100 { get; init; }

    /// <summary>Four writers likewise.</summary>
    public Comparison? Batch100x4 { get; init; }

    /// <summary>The whole log, bodies opened, against a plain read.</summary>
    public Comparison? ReadOpened { get; init; }

    /// <summary>The whole log, bodies left sealed.</summary>
    public Comparison? ReadSealed { get; init; }

    public double? AuditVerifyPerSecond { get; init; }

    public double? IdleLagP50Ms { get; init; }

    public double? IdleLagP99Ms { get; init; }

    /// <summary>Share of one core that sealing takes of a batch append's time, 0 to 1.</summary>
    public double? SealShare { get; init; }
}

/// <summary>Measures the store with everything on: compression, sealing, dedup, chain, row level security.</summary>
internal sealed class StoreBench(BenchStore store, TimeSpan round, int rounds, Action<string> progress)
{
    private const int Tenants = 20;
    private const int Patients = 200;
    private const int ReadTenant = 900_000_000;
    private const int ReadPage = 1000;

    /// <summary>How many may append lists beside each other.</summary>
    public const int BatchWriters = 4;

    private readonly RawBaseline _raw = new(store.App);
    private readonly AppendRequest[]?[] _prepared = new AppendRequest[BatchWriters][];
    private long _number;

    public static IReadOnlyList<string> Parts { get; } = ["single", "many", "plain", "batch", "four", "reads", "lag"];

    /// <param name="parts">Which of <see cref="Parts"/> to measure; the figures of the others are null.</param>
    public async Task<StoreBenchResult> RunAsync(IReadOnlyList<string> parts, CancellationToken ct)
    {
        await MakeKeysAsync(ct);
        var result = new StoreBenchResult();
        if (parts.Contains("single"))
            result = result with { SingleAppend = await CompareAsync("single appends, 64 callers", (64, 1, AppendOneAsync), (32, 1, (caller, token) => _raw.InsertOneAsync(Tenant(caller), token)), ct) };

        if (parts.Contains("many"))
            result = result with { Append400 = await CompareAsync("single appends, 400 callers", (400, 1, AppendOneAsync), (1, 100, RawHundredAsync), ct) };

        if (parts.Contains("plain"))
        {
            result = result with
            {
                SingleAppendPlain = await CompareAsync("plain single appends, 64 callers", (64, 1, AppendPlainAsync), (32, 1, (caller, token) => _raw.InsertOneAsync(Tenant(caller), token)), ct),
                Append400Plain = await CompareAsync("plain single appends, 400 callers", (400, 1, AppendPlainAsync), (1, 100, RawHundredAsync), ct),
            };
        }

        if (parts.Contains("batch"))
        {
            var batch = await CompareAsync("batches of 100, one writer", (1, 100, AppendHundredAsync), (1, 100, RawHundredAsync), ct);
            result = result with { Batch100 = batch, SealShare = SealShare(batch.PerSecond) };
        }

        if (parts.Contains("four"))
            result = result with { Batch100x4 = await CompareAsync("batches of 100, four writers", (4, 100, AppendHundredAsync), (4, 100, RawHundredAsync), ct) };

        if (parts.Contains("reads"))
        {
            var (opened, @sealed) = await ReadsAsync(ct);
            result = result with { ReadOpened = opened, ReadSealed = @sealed, AuditVerifyPerSecond = await VerifyAsync(ct) };
        }

        if (parts.Contains("lag"))
        {
            var lags = await IdleLagAsync(ct);
            result = result with { IdleLagP50Ms = Math.Round(lags[lags.Count / 2], 2), IdleLagP99Ms = Math.Round(lags[(int)(lags.Count * 0.99)], 2) };
        }

        return result;
    }

    private Task RawHundredAsync(int caller, CancellationToken ct) => _raw.InsertManyAsync(1, 100, ct);

    /// <summary>A patient's key is made once in a lifetime; that is not what is measured.</summary>
    public async Task MakeKeysAsync(CancellationToken ct)
    {
        progress("making keys");
        await Parallel.ForAsync(0, Tenants * Patients, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (i, token) =>
            await store.Vault.SealAsync(Tenant(i), Stream(i / Tenants), Guid.Empty, ReadOnlyMemory<byte>.Empty, token));
    }

    private static StreamName Stream(long number) => new("patient", $"{number % Patients:x24}");

    private static int Tenant(int caller) => 900_000_000 + (caller % Tenants);

    private async Task<Comparison> CompareAsync(
        string what,
        (int Callers, int Events, Func<int, CancellationToken, Task> Call) ours,
        (int Callers, int Events, Func<int, CancellationToken, Task> Call) raw,
        CancellationToken ct)
    {
        var (mine, theirs) = (new Measurement(), new Measurement());
        await store.ClearAsync(ct);
        // The first round warms up caches, plans and the compiler, and is thrown away.
        for (var i = 0; i <= rounds; i++)
        {
            if (i == 1)
                (mine, theirs) = (new(), new());

            progress($"{what}: round {i} of {rounds}");
            await mine.RoundAsync(ours.Callers, ours.Events, round, ours.Call, ct);
            await theirs.RoundAsync(raw.Callers, raw.Events, round, raw.Call, ct);
        }

        return Comparison.Of(mine, theirs);
    }

    private async Task AppendOneAsync(int caller, CancellationToken ct) =>
        Check(await store.Log.AppendAsync(await RequestAsync(Tenant(caller), ct), ct));

    private async Task AppendPlainAsync(int caller, CancellationToken ct)
    {
        var (tenant, number) = (Tenant(caller), Interlocked.Increment(ref _number));
        var plain = BenchEvent.Body(number);
        var dedup = (await store.Vault.TenantAsync(tenant, ct)).Dedup("bench", $"{number}", plain);
        Check(await store.Log.AppendAsync(new AppendRequest(tenant, Stream(number), [new NewEvent(Guid.NewGuid(), BenchEvent.Type, BenchEvent.Metadata, plain)], null, dedup), ct));
    }

    /// <summary>Appends a list, and seals the caller's next one meanwhile, as any bulk writer would.</summary>
    public async Task AppendHundredAsync(int caller, CancellationToken ct)
    {
        var append = store.Log.AppendAsync(_prepared[caller] ?? await HundredAsync(ct), ct);
        _prepared[caller] = await HundredAsync(ct);
        foreach (var result in await append)
            Check(result);
    }

    private async Task<AppendRequest[]> HundredAsync(CancellationToken ct)
    {
        var requests = new AppendRequest[100];
        for (var i = 0; i < requests.Length; i++)
            requests[i] = await RequestAsync(ReadTenant, ct);

        return requests;
    }

    private async ValueTask<AppendRequest> RequestAsync(int tenant, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _number);
        var (id, stream, plain) = (Guid.NewGuid(), Stream(number), BenchEvent.Body(number));
        var dedup = (await store.Vault.TenantAsync(tenant, ct)).Dedup("bench", $"{number}", plain);
        var body = await store.Vault.SealAsync(tenant, stream, id, plain, ct);
        return new AppendRequest(tenant, stream, [new NewEvent(id, BenchEvent.Type, BenchEvent.Metadata, body)], null, dedup);
    }

    private static void Check(AppendResult result)
    {
        if (result is not AppendResult.Appended)
            throw new InvalidOperationException($"The bench expected to append, and got {result.GetType().Name}.");
    }

    /// <summary>How much of the time of one writer goes into compressing and encrypting, measured by itself.</summary>
    private double SealShare(double perSecond)
    {
        var bodies = Enumerable.Range(0, 5000).Select(i => BenchEvent.Body(i)).ToList();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < bodies.Count; i++)
        {
            var seal = store.Vault.SealAsync(ReadTenant, Stream(i), Guid.Empty, bodies[i], default);
            _ = seal.IsCompletedSuccessfully ? seal.Result : seal.AsTask().GetAwaiter().GetResult();
        }

        return Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds / bodies.Count * perSecond, 2);
    }

    private async Task<(Comparison Opened, Comparison Sealed)> ReadsAsync(CancellationToken ct)
    {
        await store.ClearAsync(ct);
        for (var i = 0; i < 1000; i++)
        {
            if (i % 100 == 0)
                progress($"filling for reads: {i * 100} of 100000 events");

            await AppendHundredAsync(0, ct);
            await _raw.InsertManyAsync(ReadTenant, 100, ct);
        }

        var (opened, rawForOpened, @sealed, rawForSealed) = (new Measurement(), new Measurement(), new Measurement(), new Measurement());
        for (var i = 0; i <= rounds; i++)
        {
            if (i == 1)
                (opened, rawForOpened, @sealed, rawForSealed) = (new(), new(), new(), new());

            progress($"reads: round {i} of {rounds}");
            await opened.RunAsync(() => ReadLogAsync(open: true, ct));
            await rawForOpened.RunAsync(() => _raw.ReadAllAsync(ReadTenant, ReadPage, ct));
            await @sealed.RunAsync(() => ReadLogAsync(open: false, ct));
            await rawForSealed.RunAsync(() => _raw.ReadAllAsync(ReadTenant, ReadPage, ct));
        }

        return (Comparison.Of(opened, rawForOpened), Comparison.Of(@sealed, rawForSealed));
    }

    /// <summary>Of the log that the reads left.</summary>
    private async Task<double> VerifyAsync(CancellationToken ct)
    {
        var audit = new LogAudit(store.App);
        var measured = new Measurement();
        for (var i = 0; i <= rounds; i++)
        {
            progress($"audit verify: round {i} of {rounds}");
            await measured.RunAsync(async () =>
            {
                var report = await audit.VerifyAsync(ReadTenant, [], ct);
                return report.IsWhole ? (int)report.Events : throw new InvalidOperationException($"The bench's own log is broken: {report.FirstBreak}");
            });
        }

        return Math.Round(measured.PerSecond);
    }

    private async Task<int> ReadLogAsync(bool open, CancellationToken ct)
    {
        var (after, count) = (0L, 0);
        var events = await store.Log.ReadLogAsync(ReadTenant, after, ReadPage, ct);
        while (events.Count > 0)
        {
            after = events[^1].Position;
            count += events.Count;
            if (open)
            {
                // The next page is on its way while this one is opened.
                var next = store.Log.ReadLogAsync(ReadTenant, after, ReadPage, ct);
                await store.Vault.OpenAsync(events, ct);
                events = await next;
            }
            else
            {
                events = await store.Log.ReadLogAsync(ReadTenant, after, ReadPage, ct);
            }
        }

        return count;
    }

    /// <summary>From the start of an append to its handler, with nothing else going on. Sorted, milliseconds.</summary>
    private async Task<List<double>> IdleLagAsync(CancellationToken ct)
    {
        const int appends = 300;
        await store.ClearAsync(ct);
        var handled = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscription = new Subscription(
            store.Log,
            "bench",
            100,
            (_, _) =>
            {
                handled.TrySetResult(Stopwatch.GetTimestamp());
                return Task.CompletedTask;
            },
            TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = subscription.RunAsync(stop.Token);
        var lags = new List<double>();
        for (var i = 0; i < appends; i++)
        {
            if (i % 100 == 0)
                progress($"idle lag: {i} of {appends}");

            handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var request = await RequestAsync(ReadTenant, ct);
            var started = Stopwatch.GetTimestamp();
            await store.Log.AppendAsync(request, ct);
            lags.Add(Stopwatch.GetElapsedTime(started, await handled.Task.WaitAsync(TimeSpan.FromSeconds(10), ct)).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }

        await stop.CancelAsync();
        await running;
        lags.Sort();
        return lags;
    }
}
