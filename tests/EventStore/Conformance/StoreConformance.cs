using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Conformance;

/// <summary>What every implementation of the store's door does. Names no table.</summary>
public abstract class StoreConformance
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An empty store of its own.</summary>
    protected abstract Task<IStoreDoor> CreateAsync(CancellationToken ct);

    [Fact]
    public async Task Append_answers_with_positions_and_versions_from_one_and_the_event_reads_back_whole()
    {
        await using var store = await CreateAsync(Ct);
        var request = new AppendRequest(Oslo, Patient(), [Event("a"), Event("b")], null, Key("k1"));

        var appended = Assert.IsType<AppendResult.Appended>(await store.AppendAsync(request, Ct));

        Assert.Equal((1, 2, 2), (appended.FirstPosition, appended.LastPosition, appended.LastVersion));
        var read = await store.ReadStreamAsync(Oslo, Patient(), 1, 10, Ct);
        Assert.Equal(["a", "b"], read.Select(Text));
        Assert.Equal(
            new RecordedEvent(Oslo, 1, Patient(), 1, request.Events[0].Id, "MessageAccepted", appended.RecordedAt, "evondos-style", request.Events[0].Metadata, read[0].Body),
            read[0]);
    }

    [Fact]
    public async Task Append_with_stale_version_is_refused_and_writes_nothing()
    {
        await using var store = await CreateAsync(Ct);
        await store.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct);

        var stale = await store.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct);
        var next = await store.AppendAsync(Request(Oslo, Patient(), expected: 1), Ct);

        Assert.Equal(new AppendResult.VersionConflict(1), stale);
        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(next).LastPosition);
        Assert.Equal(2, await store.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task Same_key_and_body_is_a_duplicate_of_the_original_and_stores_nothing()
    {
        await using var store = await CreateAsync(Ct);
        var first = Request(Oslo, Patient(), "first", dedup: Key("k"));
        await store.AppendAsync(first, Ct);

        var again = Assert.IsType<AppendResult.Duplicate>(await store.AppendAsync(Request(Oslo, Patient("2"), "again", expected: 7, dedup: Key("k")), Ct));
        var other = Assert.IsType<AppendResult.ConflictingDuplicate>(await store.AppendAsync(Request(Oslo, Patient(), "x", dedup: Key("k", "other body")), Ct));

        Assert.Equal(first.Events[0].Id, again.Original.Id);
        Assert.Equal(first.Events[0].Id, other.Original.Id);
        Assert.Equal(1, await store.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task The_same_key_in_another_tenant_is_another_message()
    {
        await using var store = await CreateAsync(Ct);

        var results = await store.AppendAsync([Request(Oslo, Patient(), dedup: Key("k")), Request(Bergen, Patient(), dedup: Key("k"))], Ct);

        Assert.All(results, result => Assert.Equal(1, Assert.IsType<AppendResult.Appended>(result).FirstPosition));
        Assert.Equal([Oslo, Bergen], await store.TenantsAsync(Ct));
    }

    [Fact]
    public async Task The_same_key_of_another_source_is_another_message()
    {
        await using var store = await CreateAsync(Ct);
        var other = Key("k") with { Source = "alarm-style" };

        var together = await store.AppendAsync([Request(Oslo, Patient(), dedup: Key("k")), Request(Oslo, Patient(), dedup: other)], Ct);
        var again = Assert.IsType<AppendResult.Duplicate>(await store.AppendAsync(Request(Oslo, Patient(), dedup: other), Ct));

        Assert.All(together, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(2, again.Original.Position);
        Assert.Equal(2, await store.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task One_callers_impossible_event_fails_that_caller_only()
    {
        await using var store = await CreateAsync(Ct);
        var bad = new AppendRequest(Oslo, Patient(), [new NewEvent(Guid.NewGuid(), "MessageAccepted", "not json", default)]);

        var good = Enumerable.Range(0, 40).Select(i => store.AppendAsync(Request(Oslo, Patient($"{i}")), Ct)).ToList();
        var failing = store.AppendAsync(bad, Ct);
        good.AddRange(Enumerable.Range(40, 40).Select(i => store.AppendAsync(Request(Oslo, Patient($"{i}")), Ct)));

        Assert.Equal("VKP-307", (await Assert.ThrowsAsync<StoreException>(() => failing)).Code);
        Assert.All(await Task.WhenAll(good), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(80, await store.HeadAsync(Oslo, Ct));
    }

    [Fact]
    public async Task Twenty_parallel_appends_at_one_version_let_exactly_one_in()
    {
        await using var store = await CreateAsync(Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.OfType<AppendResult.VersionConflict>().Count());
    }

    [Fact]
    public async Task Twenty_parallel_appends_with_one_key_let_exactly_one_in_and_name_it_to_the_others()
    {
        await using var store = await CreateAsync(Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.AppendAsync(Request(Oslo, Patient(), dedup: Key("k")), Ct)));

        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.OfType<AppendResult.Duplicate>().Count(duplicate => duplicate.Original.Position == 1));
    }

    [Fact]
    public async Task The_stream_reads_backwards_and_in_pages()
    {
        await using var store = await CreateAsync(Ct);
        await store.AppendAsync(new AppendRequest(Oslo, Patient(), [Event("1"), Event("2"), Event("3"), Event("4")]), Ct);

        Assert.Equal(["2", "3"], (await store.ReadStreamAsync(Oslo, Patient(), 2, 2, Ct)).Select(Text));
        Assert.Equal(["4", "3"], (await store.ReadStreamBackwardsAsync(Oslo, Patient(), long.MaxValue, 2, Ct)).Select(Text));
        Assert.Equal(["3", "4"], (await store.ReadLogAsync(Oslo, 2, 10, Ct)).Select(Text));
        Assert.Empty(await store.ReadLogAsync(Bergen, 0, 10, Ct));
    }

    [Fact]
    public async Task Single_events_are_read_together_by_position_in_the_order_asked_for()
    {
        await using var store = await CreateAsync(Ct);
        await store.AppendAsync(new AppendRequest(Oslo, Patient(), [Event("1"), Event("2"), Event("3")]), Ct);

        Assert.Equal(["3", "1"], (await store.ReadPositionsAsync(Oslo, [3, 99, 1], Ct)).Select(Text));
        Assert.Empty(await store.ReadPositionsAsync(Bergen, [1, 2], Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ReadPositionsAsync(Oslo, [], Ct));
    }

    [Fact]
    public async Task An_append_in_a_transaction_that_is_rolled_back_leaves_no_hole_and_frees_its_key()
    {
        await using var store = await CreateAsync(Ct);
        await store.AppendSlowlyAsync(Request(Oslo, Patient(), "gone", dedup: Key("k")), 1, commit: false, Ct);

        Assert.IsType<AppendResult.Appended>(await store.AppendSlowlyAsync(Request(Oslo, Patient(), "kept", dedup: Key("k")), 1, commit: true, Ct));

        Assert.Equal((1L, "kept"), (await store.HeadAsync(Oslo, Ct), Text(Assert.Single(await store.ReadLogAsync(Oslo, 0, 10, Ct)))));
    }

    [Fact]
    public async Task The_log_is_read_by_type_category_source_and_time_and_a_stream_as_it_was()
    {
        await using var store = await CreateAsync(Ct);
        var registry = new StreamName("registry", "devices");
        await store.AppendAsync(new AppendRequest(Oslo, Patient(), [Event("1"), Event("2") with { Type = "MessageHeld" }], null, Key("k")), Ct);
        await store.AppendAsync(Request(Oslo, registry, "3"), Ct);
        await store.AppendAsync(Request(Oslo, Patient(), "4"), Ct);
        var all = await store.ReadLogAsync(Oslo, 0, 10, Ct);

        async Task<string> Filtered(LogFilter filter, long after = 0, int max = 10) => string.Join(',', (await store.ReadLogAsync(Oslo, after, max, filter, Ct)).Select(Text));
        Assert.Equal("1,2,3,4", await Filtered(new()));
        Assert.Equal("2", await Filtered(new(Types: ["MessageHeld", "Other"])));
        Assert.Equal("3", await Filtered(new(Category: "registry")));
        Assert.Equal("1,2", await Filtered(new(Source: "evondos-style")));
        Assert.Equal("3,4", await Filtered(new(From: all[2].RecordedAt)));
        Assert.Equal("1,2", await Filtered(new(Before: all[2].RecordedAt)));
        Assert.Equal("4", await Filtered(new(Category: "patient"), after: 2, max: 1));

        async Task<string> UpTo(long version, DateTimeOffset until) => string.Join(',', (await store.ReadStreamUpToAsync(Oslo, Patient(), 1, version, until, 10, Ct)).Select(Text));
        Assert.Equal("1,2", await UpTo(2, DateTimeOffset.MaxValue));
        Assert.Equal("1,2", await UpTo(long.MaxValue, all[2].RecordedAt));
        Assert.Equal("1,2,4", await UpTo(long.MaxValue, all[3].RecordedAt));
    }

    [Fact]
    public async Task Metadata_and_body_come_back_byte_for_byte()
    {
        await using var store = await CreateAsync(Ct);
        var body = Enumerable.Range(0, 70_000).Select(i => (byte)(i * 31)).ToArray();
        var odd = new NewEvent(Guid.NewGuid(), "MessageAccepted", "{ \"b\":1.0,\n\"a\" : \"\\u00e6ø\", \"a\":null}", body);

        await store.AppendAsync(new AppendRequest(0, new StreamName("registry", "a-b-c"), [odd, Event(string.Empty)]), Ct);

        var read = await store.ReadStreamAsync(0, new StreamName("registry", "a-b-c"), 1, 10, Ct);
        Assert.Equal((odd.Metadata, odd.Id), (read[0].Metadata, read[0].Id));
        Assert.Equal(body, read[0].Body.ToArray());
        Assert.True(read[1].Body.IsEmpty);
    }

    [Fact]
    public async Task Retention_takes_bodies_and_leaves_facts_repeats_positions_and_versions()
    {
        await using var store = await CreateAsync(Ct);
        var first = Request(Oslo, Patient(), "first", dedup: Key("k"));
        await store.AppendAsync(first, Ct);
        await store.AppendAsync(new AppendRequest(Oslo, new StreamName("registry", "1"), [Event("configuration") with { Type = "PolicyChanged" }]), Ct);
        await store.AppendAsync(Request(Oslo, Patient(), "third"), Ct);

        await store.RemoveBodiesAsync(Oslo, 2, Ct);

        var log = await store.ReadLogAsync(Oslo, 0, 3, Ct);
        Assert.Equal([(true, ""), (false, "configuration"), (false, "third")], log.Select(e => (e.BodyRemoved, Text(e))));
        Assert.Equal((first.Events[0].Id, "MessageAccepted", first.Events[0].Metadata, 1L), (log[0].Id, log[0].Type, log[0].Metadata, log[0].Version));
        Assert.NotNull(log[0].Receipt);
        var again = Assert.IsType<AppendResult.Duplicate>(await store.AppendAsync(Request(Oslo, Patient("2"), "again", dedup: Key("k")), Ct));
        Assert.Equal((first.Events[0].Id, true), (again.Original.Id, again.Original.BodyRemoved));
        Assert.IsType<AppendResult.ConflictingDuplicate>(await store.AppendAsync(Request(Oslo, Patient(), "x", dedup: Key("k", "other body")), Ct));
        Assert.Equal(new AppendResult.VersionConflict(2), await store.AppendAsync(Request(Oslo, Patient(), expected: 0), Ct));
        Assert.Equal(3, Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Request(Oslo, Patient()), Ct)).LastVersion);
        Assert.Equal([1L, 2L, 3L], (await store.ReadStreamAsync(Oslo, Patient(), 1, 10, Ct)).Select(e => e.Version));
    }

    [Fact]
    public async Task What_no_store_can_hold_is_refused_before_it_is_sent()
    {
        await using var store = await CreateAsync(Ct);
        AppendRequest[] impossible =
        [
            Request(-1, Patient()),
            Request(Oslo, default),
            Request(Oslo, Patient(), expected: -1),
            new AppendRequest(Oslo, Patient(), []),
            new AppendRequest(Oslo, Patient(), [Event() with { Type = string.Empty }]),
            new AppendRequest(Oslo, Patient(), [Event() with { Metadata = "{\"half\": \"\ud800\"}" }]),
            Request(Oslo, Patient(), dedup: new DedupKey("x", new byte[4], new byte[32])),
        ];

        foreach (var request in impossible)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.AppendAsync(request, Ct));

        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync([Request(Oslo, Patient()), Request(Oslo, Patient(), expected: 0)], Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ReadLogAsync(Oslo, 0, 0, Ct));
        Assert.Empty(await store.TenantsAsync(Ct));
    }
}

public sealed class EventLogConformance : StoreConformance
{
    protected override Task<IStoreDoor> CreateAsync(CancellationToken ct) => EventLogDoor.CreateAsync(ct);
}
