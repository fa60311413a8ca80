using Npgsql;
using Vkp.EventStore.Subscriptions;
using Vkp.TestSupport;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>Who handles a subscription, and what becomes of a page whose handler was too slow to notice that it no longer does.</summary>
public sealed class LeaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_begun_under_a_lease_that_another_process_has_taken_over_commits_nothing()
    {
        await using var store = await WithEffectsAsync();
        await store.Log.AppendAsync(Request(Oslo, Patient(), "once"), Ct);
        var (slow, heir) = (new Page(), new Page());

        // Both are inside their handlers with the same event; the heir took the lease when the slow one's had run out.
        var first = Handling(store, "slow", slow).RunOnceAsync(Ct);
        await slow.Begun.UntilAsync(_ => true);
        await store.ExecuteAsync("update subscription_lease set until = clock_timestamp() - interval '1 second'");
        var second = Handling(store, "heir", heir).RunOnceAsync(Ct);
        await heir.Begun.UntilAsync(_ => true);

        slow.GoOn.SetResult();
        Assert.Equal(0, await first);
        heir.GoOn.SetResult();
        Assert.Equal(1, await second);
        Assert.Equal("heir", await store.ScalarAsync<string>("select string_agg(text, ',') from effect"));
    }

    [Fact]
    public async Task What_one_process_has_leased_another_passes_over_until_the_lease_runs_out_or_is_given_back()
    {
        await using var store = await WithEffectsAsync();
        await store.Log.AppendAsync(Request(Oslo, Patient(), "once"), Ct);
        var page = new Page();
        var owner = Handling(store, "owner", page);
        using var stop = new CancellationTokenSource();
        var running = owner.RunAsync(stop.Token);
        await page.Begun.UntilAsync(_ => true);
        page.GoOn.SetResult();
        Assert.True(await owner.WaitUntilAsync(Oslo, 1, Asking.Patience, Ct));
        var other = Handling(store, "other", Page.Free());

        var lease = Assert.Single(await owner.StatusAsync(Ct)).Lease!;
        Assert.Equal(1, lease.Epoch);
        await stop.CancelAsync();
        await running;

        await store.Log.AppendAsync(Request(Oslo, Patient(), "twice"), Ct);
        Assert.Equal(1, await other.RunOnceAsync(Ct));
        Assert.Equal(2L, await store.ScalarAsync<long>("select epoch from subscription_lease"));

        await store.ExecuteAsync($"update subscription_lease set owner = '{Guid.NewGuid()}', until = clock_timestamp() + interval '1 hour'");
        await store.Log.AppendAsync(Request(Oslo, Patient(), "thrice"), Ct);
        Assert.Equal(0, await other.RunOnceAsync(Ct));
        Assert.Equal("owner,other", await store.ScalarAsync<string>("select string_agg(text, ',' order by number) from effect"));
    }

    [Fact]
    public async Task A_reset_makes_the_page_that_is_being_handled_void()
    {
        await using var store = await WithEffectsAsync();
        await store.Log.AppendAsync(Request(Oslo, Patient(), "once"), Ct);
        var page = new Page();
        var subscription = Handling(store, "live", page);
        var handling = subscription.RunOnceAsync(Ct);
        await page.Begun.UntilAsync(_ => true);

        await subscription.ResetAsync(Oslo, (_, _) => Task.CompletedTask, Ct);
        page.GoOn.SetResult();

        Assert.Equal(0, await handling);
        Assert.Equal(1, await subscription.RunOnceAsync(Ct));
        Assert.Equal(1L, await store.ScalarAsync<long>("select count(*) from effect"));
    }

    private static async Task<StoreFixture> WithEffectsAsync()
    {
        var store = await StoreFixture.CreateAsync(Ct);
        await store.ExecuteAsync($"create table {store.Schema}.effect (number bigint generated always as identity, text text not null); grant select, insert on {store.Schema}.effect to vkp_app");
        return store;
    }

    /// <summary>Writes its name for each event, and says when a page has begun and waits to be told to go on.</summary>
    private static Subscription Handling(StoreFixture store, string name, Page at) => new(
        store.Log,
        "test",
        10,
        async (page, ct) =>
        {
            foreach (var _ in page.Events)
            {
                await using var insert = new NpgsqlCommand("insert into effect (text) values ($1)", page.Transaction.Connection, page.Transaction);
                insert.Parameters.Add(new() { Value = name });
                await insert.ExecuteNonQueryAsync(ct);
            }

            at.Begun.Report(name);
            await at.GoOn.Task.WaitAsync(ct);
        },
        TimeProvider.System);

    private sealed class Page
    {
        public TestSignal<string> Begun { get; } = new();

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static Page Free()
        {
            var page = new Page();
            page.GoOn.SetResult();
            return page;
        }
    }
}
