using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

public sealed class AppendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_answers_with_positions_and_versions_from_one_and_the_event_reads_back_whole()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var request = new AppendRequest(Oslo, Patient(), [Event("a"), Event("b")], null, Key("k1"));

        var appended = Assert.IsType<AppendResult.Appended>(await store.Log.AppendAsync(request, Ct));

        Assert.Equal((1, 2, 2), (appended.FirstPosition, appended.LastPosition, appended.LastVersion));
        var read = await store.Log.ReadStreamAsync(Oslo, Patient(), 1, 10, Ct);
        Assert.Equal(["a", "b"], read.Select(Text));
        Assert.Equal(
            new RecordedEvent(Oslo, 1, Patient(), 1, request.Events[0].Id, "MessageAccepted", appended.RecordedAt, "evondos-style", request.Events[0].Metadata, read[0].Body),
            read[0]);
    }

    [Fact]
    public async Task Append_with_stale_version_is_refused_and_writes_nothing()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct);

        var stale = await store.Log.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct);
        var next = await store.Log.AppendAsync(Request(Oslo, Patient(), expected: 1), Ct);

        Assert.Equal(new AppendResult.VersionConflict(1), stale);
        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(next).LastPosition);
        Assert.Equal(2, await store.Log.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task Same_key_and_body_is_a_duplicate_of_the_original_and_stores_nothing()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var first = Request(Oslo, Patient(), "first", dedup: Key("k"));
        await store.Log.AppendAsync(first, Ct);

        var again = Assert.IsType<AppendResult.Duplicate>(await store.Log.AppendAsync(Request(Oslo, Patient("2"), "again", expected: 7, dedup: Key("k")), Ct));
        var other = Assert.IsType<AppendResult.ConflictingDuplicate>(await store.Log.AppendAsync(Request(Oslo, Patient(), "x", dedup: Key("k", "other body")), Ct));

        Assert.Equal(first.Events[0].Id, again.Original.Id);
        Assert.Equal(first.Events[0].Id, other.Original.Id);
        Assert.Equal(1, await store.Log.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task The_same_key_in_another_tenant_is_another_message()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);

        var results = await store.Log.AppendAsync([Request(Oslo, Patient(), dedup: Key("k")), Request(Bergen, Patient(), dedup: Key("k"))], Ct);

        Assert.All(results, result => Assert.Equal(1, Assert.IsType<AppendResult.Appended>(result).FirstPosition));
        Assert.Equal([Oslo, Bergen], await store.Log.TenantsAsync(Ct));
    }

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
    public async Task A_transaction_cannot_append_to_a_tenant_it_has_not_declared()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => store.Log.AppendAsync(transaction, [Request(Bergen, Patient())], Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task One_callers_impossible_event_fails_that_caller_only()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var bad = new AppendRequest(Oslo, Patient(), [new NewEvent(Guid.NewGuid(), "MessageAccepted", "not json", default)]);

        var good = Enumerable.Range(0, 40).Select(i => store.Log.AppendAsync(Request(Oslo, Patient($"{i}")), Ct)).ToList();
        var failing = store.Log.AppendAsync(bad, Ct);
        good.AddRange(Enumerable.Range(40, 40).Select(i => store.Log.AppendAsync(Request(Oslo, Patient($"{i}")), Ct)));

        Assert.Equal("VKP-307", (await Assert.ThrowsAsync<StoreException>(() => failing)).Code);
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(80, await store.Log.HeadAsync(Oslo, Ct));
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

    [Fact]
    public async Task Twenty_parallel_appends_at_one_version_let_exactly_one_in()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Log.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.OfType<AppendResult.VersionConflict>().Count());
    }

    [Fact]
    public async Task Twenty_parallel_appends_with_one_key_let_exactly_one_in_and_name_it_to_the_others()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Log.AppendAsync(Request(Oslo, Patient(), dedup: Key("k")), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.OfType<AppendResult.Duplicate>().Count(duplicate => duplicate.Original.Position == 1));
    }

    [Fact]
    public async Task The_stream_reads_backwards_and_in_pages()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(new AppendRequest(Oslo, Patient(), [Event("1"), Event("2"), Event("3"), Event("4")]), Ct);

        Assert.Equal(["2", "3"], (await store.Log.ReadStreamAsync(Oslo, Patient(), 2, 2, Ct)).Select(Text));
        Assert.Equal(["4", "3"], (await store.Log.ReadStreamBackwardsAsync(Oslo, Patient(), long.MaxValue, 2, Ct)).Select(Text));
        Assert.Equal(["3", "4"], (await store.Log.ReadLogAsync(Oslo, 2, 10, Ct)).Select(Text));
        Assert.Empty(await store.Log.ReadLogAsync(Bergen, 0, 10, Ct));
    }
}
