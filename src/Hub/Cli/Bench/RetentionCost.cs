using System.Diagnostics;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;

namespace Vkp.Cli.Bench;

/// <summary>What it costs and gives to delete every body of a log that has grown. Bytes are the events' table on disk, indexes included.</summary>
/// <param name="PerSecond">Bodies deleted, appends beside it.</param>
/// <param name="AppendsPerSecond">Events that one writer appended in hundreds meanwhile.</param>
/// <param name="BytesAfter">When the room was made free for new events.</param>
/// <param name="BytesRewritten">When it was given back to the disk.</param>
internal sealed record RetentionCost(long Bodies, double PerSecond, double AppendsPerSecond, long BytesBefore, long BytesAfter, long BytesRewritten)
{
    /// <param name="appendHundredAsync">A writer's next hundred events.</param>
    public static async Task<RetentionCost> MeasureAsync(BenchStore store, Func<CancellationToken, Task> appendHundredAsync, CancellationToken ct)
    {
        using var key = AnchorKey.Generate();
        var retention = new LogRetention(store.Log);
        var rule = new RetentionRule(DateTimeOffset.MaxValue, [BenchEvent.Type], [], long.MaxValue, "measured", "bench");
        var (bodies, appended, before) = (0L, 0L, await store.Space.MeasureAsync(ct));
        var tenants = await store.Log.TenantsAsync(ct);
        var started = Stopwatch.GetTimestamp();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writing = Task.Run(
            async () =>
            {
                for (; !done.IsCancellationRequested; appended += 100) await appendHundredAsync(ct);
            },
            ct);
        foreach (var tenant in tenants)
        {
            var plan = await retention.EstimateAsync(tenant, rule, TimeProvider.System, ct);
            await retention.BeginAsync(plan!, key.SignStatement, ct);
            bodies += (await retention.FinishAsync(tenant, key.SignStatement, TimeProvider.System, progress: null, ct))!.Receipt!.Events;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await done.CancelAsync();
        await writing;
        await store.Space.ReuseAsync(ct);
        var after = await store.Space.MeasureAsync(ct);
        await store.Space.ReturnAsync(ct);
        return new(bodies, Math.Round(bodies / seconds), Math.Round(appended / seconds), before, after, await store.Space.MeasureAsync(ct));
    }
}
