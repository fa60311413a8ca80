using Npgsql;
using Vkp.EventStore.Audit;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>The usual case is stored unjudged; what comes of it must be what judging would have made of it.</summary>
public sealed class DirectAppendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_events_are_stored_unjudged_and_only_a_repeat_or_a_grown_stream_is_judged()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var named = HeardCommands.Named(store);
        await using var log = new EventLog(named);
        using var heard = new HeardCommands(store.Schema);

        await log.AppendAsync(Request(Oslo, Patient(), "first of the tenant", dedup: Key("1")), Ct);
        await log.AppendAsync(Request(Oslo, Patient(), "known stream"), Ct);
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(Request(Oslo, Patient("2"), "unknown stream", dedup: Key("2")), Ct));
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(Request(Oslo, Patient("2"), "as expected", expected: 1), Ct));
        Assert.Equal(Enumerable.Repeat("direct_append", 4), Called(heard));

        Assert.IsType<AppendResult.Duplicate>(await log.AppendAsync(Request(Oslo, Patient("2"), "again", dedup: Key("2")), Ct));
        Assert.Equal(["direct_append", "append"], Called(heard));

        // What this node knows of the stream is behind, and the next one is judged from the start.
        await store.Log.AppendAsync(Request(Oslo, Patient("2"), "there"), Ct);
        Assert.Equal(4, Assert.IsType<AppendResult.Appended>(await log.AppendAsync(Request(Oslo, Patient("2"), "here"), Ct)).LastVersion);
        Assert.Equal(["append"], Called(heard));
    }

    [Fact]
    public async Task Storing_unjudged_is_tried_again_ever_more_seldom_while_it_fails_and_at_once_after_a_single_case()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var named = HeardCommands.Named(store);
        await using var log = new EventLog(named);
        using var heard = new HeardCommands(store.Schema);
        await log.AppendAsync(Request(Oslo, Patient(), "first", dedup: Key("1")), Ct);
        Called(heard);

        var tried = new List<int>();
        for (var repeat = 1; repeat <= 16; repeat++)
        {
            await log.AppendAsync(Request(Oslo, Patient(), "first", dedup: Key("1")), Ct);
            if (Called(heard).Contains("direct_append")) tried.Add(repeat);
        }

        // After each that failed, twice as many and one are judged at once: 1, 3, 7.
        Assert.Equal([1, 3, 7, 15], tried);
        for (var i = 0; i < 20; i++) await log.AppendAsync(Request(Oslo, Patient(), "new"), Ct);
        Called(heard);
        await log.AppendAsync(Request(Oslo, Patient(), "first", dedup: Key("1")), Ct);
        await log.AppendAsync(Request(Oslo, Patient(), "new"), Ct);
        await log.AppendAsync(Request(Oslo, Patient(), "new"), Ct);
        Assert.Equal(["direct_append", "append", "append", "direct_append"], Called(heard));
    }

    [Fact]
    public async Task A_repeat_is_found_without_reading_the_log_in_tables_that_nobody_has_analysed()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.ExecuteAsync("alter table event set (autovacuum_enabled = off)");
        var requests = Enumerable.Range(0, 500).Select(i => Request(Oslo, Patient($"{i % 7}"), dedup: Key($"{i}"))).ToList();
        await store.Log.AppendAsync(requests, Ct);

        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [Oslo], Ct);
        var results = await store.Log.AppendAsync(transaction, requests.Take(10).ToList(), Ct);
        await using var read = new NpgsqlCommand("select seq_scan, idx_tup_fetch from pg_stat_xact_user_tables where relname = 'event' and schemaname = current_schema()", connection, transaction);
        await using var counts = await read.ExecuteReaderAsync(Ct);
        await counts.ReadAsync(Ct);

        Assert.All(results, result => Assert.IsType<AppendResult.Duplicate>(result));
        Assert.Equal(0, counts.GetInt64(0));

        // Of each: the last version of its stream, the event that it repeats, and that one again to answer with, some of them twice.
        Assert.InRange(counts.GetInt64(1), 20, 60);
    }

    [Fact]
    public async Task The_database_itself_stores_no_key_twice_whatever_its_functions_do()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient(), dedup: Key("1")), Ct);
        var copy = $"insert into event select tenant, position + 1, version + 1, recorded_at, id, stream, type, source, key_hash, body_hash, content_hash, metadata, body from event where tenant = {Oslo}";

        var refused = await Assert.ThrowsAsync<PostgresException>(() => store.ExecuteAsync(copy));

        Assert.Equal((PostgresErrorCodes.ExclusionViolation, "event_source_key"), (refused.SqlState, refused.ConstraintName));
        await store.ExecuteAsync(copy.Replace("type, source,", "type, 'alarm-style',", StringComparison.Ordinal));
    }

    [Fact]
    public async Task However_an_append_goes_versions_and_positions_are_dense_and_the_chain_is_whole()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await using var other = new EventLog(store.App);
        for (var i = 0; i < 12; i++)
        {
            // Several streams and events of two tenants in one call, known and unknown streams side by side.
            await store.Log.AppendAsync(
            [
                Request(Bergen, Patient(), $"bergen {i}"),
                new AppendRequest(Oslo, Patient(), [Event($"a {i}"), Event($"b {i}")], null, Key($"{i}")),
                Request(Oslo, Patient($"new{i}"), "only one"),
                Request(Oslo, Patient(), $"c {i}"),
            ], Ct);

            // All of these are known but for the first time.
            await store.Log.AppendAsync([new AppendRequest(Oslo, Patient("kept"), [Event(), Event()]), Request(Bergen, Patient("kept")), Request(Oslo, Patient("kept"))], Ct);

            // Another node goes on with the same stream, so that what this one knows of it is behind. From here on calls are judged.
            if (i == 8)
                await other.AppendAsync(Request(Oslo, Patient(), $"there {i}"), Ct);

            await using var connection = await store.App.OpenConnectionAsync(Ct);
            await using var transaction = await Database.BeginAsync(connection, [Oslo], Ct);
            await store.Log.AppendAsync(transaction, [Request(Oslo, Patient(), $"d {i}"), Request(Oslo, Patient($"new{i}"), "and another"), Request(Oslo, Patient(), $"e {i}")], Ct);
            await transaction.CommitAsync(Ct);
        }

        var audit = new LogAudit(store.App);
        foreach (var (tenant, events) in new[] { (Oslo, (12 * 10) + 1), (Bergen, 24) })
        {
            var report = await audit.VerifyAsync(tenant, [], Ct);
            Assert.Equal((null, (long)events), (report.FirstBreak, report.Events));
            var log = await store.Log.ReadLogAsync(tenant, 0, 1000, Ct);
            Assert.Equal(Enumerable.Range(1, events).Select(p => (long)p), log.Select(e => e.Position));
            Assert.All(log.GroupBy(e => e.Stream), stream => Assert.Equal(Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(e => e.Version)));
        }

        var ofOne = (await store.Log.ReadStreamAsync(Oslo, Patient(), 1, 1000, Ct)).Select(Text).ToList();
        Assert.Equal(["a 8", "b 8", "c 8", "there 8", "d 8", "e 8", "a 9"], ofOne.SkipWhile(text => text != "a 8").Take(7));
    }

    /// <summary>Which of the two functions were called since the last time.</summary>
    private static List<string> Called(HeardCommands heard) =>
        [.. heard.Take().Where(text => text.Contains("append(", StringComparison.Ordinal)).Select(text => text.Contains("direct_append(", StringComparison.Ordinal) ? "direct_append" : "append")];
}
