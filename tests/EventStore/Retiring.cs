using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>Retention as the hub uses it, for tests that need some of it done.</summary>
internal static class Retiring
{
    public static RetentionRule Rule(long upTo = long.MaxValue, DateTimeOffset? before = null, params string[] kept) =>
        new(before ?? DateTimeOffset.MaxValue, ["MessageAccepted"], kept, upTo, "keep nothing", "test");

    /// <summary>Every body of a message up to a position (of a commit's end), with plan and receipt.</summary>
    public static async Task<RetentionRun> RunAsync(StoreFixture store, AnchorKey key, RetentionRule rule, CancellationToken ct)
    {
        await BeginAsync(store, key, rule, ct);
        return (await new LogRetention(store.Log).FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, ct))!;
    }

    public static async Task<RetentionRun> BeginAsync(StoreFixture store, AnchorKey key, RetentionRule rule, CancellationToken ct)
    {
        var retention = new LogRetention(store.Log);
        var plan = await retention.EstimateAsync(Oslo, rule, TimeProvider.System, ct);
        return (await retention.BeginAsync(plan!, key.SignStatement, ct))!;
    }

    /// <summary>Messages to two patients, and every tenth an event of another type, so many in each commit.</summary>
    public static async Task FillAsync(StoreFixture store, int events, CancellationToken ct, int perCommit = 1)
    {
        var body = new string('x', 900);
        foreach (var commit in Enumerable.Range(0, events).Chunk(perCommit))
            await store.Log.AppendAsync([.. commit.Select(i => i % 10 == 9 ? Configuration(i) : Request(Oslo, Patient($"{i % 2}"), $"{i} {body}", dedup: Key($"{i}")))], ct);
    }

    /// <summary>An event that keeps its body, whatever its age.</summary>
    public static AppendRequest Configuration(int number) => new(Oslo, new StreamName("registry", "1"), [Event($"configuration {number}") with { Type = "PolicyChanged" }]);
}
