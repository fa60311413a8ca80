using System.Diagnostics;
using Vkp.Cli.Vendor;

namespace Vkp.Cli.Bench;

/// <summary>Vendor post, durable, delivered over HTTP, acknowledged: the whole way, everything on this machine. Times are from post to the journal system's answer.</summary>
internal sealed record FlowBenchResult
{
    public required double AcceptedPerSecond { get; init; }

    public required double DeliveredPerSecond { get; init; }

    public required double P50Ms { get; init; }

    public required double P95Ms { get; init; }

    public required double P99Ms { get; init; }

    /// <summary>At fifty events a second.</summary>
    public required double CalmP50Ms { get; init; }

    public required double CalmP99Ms { get; init; }

    /// <summary>Alarms posted while the backlog drains to the same destination.</summary>
    public required double AlarmP99Ms { get; init; }

    /// <summary>Events per second at which the backlog drained, alarms beside it.</summary>
    public required double DrainPerSecond { get; init; }

    /// <summary>Processor time of the hub and PostgreSQL together.</summary>
    public required double CpuMsPerMessage { get; init; }

    /// <summary>That of this process: the poster and the journal system.</summary>
    public required double GeneratorCpuMsPerMessage { get; init; }

    /// <summary>Growth of the database, tables and indexes, everything kept.</summary>
    public required double DiskBytesPerMessage { get; init; }

    public required double ResidentMb { get; init; }

    /// <summary>From kill -9 of the hub to the first post it takes again.</summary>
    public required double RestartSeconds { get; init; }

    public required int Lost { get; init; }

    /// <summary>Events that reached the journal system as two messages.</summary>
    public required int Doubled { get; init; }

    /// <summary>Messages sent again under the same id after the hub was killed.</summary>
    public required int Repeated { get; init; }

    public required int Inversions { get; init; }
}

internal sealed class FlowBench(LoadedHub hub, Journeys journeys, TimeSpan sustained, TimeSpan calm, int backlog, Action<string> progress)
{
    private static readonly DemoClient Alarms = DemoClient.Find("alarm-demo");
    private readonly int[] turns = new int[Traffic.Callers];

