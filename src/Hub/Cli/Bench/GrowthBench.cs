using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>The rate while the log grew to this many events, from the point before.</summary>
internal sealed record GrowthPoint(long Events, double PerSecond);

/// <summary>What an append costs in a log of a given length and in a much longer one: rates in events per second.</summary>
/// <param name="EarlyPerSecond">The rate from there on: the middle one of the next five points.</param>
/// <param name="PerSecond">The rate at the end: the middle one of the last five points.</param>
/// <param name="Ratio">Late against early; 1 is flat.</param>
/// <param name="Points">The whole way, so that a step or a slope can be seen.</param>
/// <param name="Retention">When every body of the long log is then deleted; null when they are kept.</param>
internal sealed record GrowthResult(long EarlyEvents, double EarlyPerSecond, long Events, double PerSecond, double Ratio, IReadOnlyList<GrowthPoint> Points, RetentionCost? Retention);

/// <summary>Fills one municipality's log, with everything on, and looks at the rate on the way. It takes as long as the events take: twenty million at fifteen thousand a second are twenty-two minutes, and their deletion, at the five thousand a second of a short run, an hour.</summary>
internal sealed class GrowthBench(BenchStore store, StoreBench appends, Action<string> progress)
{
    private const int BatchEvents = 100;
    private const int PointsMin = 40;

    /// <summary>A rate is the middle one of so many points: a checkpoint of the database falls into one of them.</summary>
    private const int PointsPerRate = 5;

    /// <param name="early">How long the log is when the first rate begins: long enough that the database has made its first checkpoint, after which it logs each page whole the first time it changes.</param>
    /// <param name="events">How long it is in the end: twice that at least.</param>
    /// <param name="isDeleted">Whether its bodies are deleted then.</param>
    public async Task<GrowthResult> RunAsync(long early, long events, bool isDeleted, CancellationToken ct)
    {
        await appends.MakeKeysAsync(ct);
        var step = Math.Max(Math.Min(early / PointsPerRate, events / PointsMin), BatchEvents * StoreBench.BatchWriters);
        var points = new List<GrowthPoint>();
        for (var done = 0L; done < events;)
        {
            var batches = Math.Min(step, events - done + BatchEvents - 1) / BatchEvents;
            var started = Stopwatch.GetTimestamp();
            await AppendAsync(batches, ct);
            done += batches * BatchEvents;
            points.Add(new GrowthPoint(done, Math.Round(batches * BatchEvents / Stopwatch.GetElapsedTime(started).TotalSeconds)));
            progress($"{done} of {events} events, {points[^1].PerSecond}/s");
        }

        var from = Math.Max(points.FindIndex(point => point.Events > early), 0);
        var (first, last) = (Middle(points.Skip(from).Take(PointsPerRate)), Middle(points.TakeLast(PointsPerRate)));
        var retention = isDeleted ? await RetentionCost.MeasureAsync(store, cancel => appends.AppendHundredAsync(0, cancel), ct) : null;
        return new GrowthResult(early, first, points[^1].Events, last, Math.Round(last / first, 2), points, retention);
    }

    private async Task AppendAsync(long batches, CancellationToken ct)
    {
        var left = batches;
        await Task.WhenAll(Enumerable.Range(0, StoreBench.BatchWriters).Select(writer => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    await appends.AppendHundredAsync(writer, ct);
            },
            ct)));
    }

    private static double Middle(IEnumerable<GrowthPoint> points)
    {
        var rates = points.Select(point => point.PerSecond).Order().ToList();
        return rates[rates.Count / 2];
    }
}
