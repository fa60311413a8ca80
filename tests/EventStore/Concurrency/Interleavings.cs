using System.Collections.Concurrent;
using Vkp.EventStore.Tests.Conformance;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Concurrency;

/// <summary>
/// Rounds of writers that append to one tenant at once (plainly, with an expected version, with a key somebody else uses too,
/// in transactions that stay open or are rolled back) while a reader follows the log.
/// </summary>
internal static class Interleavings
{
    private const int Writers = 5;
    private const int AppendsEach = 4;

    /// <summary>The faults found, with the round that shows each.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IStoreDoor store, int rounds, int seed, CancellationToken ct)
    {
        var faults = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, rounds, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (round, token) =>
        {
            foreach (var fault in await RoundAsync(store, 1 + round, new Random(seed + round), token))
                faults.Add($"seed {seed}, round {round}: {fault}");
        });
        return [.. faults];
    }

    private static async Task<IReadOnlyList<string>> RoundAsync(IStoreDoor store, int tenant, Random random, CancellationToken ct)
    {
        var acknowledged = new ConcurrentBag<Acknowledgement>();
        var plans = Enumerable.Range(0, Writers).Select(_ => Enumerable.Range(0, AppendsEach).Select(_ => Plan(tenant, random)).ToList()).ToList();
        var writing = Task.WhenAll(plans.Select(plan => Task.Run(() => WriteAsync(store, plan, acknowledged, ct), ct)));
        var tailed = await TailAsync(store, tenant, writing, ct);
        await writing;
        return HistoryChecker.Faults([.. acknowledged], tailed, await store.ReadLogAsync(tenant, 0, 1000, ct));
    }

    private static (AppendRequest Request, int RoundTrips, bool Commit) Plan(int tenant, Random random)
    {
        var stream = Patient($"{random.Next(2)}");
        var events = Enumerable.Range(0, random.Next(1, 3)).Select(_ => Event()).ToList();
        var request = random.Next(4) switch
        {
            0 => new AppendRequest(tenant, stream, events, random.Next(4)),
            1 => new AppendRequest(tenant, stream, events, null, Key($"{random.Next(6)}", random.Next(8) == 0 ? "other" : "body")),
            _ => new AppendRequest(tenant, stream, events),
        };
        // -1 is the plain door; the others hold a transaction open.
        return random.Next(3) == 0 ? (request, random.Next(8), random.Next(4) > 0) : (request, -1, true);
    }

    private static async Task WriteAsync(IStoreDoor store, List<(AppendRequest Request, int RoundTrips, bool Commit)> plan, ConcurrentBag<Acknowledgement> acknowledged, CancellationToken ct)
    {
        foreach (var (request, roundTrips, commit) in plan)
        {
            var result = roundTrips < 0 ? await store.AppendAsync(request, ct) : await store.AppendSlowlyAsync(request, roundTrips, commit, ct);
            if (commit)
                acknowledged.Add(new(request, result));
        }
    }

    private static async Task<List<RecordedEvent>> TailAsync(IStoreDoor store, int tenant, Task writing, CancellationToken ct)
    {
        var (seen, last) = (new List<RecordedEvent>(), 0L);
        while (true)
        {
            // Asked before reading, so that the last read comes after the last write.
            var isOver = writing.IsCompleted;
            var page = await store.ReadLogAsync(tenant, last, 100, ct);
            seen.AddRange(page);
            if (page.Count > 0)
                last = page[^1].Position;
            else if (isOver)
                return seen;
        }
    }
}
