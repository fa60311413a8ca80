using Vkp.EventStore.Subscriptions;
using Vkp.TestSupport;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>What a subscription learns without asking the database.</summary>
public sealed class HintTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_appended_here_or_by_another_node_is_handled_without_asking_where_the_logs_stand()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var named = HeardCommands.Named(store);
        await using var here = new EventLog(named);
        using var heard = new HeardCommands(store.Schema);
        var seen = new TestSignal<string>();
        // Its clock stands still, so that it never thinks it time to look for itself.
        var subscription = new Subscription(here, "test", 10, (page, _) => Report(page, seen), new StandingClock());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = Task.WhenAll(subscription.RunAsync(stop.Token), here.ListenAsync(TimeProvider.System, stop.Token));

        for (var i = 0; i < 10; i++)
        {
            await here.AppendAsync([Request(Oslo, Patient(), $"here {i}"), Request(Bergen, Patient(), $"here too {i}")], Ct);
            await seen.UntilAsync(text => text == $"here {i}");
            await store.Log.AppendAsync(Request(Oslo, Patient(), $"there {i}"), Ct);
            await seen.UntilAsync(text => text == $"there {i}");
        }

        await stop.CancelAsync();
        await running;

        Assert.Equal(30, seen.Reported.Count);
        // When it begins, and when the listener has begun: what came before that nobody told.
        Assert.InRange(heard.Texts.Count(text => text.Contains("subscription_status", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task A_log_that_was_there_before_is_read_to_its_end_at_once()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync([.. Enumerable.Range(1, 50).Select(i => Request(Oslo, Patient(), $"{i}"))], Ct);
        await using var here = new EventLog(store.App);
        var seen = new TestSignal<string>();
        var subscription = new Subscription(here, "test", 10, (page, _) => Report(page, seen), new StandingClock());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = subscription.RunAsync(stop.Token);

        await seen.UntilAsync(text => text == "50");

        await stop.CancelAsync();
        await running;
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"{i}"), seen.Reported);
    }

    private static Task Report(SubscriptionPage page, TestSignal<string> seen)
    {
        foreach (var e in page.Events)
            seen.Report(Text(e));

        return Task.CompletedTask;
    }

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
