using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>Times in milliseconds, noted from many threads.</summary>
internal sealed class Latencies
{
    private readonly Lock gate = new();
    private readonly List<double> milliseconds = [];

    public int Count
    {
        get
        {
            lock (gate) return milliseconds.Count;
        }
    }

    public void Since(long started) => Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    public void Add(double took)
    {
        lock (gate) milliseconds.Add(took);
    }

    public double Percentile(double share)
    {
        lock (gate)
        {
            milliseconds.Sort();
            return milliseconds.Count == 0 ? 0 : Math.Round(milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))], 2);
        }
    }
}
