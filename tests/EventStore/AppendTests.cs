using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

public sealed class AppendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_one_commit_and_each_request_has_its_own_result()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient(), dedup: Key("old")), Ct);

        var results = await store.Log.AppendAsync(
            [
                Request(Oslo, Patient("2"), "new", dedup: Key("new")),
                Request(Oslo, Patient("2"), "repeat", dedup: Key("new")),
                Request(Oslo, Patient("2"), "other body", dedup: Key("new", "other")),
                Request(Oslo, Patient("2"), "old", dedup: Key("old")),
                Request(Oslo, Patient("3"), "stale", expected: 4),
                Request(Oslo, Patient("2"), "last"),
            ],
            Ct);

        Assert.IsType<AppendResult.Appended>(results[0]);
        Assert.Equal(2, Assert.IsType<AppendResult.Duplicate>(results[1]).Original.Position);
        Assert.Equal(2, Assert.IsType<AppendResult.ConflictingDuplicate>(results[2]).Original.Position);
        Assert.Equal(1, Assert.IsType<AppendResult.Duplicate>(results[3]).Original.Position);
        Assert.Equal(new AppendResult.VersionConflict(0), results[4]);
        Assert.Equal((3, 2), (Assert.IsType<AppendResult.Appended>(results[5]).LastPosition, ((AppendResult.Appended)results[5]).LastVersion));
        Assert.Equal(2, await store.ScalarAsync<long>("select count(*) from log_commit"));
    }

    [Fact]
    public async Task An_append_in_the_callers_transaction_lives_and_dies_with_it()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using (var connection = await store.App.OpenConnectionAsync(Ct))
        {
            await using (var given_up = await EventStore.Database.BeginAsync(connection, [Oslo], Ct))
                Assert.IsType<AppendResult.Appended>((await store.Log.AppendAsync(given_up, [Request(Oslo, Patient(), "gone", dedup: Key("k"))], Ct))[0]);

            await using var kept = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
            var results = await store.Log.AppendAsync(kept, [Request(Oslo, Patient(), "kept", dedup: Key("k"))], Ct);
            var repeat = await store.Log.AppendAsync(kept, [Request(Oslo, Patient(), "kept", dedup: Key("k"))], Ct);
            await kept.CommitAsync(Ct);
            Assert.Equal(1, Assert.IsType<AppendResult.Appended>(results[0]).FirstPosition);
            Assert.Equal(1, Assert.IsType<AppendResult.Duplicate>(repeat[0]).Original.Position);
        }

        Assert.Equal(["kept"], (await store.Log.ReadLogAsync(Oslo, 0, 10, Ct)).Select(Text));
    }

    [Fact]
    public async Task An_append_whose_connection_was_cut_is_asked_again_and_answered_as_its_own()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        for (var round = 0; round < 5; round++)
        {
            await store.Log.AppendAsync(Request(Oslo, Patient()), Ct);
            await store.ScalarAsync<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{store.Schema}' and pid <> pg_backend_pid() and query ilike '%append(%'");

            var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => store.Log.AppendAsync(Request(Oslo, Patient(), $"{round}/{i}", dedup: Key($"{round}/{i}")), Ct)));

            Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        }

        Assert.Equal(55, await store.Log.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task A_text_the_database_cannot_hold_fails_its_caller_and_the_next_appends_go_on()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var bad = new AppendRequest(Oslo, Patient(), [Event() with { Type = "Message\0Accepted" }]);

        var failing = store.Log.AppendAsync([bad, Request(Oslo, Patient())], Ct);
        var good = Enumerable.Range(0, 10).Select(_ => store.Log.AppendAsync(Request(Oslo, Patient()), Ct)).ToList();

        await Assert.ThrowsAsync<StoreException>(() => failing);
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(10, await store.Log.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task A_transaction_cannot_append_to_a_tenant_it_has_not_declared()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => store.Log.AppendAsync(transaction, [Request(Bergen, Patient())], Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_request_longer_than_one_call_holds_is_stored_whole_or_not_at_all()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var (stream, events) = (Patient(), Enumerable.Range(0, (2 * StoreLimits.RequestEventsMax) + 5).Select(_ => Event()).ToList());

        var stored = Assert.IsType<AppendResult.Appended>(await store.Log.AppendWholeAsync(new AppendRequest(Oslo, stream, events, ExpectedVersion: 0), Ct));
        var late = await store.Log.AppendWholeAsync(new AppendRequest(Oslo, stream, events, ExpectedVersion: 0), Ct);

        Assert.Equal((1, events.Count, events.Count), (stored.FirstPosition, stored.LastPosition, stored.LastVersion));
        Assert.Equal(events.Count, Assert.IsType<AppendResult.VersionConflict>(late).ActualVersion);
        Assert.Equal(events.Count, await store.Log.HeadAsync(Oslo, Ct));
        var last = await store.Log.ReadStreamBackwardsAsync(Oslo, stream, long.MaxValue, 1, Ct);
        Assert.Equal(events[^1].Id, Assert.Single(last).Id);
    }

    [Fact]
    public async Task A_tenant_whose_log_is_held_delays_no_other()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync([Request(Oslo, Patient()), Request(Bergen, Patient())], Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        var slow = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
        await store.Log.AppendAsync(slow, [Request(Oslo, Patient(), "slow")], Ct);

        var behind = Enumerable.Range(0, 5).Select(_ => store.Log.AppendAsync(Request(Oslo, Patient()), Ct)).ToList();
        for (var i = 0; i < 20; i++)
            Assert.IsType<AppendResult.Appended>(await store.Log.AppendAsync(Request(Bergen, Patient()), Ct));

        Assert.All(behind, waiting => Assert.False(waiting.IsCompleted));
        await slow.RollbackAsync(Ct);
        Assert.All(await Task.WhenAll(behind), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(6, await store.Log.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task An_append_cancelled_while_waiting_stores_nothing()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient()), Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        var slow = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
        await store.Log.AppendAsync(slow, [Request(Oslo, Patient(), "slow")], Ct);
        var first = store.Log.AppendAsync(Request(Oslo, Patient(), "waits for the lock"), Ct);

        using var cancel = new CancellationTokenSource();
        var cancelled = store.Log.AppendAsync(Request(Oslo, Patient(), "cancelled"), cancel.Token);
        await cancel.CancelAsync();
        await slow.CommitAsync(Ct);
        await first;

        // Either it was too late to cancel, and the caller has the result; or nothing of it is stored.
        var stored = (await store.Log.ReadLogAsync(Oslo, 0, 10, Ct)).Select(Text).Contains("cancelled");
        Assert.Equal(stored, await Task.WhenAny(cancelled) == cancelled && cancelled.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Concurrent_appends_share_commits_and_leave_dense_positions_and_versions()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.Log.AppendAsync(Request(i % 2 == 0 ? Oslo : Bergen, Patient($"{i % 7}")), Ct)));

        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        foreach (var tenant in (int[])[Oslo, Bergen])
        {
            var log = await store.Log.ReadLogAsync(tenant, 0, 2000, Ct);
            Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), log.Select(e => e.Position));
            foreach (var stream in log.GroupBy(e => e.Stream))
                Assert.Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i), stream.Select(e => e.Version));
        }

        Assert.InRange(await store.ScalarAsync<long>("select count(*) from log_commit"), 1, 400);
    }
}
