namespace Vkp.EventStore.Tests.Concurrency;

/// <summary>What one writer was told.</summary>
public sealed record Acknowledgement(AppendRequest Request, AppendResult Result);

/// <summary>
/// Compares what writers were told and what a tailing reader saw with what stands in the log in the end. Pure; knows no store.
/// </summary>
public static class HistoryChecker
{
    /// <param name="acknowledged">Every answer that meant "stored" or "known"; appends that were rolled back are not among them.</param>
    /// <param name="tailed">What a reader that asked for "after the last position I saw" was given, in order.</param>
    /// <param name="log">The log read from the start when all is over.</param>
    /// <returns>One line per fault; empty when all is well.</returns>
    public static IReadOnlyList<string> Faults(IReadOnlyList<Acknowledgement> acknowledged, IReadOnlyList<RecordedEvent> tailed, IReadOnlyList<RecordedEvent> log)
    {
        var faults = new List<string>();
        var stored = log.Select(e => e.Id).ToHashSet();
        var seen = tailed.Select(e => e.Id).ToHashSet();

        foreach (var (request, result) in acknowledged)
        {
            if (result is AppendResult.Appended)
                faults.AddRange(request.Events.Where(e => !stored.Contains(e.Id)).Select(e => $"lost: {e.Id} was acknowledged and is not stored"));
            else if (request.Events.Any(e => stored.Contains(e.Id)))
                faults.Add($"stored although refused: {request.Events[0].Id} ({result.GetType().Name})");

            if (result is AppendResult.Duplicate duplicate && !stored.Contains(duplicate.Original.Id))
                faults.Add($"false duplicate: {duplicate.Original.Id} is not stored");
        }

        faults.AddRange(log.Where(e => !seen.Contains(e.Id)).Select(e => $"missed: the reader never saw position {e.Position}"));
        faults.AddRange(tailed.Where(e => !stored.Contains(e.Id)).Select(e => $"ghost: the reader saw {e.Id}, which is not stored"));
        faults.AddRange(log.GroupBy(e => e.Id).Where(same => same.Count() > 1).Select(same => $"doubled: {same.Key}"));
        faults.AddRange(Dense("position", log.Select(e => e.Position)));
        foreach (var stream in log.GroupBy(e => e.Stream))
            faults.AddRange(Dense($"version of {stream.Key}", stream.Select(e => e.Version)));

        faults.AddRange(acknowledged.Where(a => a.Result is AppendResult.Appended && a.Request.Dedup is not null)
            .GroupBy(a => Convert.ToHexString(a.Request.Dedup!.KeyHash.Span)).Where(same => same.Count() > 1)
            .Select(same => $"doubled: dedup key {same.Key[..8]} was appended {same.Count()} times"));
        return faults;
    }

    private static IEnumerable<string> Dense(string what, IEnumerable<long> numbers)
    {
        var expected = 1L;
        foreach (var number in numbers)
        {
            if (number != expected)
            {
                yield return $"hole or disorder: {what} {number} where {expected} was due";
                yield break;
            }

            expected++;
        }
    }
}