    public async Task<FlowBenchResult> RunAsync(CancellationToken ct)
    {
        progress("warming up");
        await SustainAsync(TimeSpan.FromSeconds(Math.Min(8, sustained.TotalSeconds)), ct);
        await DrainAsync(ct);
        await hub.CheckNothingHeldAsync(ct);

        progress($"fifty a second for {calm.TotalSeconds:F0} s");
        journeys.Routine = new();
        await CalmAsync(ct);
        await DrainAsync(ct);
        var quiet = journeys.Routine;

        progress($"as fast as it goes for {sustained.TotalSeconds:F0} s");
        journeys.Routine = new();
        var (disk, usage, own) = (await hub.DatabaseBytesAsync(ct), hub.Usage(), ProcessorTime.OfProcess(Environment.ProcessId));
        var (posted, arrived, started) = (journeys.Posted, journeys.Arrived, Stopwatch.GetTimestamp());
        await SustainAsync(sustained, ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (accepted, delivered) = (journeys.Posted - posted, journeys.Arrived - arrived);
        var resident = hub.Usage().ResidentMb;
        await DrainAsync(ct);
        var (diskAfter, usageAfter, ownAfter) = (await hub.DatabaseBytesAsync(ct), hub.Usage(), ProcessorTime.OfProcess(Environment.ProcessId));
        var busy = journeys.Routine;
        // The backlog's times are its own: it waits on purpose.
        journeys.Routine = new();

        var (alarmP99, drained) = await AlarmsAsync(ct);
        var restart = await RestartAsync(ct);
        await DrainAsync(ct);
        return new FlowBenchResult
        {
            AcceptedPerSecond = Math.Round(accepted / seconds),
            DeliveredPerSecond = Math.Round(delivered / seconds),
            P50Ms = busy.Percentile(0.50),
            P95Ms = busy.Percentile(0.95),
            P99Ms = busy.Percentile(0.99),
            CalmP50Ms = quiet.Percentile(0.50),
            CalmP99Ms = quiet.Percentile(0.99),
            AlarmP99Ms = alarmP99,
            DrainPerSecond = drained,
            CpuMsPerMessage = Math.Round((usageAfter.Hub + usageAfter.Postgres - usage.Hub - usage.Postgres).TotalMilliseconds / accepted, 3),
            GeneratorCpuMsPerMessage = Math.Round((ownAfter - own).TotalMilliseconds / accepted, 3),
            DiskBytesPerMessage = Math.Round((diskAfter - disk) / (double)accepted),
            ResidentMb = resident,
            RestartSeconds = restart,
            Lost = journeys.Lost,
            Doubled = journeys.Doubled,
            Repeated = journeys.Repeated,
            Inversions = journeys.Inversions,
        };
    }

    private Task SustainAsync(TimeSpan time, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Traffic.Callers).Select(caller => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(started) < time) await PostAsync(caller, ct);
            },
            ct)));
    }

    private async Task CalmAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var caller = 0; Stopwatch.GetElapsedTime(started) < calm && await every.WaitForNextTickAsync(ct); caller = (caller + 1) % Traffic.Callers)
            await PostAsync(caller, ct);
    }

    private async Task PostAsync(int caller, CancellationToken ct)
    {
        var turn = turns[caller]++;
        var body = Traffic.Dose(caller, turn);
        journeys.Post(Traffic.Number(caller, turn));
        await hub.PostAsync(DemoClient.Dispensers, body, ct);
    }

    /// <summary>A backlog gathers at a destination that is paused; then it drains, with an alarm every 100 ms beside it.</summary>
    private async Task<(double P99, double PerSecond)> AlarmsAsync(CancellationToken ct)
    {
        progress($"gathering a backlog of {backlog}");
        await hub.PauseAsync(true, ct);
        var left = backlog / 100;
        await Task.WhenAll(Enumerable.Range(0, Traffic.Callers).Select(caller => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var events = new List<byte[]>(100);
                    for (var i = 0; i < 100; i++)
                    {
                        var turn = turns[caller]++;
                        journeys.Post(Traffic.Number(caller, turn));
                        events.Add(Traffic.Dose(caller, turn));
                    }

                    await hub.PostBatchAsync(DemoClient.Dispensers, events, ct);
                }
            },
            ct)));

        progress("draining it, alarms beside");
        journeys.Alarms = new();
        var (before, started) = (journeys.Arrived, Stopwatch.GetTimestamp());
        await hub.PauseAsync(false, ct);
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (journeys.Arrived == before) await every.WaitForNextTickAsync(ct);
        for (var alarm = 0; journeys.Posted - journeys.Arrived > 100 && await every.WaitForNextTickAsync(ct); alarm++)
        {
            journeys.CheckReadable();
            if (alarm % 100 == 0) progress($"{journeys.Posted - journeys.Arrived} on their way, {journeys.Alarms.Count} of {alarm} alarms arrived");
            if (alarm >= Traffic.Patients) continue;

            var body = Traffic.Alarm(out var number);
            journeys.Post(number);
            await hub.PostAsync(Alarms, body, ct);
        }

        var rate = Math.Round((journeys.Arrived - before) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        await DrainAsync(ct);
        await hub.CheckNothingHeldAsync(ct);
        return (journeys.Alarms.Percentile(0.99), rate);
    }

    private async Task<double> RestartAsync(CancellationToken ct)
    {
        progress("killing the hub");
        await hub.KillHubAsync();
        var started = Stopwatch.GetTimestamp();
        await hub.StartHubAsync(ct);
        await PostAsync(0, ct);
        return Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
    }

    /// <summary>Until all that was posted has arrived, or nothing has for half a minute: then the counts say what is missing.</summary>
    private async Task DrainAsync(CancellationToken ct)
    {
        var (seen, since) = (-1, Stopwatch.GetTimestamp());
        while (journeys.Arrived < journeys.Posted && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30))
        {
            if (journeys.Arrived != seen) (seen, since) = (journeys.Arrived, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
        }

        journeys.CheckReadable();
    }
}
