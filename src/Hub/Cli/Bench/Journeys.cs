using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>Follows numbered events from their post to the journal system, and counts what must never happen on the way.</summary>
internal sealed class Journeys
{
    private readonly ConcurrentDictionary<long, long> posted = new();
    private readonly ConcurrentDictionary<long, byte> arrived = new();
    private readonly ConcurrentDictionary<(int Patient, bool Alarm), long> last = new();
    private int doubled;
    private int inversions;
    private Exception? unreadable;

    /// <summary>Where the times of arrivals go; changed between the parts of a measurement.</summary>
    public Latencies Routine { get; set; } = new();

    public Latencies Alarms { get; set; } = new();

    public int Arrived => arrived.Count;

    public int Posted => posted.Count;

    public int Doubled => doubled;

    /// <summary>Events that reached the journal before an earlier one of the same patient and lane.</summary>
    public int Inversions => inversions;

    public int Lost => posted.Keys.Count(number => !arrived.ContainsKey(number));

    public void Post(long number) => posted[number] = Stopwatch.GetTimestamp();

    /// <summary>A message the measurement cannot follow spoils it: to the hub it is a journal system that fails.</summary>
    public void CheckReadable()
    {
        if (unreadable is { } fault) throw new InvalidOperationException("A message came that the measurement cannot follow.", fault);
    }

    public void Arrive(ReadOnlyMemory<byte> message)
    {
        try
        {
            Arrive(Traffic.NumberIn(message.Span));
        }
        catch (FormatException fault)
        {
            unreadable ??= fault;
            throw;
        }
    }

    private void Arrive(long number)
    {
        var isAlarm = Traffic.IsAlarm(number);
        if (!arrived.TryAdd(number, 0))
        {
            Interlocked.Increment(ref doubled);
            return;
        }

        if (posted.TryGetValue(number, out var started)) (isAlarm ? Alarms : Routine).Since(started);
        last.AddOrUpdate(
            (Traffic.PatientOf(number), isAlarm),
            number,
            (_, before) =>
            {
                if (before > number) Interlocked.Increment(ref inversions);
                return Math.Max(before, number);
            });
    }
}
