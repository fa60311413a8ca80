using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>One side of a comparison, over all its rounds.</summary>
internal sealed class Measurement
{
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _rates = [];

    public double PerSecond => Median(_rates);

    public double P50Ms => Percentile(0.50);

    public double P99Ms => Percentile(0.99);

    public IReadOnlyList<double> Rates => _rates;

    /// <summary>Lets <paramref name="callers"/> work side by side for a time; each call counts for <paramref name="eventsPerCall"/> events.</summary>
    public async Task RoundAsync(int callers, int eventsPerCall, TimeSpan time, Func<int, CancellationToken, Task> call, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                var took = new List<double>();
                while (Stopwatch.GetElapsedTime(started) < time)
                {
                    var call_started = Stopwatch.GetTimestamp();
                    await call(caller, ct);
                    took.Add(Stopwatch.GetElapsedTime(call_started).TotalMilliseconds);
                }

                return took;
            },
            ct)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var took in each)
            _milliseconds.AddRange(took);

        _rates.Add(each.Sum(took => took.Count) * eventsPerCall / seconds);
    }

    /// <summary>One run whose result is a number of events.</summary>
    public async Task RunAsync(Func<Task<int>> run)
    {
        var started = Stopwatch.GetTimestamp();
        var events = await run();
        var took = Stopwatch.GetElapsedTime(started);
        _milliseconds.Add(took.TotalMilliseconds);
        _rates.Add(events / took.TotalSeconds);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    private double Percentile(double share)
    {
        _milliseconds.Sort();
        return _milliseconds.Count == 0 ? 0 : _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(_milliseconds.Count * share))];
    }
}

/// <summary>Ours against raw, round by round in turn, so that both meet the same moods of the machine.</summary>
internal sealed record Comparison(double PerSecond, double RawPerSecond, double Ratio, double P50Ms, double P99Ms, double RawP50Ms, double RawP99Ms)
{
    public static Comparison Of(Measurement ours, Measurement raw)
    {
        var ratios = ours.Rates.Zip(raw.Rates, (a, b) => a / b).Order().ToList();
        return new(
            Math.Round(ours.PerSecond),
            Math.Round(raw.PerSecond),
            Math.Round(ratios[ratios.Count / 2], 2),
            Math.Round(ours.P50Ms, 2),
            Math.Round(ours.P99Ms, 2),
            Math.Round(raw.P50Ms, 2),
            Math.Round(raw.P99Ms, 2));
    }
}
