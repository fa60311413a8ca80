using Npgsql;
using Vkp.EventStore.Subscriptions;
using Vkp.TestSupport;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

public sealed class SubscriptionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_of_every_tenant_is_handled_once_and_in_order()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        for (var i = 1; i <= 5; i++)
            await store.Log.AppendAsync([Request(Oslo, Patient(), $"o{i}"), Request(Bergen, Patient(), $"b{i}")], Ct);

        var seen = new TestSignal<string>();
        var subscription = Collect(store, seen, pageEventsMax: 2);

        var handled = new List<int>();
        for (var round = 0; round < 4; round++)
            handled.Add(await subscription.RunOnceAsync(Ct));

        Assert.Equal([4, 4, 2, 0], handled);
        Assert.Equal(["o1", "o2", "o3", "o4", "o5"], seen.Reported.Where(text => text[0] == 'o'));
        Assert.Equal(["b1", "b2", "b3", "b4", "b5"], seen.Reported.Where(text => text[0] == 'b'));
        Assert.All(await subscription.StatusAsync(Ct), status => Assert.Equal((5, 0), (status.Position, status.Behind)));
    }

    [Fact]
    public async Task A_page_that_fails_leaves_no_effect_stops_that_tenant_with_the_reason_and_comes_again_after_resume()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.ExecuteAsync($"create table {store.Schema}.effect (text text not null); grant select, insert on {store.Schema}.effect to vkp_app");
        await store.Log.AppendAsync([Request(Oslo, Patient(), "o"), Request(Bergen, Patient(), "b")], Ct);
        var broken = true;
        var subscription = new Subscription(
            store.Log,
            "test",
            10,
            async (page, ct) =>
            {
                foreach (var e in page.Events)
                {
                    await using var insert = new NpgsqlCommand("insert into effect (text) values ($1)", page.Transaction.Connection, page.Transaction);
                    insert.Parameters.Add(new() { Value = Text(e) });
                    await insert.ExecuteNonQueryAsync(ct);
                }

                if (broken && page.Tenant == Oslo)
                    throw new InvalidOperationException("the handler has a bug");
            },
            TimeProvider.System);

        Assert.Equal(1, await subscription.RunOnceAsync(Ct));
        Assert.Equal("b", await store.ScalarAsync<string>("select string_agg(text, ',' order by text) from effect"));
        var stopped = (await subscription.StatusAsync(Ct)).Single(status => status.Tenant == Oslo);
        Assert.Equal((0, "InvalidOperationException: the handler has a bug"), (stopped.Position, stopped.StoppedReason));

        broken = false;
        Assert.Equal(0, await subscription.RunOnceAsync(Ct));
        await subscription.ResumeAsync(Oslo, Ct);
        Assert.Equal(1, await subscription.RunOnceAsync(Ct));
        Assert.Equal("b,o", await store.ScalarAsync<string>("select string_agg(text, ',' order by text) from effect"));
    }

    [Fact]
    public async Task A_subscription_that_needs_no_bodies_gets_everything_else()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient(), "body"), Ct);
        var pages = new List<RecordedEvent>();
        Task Keep(SubscriptionPage page, CancellationToken ct)
        {
            pages.AddRange(page.Events);
            return Task.CompletedTask;
        }

        await new Subscription(store.Log, "whole", 10, Keep, TimeProvider.System).RunOnceAsync(Ct);
        await new Subscription(store.Log, "facts", 10, Keep, TimeProvider.System) { ReadsBodies = false }.RunOnceAsync(Ct);

        Assert.Equal("body", Text(pages[0]));
        Assert.True(pages[1].Body.IsEmpty);
        Assert.Equal(pages[0] with { Body = default }, pages[1] with { Body = default });
    }

    [Fact]
    public async Task A_hole_in_the_log_stops_the_subscription()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(new AppendRequest(Oslo, Patient(), [Event("1"), Event("2"), Event("3")]), Ct);
        await store.ExecuteAsync($"delete from {store.Schema}.event where position = 2");
        var subscription = Collect(store, new TestSignal<string>());

        Assert.Equal(0, await subscription.RunOnceAsync(Ct));

        Assert.StartsWith("VKP-305", Assert.Single(await subscription.StatusAsync(Ct)).StoppedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_with_the_same_subscription_never_handle_the_same_event()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        for (var i = 0; i < 20; i++)
            await store.Log.AppendAsync([.. Enumerable.Range(0, 10).Select(n => Request(Oslo + n, Patient(), $"{n}/{i}"))], Ct);

        var seen = new TestSignal<string>();
        var processes = Enumerable.Range(0, 4).Select(_ => Collect(store, seen, pageEventsMax: 3)).ToList();
        await Task.WhenAll(processes.Select(async process =>
        {
            while ((await process.StatusAsync(Ct)).Any(status => status.Behind > 0))
                await process.RunOnceAsync(Ct);
        }));

        Assert.Equal(200, seen.Reported.Count);
        Assert.Equal(200, seen.Reported.Distinct().Count());
        Assert.All(await processes[0].StatusAsync(Ct), status => Assert.Null(status.StoppedReason));
    }

    [Fact]
    public async Task A_running_subscription_sees_an_append_of_this_node_and_of_another_node()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var otherNode = new EventLog(store.App);
        var seen = new TestSignal<string>();
        var subscription = Collect(store, seen);
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(subscription.RunAsync(stop.Token), store.Log.ListenAsync(TimeProvider.System, stop.Token));

        await store.Log.AppendAsync(Request(Oslo, Patient(), "mine"), Ct);
        await seen.UntilAsync(text => text == "mine");
        await otherNode.AppendAsync(Request(Oslo, Patient(), "theirs"), Ct);
        await seen.UntilAsync(text => text == "theirs");
        Assert.True(await subscription.WaitUntilAsync(Oslo, 2, Asking.Patience, Ct));
        Assert.False(await subscription.WaitUntilAsync(Oslo, 3, TimeSpan.FromMilliseconds(10), Ct));

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task An_append_in_a_callers_transaction_is_seen_after_its_commit_when_the_caller_signals()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var seen = new TestSignal<string>();
        using var stop = new CancellationTokenSource();
        var running = Collect(store, seen).RunAsync(stop.Token);
        await using (var connection = await store.App.OpenConnectionAsync(Ct))
        {
            await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
            await store.Log.AppendAsync(transaction, [Request(Oslo, Patient(), "in a transaction")], Ct);
            await transaction.CommitAsync(Ct);
        }

        store.Log.Signal(Oslo);
        await seen.UntilAsync(text => text == "in a transaction");
        await stop.CancelAsync();
        await running;
    }

    private static Subscription Collect(StoreFixture store, TestSignal<string> seen, int pageEventsMax = 100) => new(
        store.Log,
        "test",
        pageEventsMax,
        (page, _) =>
        {
            foreach (var e in page.Events)
                seen.Report(Text(e));

            return Task.CompletedTask;
        },
        TimeProvider.System);
}
