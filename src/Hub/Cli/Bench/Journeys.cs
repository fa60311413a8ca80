using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>Follows numbered events from their post to the journal system, and counts what must never happen on the way.</summary>
internal sealed class Journeys
{
    private readonly ConcurrentDictionary<long, long> posted = new();
    private readonly ConcurrentDictionary<long, Guid> arrived = new();
    private readonly ConcurrentDictionary<(int Patient, bool Alarm), long> last = new();
    private int doubled;
    private int repeated;
    private int inversions;
    private Exception? unreadable;

    /// <summary>Where the times of arrivals go; changed between the parts of a measurement.</summary>
    public Latencies Routine { get; set; } = new();

    public Latencies Alarms { get; set; } = new();

    public int Arrived => arrived.Count;

    public int Posted => posted.Count;

    /// <summary>Events that came as two messages: what no journal system can tell from two events.</summary>
    public int Doubled => doubled;

    /// <summary>Messages that came again under the same id, which is once to a journal system that deduplicates: what a hub sends again that was killed before it had written the answer.</summary>
    public int Repeated => repeated;

    /// <summary>Events that reached the journal before an earlier one of the same patient and lane.</summary>
    public int Inversions => inversions;

    public int Lost => posted.Keys.Count(number => !arrived.ContainsKey(number));

    public void Post(long number) => posted[number] = Stopwatch.GetTimestamp();

    /// <summary>A message the measurement cannot follow spoils it: to the hub it is a journal system that fails.</summary>
    public void CheckReadable()
    {
        if (unreadable is { } fault) throw new InvalidOperationException("A message came that the measurement cannot follow.", fault);
    }

    /// <param name="header">The id of its MessageHeader.</param>
    public void Arrive(string header, ReadOnlyMemory<byte> message)
    {
        try
        {
            Arrive(Guid.Parse(header), Traffic.NumberIn(message.Span));
        }
        catch (FormatException fault)
        {
            unreadable ??= fault;
            throw;
        }
    }

    private void Arrive(Guid header, long number)
    {
        var isAlarm = Traffic.IsAlarm(number);
        if (!arrived.TryAdd(number, header))
        {
            Interlocked.Increment(ref arrived[number] == header ? ref repeated : ref doubled);
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
