using Npgsql;
using Vkp.EventStore.Subscriptions;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>One read model, counted texts per stream, in every lifecycle: the rows must come out the same.</summary>
public sealed class ProjectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inline_async_and_rebuilt_rows_are_the_same_and_live_aggregation_agrees()
    {
        await using var store = await WithTablesAsync();
        var inline = new Projection("inline", (page, ct) => CountAsync("inline", page, ct));
        var later = new Projection("async", (page, ct) => CountAsync("async", page, ct)).Async(store.Log, 3, TimeProvider.System);
        await using (var connection = await store.App.OpenConnectionAsync(Ct))
        {
            for (var i = 0; i < 10; i++)
            {
                await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
                var results = await inline.AppendInlineAsync(
                    store.Log, transaction, [Request(Oslo, Patient($"{i % 3}"), dedup: Key($"{i}")), Request(Oslo, Patient("0"), dedup: Key("same"))], Ct);
                Assert.IsType<AppendResult.Appended>(results[0]);
                await transaction.CommitAsync(Ct);
            }
        }

        while (await later.RunOnceAsync(Ct) > 0)
        {
        }

        // Also when bodies have gone by age: whoever begins at zero meets every fact.
        using var key = Audit.AnchorKey.Generate();
        await Retiring.RunAsync(store, key, Retiring.Rule(upTo: 6), Ct);
        await new Rebuild(store.Log, "async", 4, (page, ct) => CountAsync("beside", page, ct), SwapAsync).RunAsync(Oslo, null, Ct);

        const string expected = "patient-0:5,patient-1:3,patient-2:3";
        Assert.Equal(expected, await RowsAsync(store, "inline"));
        Assert.Equal(expected, await RowsAsync(store, "async"));
        Assert.Equal((5, 5L), await store.Log.AggregateAsync(Oslo, Patient("0"), 0, (count, _) => count + 1, Ct));
        Assert.Equal((0, 0L), await store.Log.AggregateAsync(Oslo, Patient("unknown"), 0, (count, _) => count + 1, Ct));
    }

    [Fact]
    public async Task A_rebuild_swaps_in_one_step_goes_on_where_it_was_interrupted_and_frees_a_stopped_subscription()
    {
        await using var store = await WithTablesAsync();
        for (var i = 0; i < 10; i++)
            await store.Log.AppendAsync(Request(Oslo, Patient("0")), Ct);

        var live = new Projection("async", (_, _) => throw new InvalidOperationException("a bug")).Async(store.Log, 3, TimeProvider.System);
        await live.RunOnceAsync(Ct);
        Assert.NotNull(Assert.Single(await live.StatusAsync(Ct)).StoppedReason);

        var pages = 0;
        Func<SubscriptionPage, CancellationToken, Task> failing = (page, ct) => ++pages == 3 ? throw new TimeoutException("interrupted") : CountAsync("beside", page, ct);
        await Assert.ThrowsAsync<TimeoutException>(() => new Rebuild(store.Log, "async", 2, failing, SwapAsync).RunAsync(Oslo, null, Ct));
        Assert.Equal(string.Empty, await RowsAsync(store, "async"));
        await new Rebuild(store.Log, "async", 2, failing, SwapAsync).RunAsync(Oslo, null, Ct);

        Assert.Equal("patient-0:10", await RowsAsync(store, "async"));
        var status = Assert.Single(await live.StatusAsync(Ct));
        Assert.Equal((10, null), (status.Position, status.StoppedReason));
    }

    [Fact]
    public async Task A_reset_clears_and_begins_again_at_the_first_event()
    {
        await using var store = await WithTablesAsync();
        await store.Log.AppendAsync(Request(Oslo, Patient("0")), Ct);
        var projection = new Projection("async", (page, ct) => CountAsync("async", page, ct)).Async(store.Log, 3, TimeProvider.System);
        await projection.RunOnceAsync(Ct);

        await projection.ResetAsync(Oslo, (transaction, ct) => ExecuteAsync(transaction, "delete from count_async", ct), Ct);

        Assert.Equal(string.Empty, await RowsAsync(store, "async"));
        await projection.RunOnceAsync(Ct);
        Assert.Equal("patient-0:1", await RowsAsync(store, "async"));
    }

    private static async Task<StoreFixture> WithTablesAsync()
    {
        var store = await StoreFixture.CreateAsync(Ct);
        foreach (var name in (string[])["inline", "async", "beside"])
            await store.ExecuteAsync($"create table count_{name} (stream text primary key, events int not null); grant select, insert, update, delete on count_{name} to vkp_app");

        return store;
    }

    private static async Task CountAsync(string name, SubscriptionPage page, CancellationToken ct)
    {
        foreach (var e in page.Events)
            await ExecuteAsync(page.Transaction, $"insert into count_{name} values ('{e.Stream}', 1) on conflict (stream) do update set events = count_{name}.events + 1", ct);
    }

    private static Task SwapAsync(int tenant, NpgsqlTransaction transaction, CancellationToken ct) =>
        ExecuteAsync(transaction, "delete from count_async; insert into count_async select * from count_beside; delete from count_beside", ct);

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Task<string> RowsAsync(StoreFixture store, string name) =>
        store.ScalarAsync<string>($"select coalesce(string_agg(stream || ':' || events, ',' order by stream), '') from count_{name} where stream like 'patient-%'");
}
