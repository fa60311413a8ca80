using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using Vkp.EventStore.Subscriptions;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

public sealed class RetentionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_removes_what_its_plan_says_and_its_signed_receipt_says_exactly_what()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        await Retiring.FillAsync(store, 60, Ct);
        var before = await LogAsync(store);
        var audit = new LogAudit(store.App, key.Signed);
        var retention = new LogRetention(store.Log);

        var plan = await retention.EstimateAsync(Oslo, Retiring.Rule(upTo: 40, kept: "patient-1"), TimeProvider.System, Ct);
        Assert.DoesNotContain(before, e => e.BodyRemoved);
        var run = await Retiring.RunAsync(store, key, Retiring.Rule(upTo: 40, kept: "patient-1"), Ct);

        var gone = before.Where(e => e.Position <= run.Plan.UpTo && e.Stream == Patient("0")).ToList();
        var receipt = run.Receipt!;
        Assert.Equal((plan!.UpTo, plan.Events, plan.Bytes), (run.Plan.UpTo, run.Plan.Events, run.Plan.Bytes));
        Assert.Equal((gone.Count, gone.Sum(e => e.Body.Length)), (run.Plan.Events, run.Plan.Bytes));
        Assert.Equal((gone.Count, gone[0].Position, gone[^1].Position), (receipt.Events, receipt.First, receipt.Last));
        Assert.Equal(gone.Count, Assert.Single(receipt.ByType).Value);
        Assert.Equal(await DigestAsync(store, gone), receipt.Digest);
        Assert.True(key.Signed(run.SignedPlan) && key.Signed(run.SignedReceipt!));
        Assert.False(key.Signed(run.SignedReceipt! with { Statement = run.SignedReceipt!.Statement.Replace("keep nothing", "keep all", StringComparison.Ordinal) }));
        Assert.Equal(run.Receipt, Assert.Single((await retention.ReadAsync(Oslo, Ct)).Runs).Receipt! with { ByType = run.Receipt!.ByType });

        // Facts, ids and places are as they were; of what is gone only the body is, and it names its receipt.
        var after = await LogAsync(store);
        Assert.Equal(gone.Select(e => e.Position), after.Where(e => e.BodyRemoved).Select(e => e.Position));
        Assert.All(after.Where(e => e.BodyRemoved), e => Assert.Equal((0, receipt.Receipt), (e.Body.Length, e.Receipt)));
        Assert.Equal(before.Select(e => e with { Body = default }), after.Take(60).Select(e => e with { Body = default, BodyRemoved = false, Receipt = null }));

        var whole = await audit.VerifyAsync(Oslo, [], Ct);
        Assert.Equal((null, (long)gone.Count, 1, 1), (whole.FirstBreak, whole.BodiesRemoved, whole.Anchors, whole.Receipts));
        // From the cut on: what the plan saw there is the anchor the verification starts at.
        var fromCut = await audit.VerifyAsync(Oslo, run.Plan.UpTo + 1, [], null, Ct);
        Assert.Equal((null, run.Plan.UpTo + 1, 0L, 1), (fromCut.FirstBreak, fromCut.From, fromCut.BodiesRemoved, fromCut.Anchors));

        var exported = await LinesAsync(store);
        Assert.Equal(gone.Count, exported.Count(line => line.Contains($"\"receipt\":\"{receipt.Receipt}\"", StringComparison.Ordinal)));

        // Nothing is left to do: no second receipt for the same.
        Assert.Null(await retention.FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct));
        Assert.Equal(0, (await retention.EstimateAsync(Oslo, Retiring.Rule(upTo: 40, kept: "patient-1"), TimeProvider.System, Ct))!.Events);
        // What was kept then goes under a receipt of its own.
        var second = await Retiring.RunAsync(store, key, Retiring.Rule(upTo: 40), Ct);
        Assert.Equal((null, 2), (await audit.VerifyAsync(Oslo, [], Ct)) is var both ? (both.FirstBreak, both.Receipts) : default);
        Assert.Equal(before.Count(e => e.Position <= second.Plan.UpTo && e.Stream == Patient("1")), second.Receipt!.Events);
    }

    [Fact]
    public async Task The_database_removes_nothing_without_a_plan_that_fits_the_log()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        await Retiring.FillAsync(store, 30, Ct);
        var retention = new LogRetention(store.Log);
        var rule = Retiring.Rule(upTo: 20);
        await RefusedAsync(store, Guid.NewGuid(), "has no retention plan");

        var plan = (await retention.EstimateAsync(Oslo, rule, TimeProvider.System, Ct))!;
        Assert.Null(await retention.EstimateAsync(Oslo, Retiring.Rule(before: DateTimeOffset.UnixEpoch), TimeProvider.System, Ct));

        // A subscription that is behind, a rebuild that has begun: the cut waits for them.
        var slow = new Subscription(store.Log, "slow", 10, (_, _) => Task.CompletedTask, TimeProvider.System);
        await slow.RunOnceAsync(Ct);
        Assert.InRange((await retention.EstimateAsync(Oslo, rule, TimeProvider.System, Ct))!.UpTo, 1, 10);
        await retention.BeginAsync(plan, key.SignStatement, Ct);
        await RefusedAsync(store, plan.Receipt, "a subscription");
        Assert.Equal("VKP-309", (await Assert.ThrowsAsync<StoreException>(() => retention.FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct))).Code);
        while (await slow.RunOnceAsync(Ct) > 0)
        {
        }

        // One run at a time; and a done one is done.
        Assert.Null(await retention.BeginAsync(plan with { Receipt = Guid.NewGuid() }, key.SignStatement, Ct));
        Assert.NotNull(await retention.FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct));
        await RefusedAsync(store, plan.Receipt, "is done");

        // Too young, by the plan's own word; of a chain that is not this one; of another municipality.
        foreach (var (falsePlan, why) in new[]
        {
            (plan with { Before = DateTimeOffset.UnixEpoch }, "is not what"), (plan with { ChainHash = new string('a', 64) }, "is not what"), (plan with { Tenant = Bergen }, "has no retention plan"),
        })
        {
            var told = falsePlan with { Receipt = Guid.NewGuid() };
            var metadata = key.SignStatement(told.ToJson()).ToJson();
            await store.Log.AppendAsync(new AppendRequest(Oslo, RetentionBook.StreamOf(Oslo), [new NewEvent(told.Receipt, RetentionBook.Planned, metadata, default)]), Ct);
            await RefusedAsync(store, told.Receipt, why);
        }

        Assert.Empty(await store.Log.ReadLogAsync(Bergen, 0, 10, Ct));
    }

    [Fact]
    public async Task A_hold_keeps_a_stream_or_everything_also_in_a_run_under_way_until_it_is_released()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        await Retiring.FillAsync(store, 30, Ct);
        var retention = new LogRetention(store.Log);
        var hold = new RetentionHold("patient-0", "a complaint", "test", DateTimeOffset.UtcNow);
        var everything = hold with { Stream = RetentionBook.Everything };

        await retention.HoldAsync(Oslo, everything, Ct);
        Assert.Equal(0, (await retention.EstimateAsync(Oslo, Retiring.Rule(), TimeProvider.System, Ct))!.Events);
        await retention.ReleaseAsync(Oslo, everything, Ct);
        await Retiring.BeginAsync(store, key, Retiring.Rule(), Ct);
        await retention.HoldAsync(Oslo, hold, Ct);
        Assert.Equal(hold, Assert.Single((await retention.ReadAsync(Oslo, Ct)).Holds));
        var run = await retention.FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct);

        Assert.Equal(["patient-1"], (await LogAsync(store)).Where(e => e.BodyRemoved).Select(e => e.Stream.ToString()).Distinct());
        Assert.True(run!.Receipt!.Events < run.Plan.Events);
        Assert.Null((await new LogAudit(store.App, key.Signed).VerifyAsync(Oslo, [], Ct)).FirstBreak);
        await retention.ReleaseAsync(Oslo, hold, Ct);
        await Retiring.RunAsync(store, key, Retiring.Rule(), Ct);
        Assert.Equal(["patient-0", "patient-1"], (await LogAsync(store)).Where(e => e.BodyRemoved).Select(e => e.Stream.ToString()).Distinct().Order());
    }

    /// <summary>By somebody who may do anything in the database, except sign.</summary>
    [Fact]
    public async Task A_deletion_that_no_receipt_speaks_for_is_found_and_its_first_position_named()
    {
        const string another = "update event e set body = sha256(e.body), body_removed = true, receipt = r.receipt from event r where r.position = 1 and e.position =";
        (string What, long Position, string Sql)[] tamperings =
        [
            ("a body gone without a receipt", 31, "update event set body = sha256(body), body_removed = true where position = 31"),
            ("a body gone under a receipt nobody gave", 31, "update event set body = sha256(body), body_removed = true, receipt = gen_random_uuid() where position = 31"),
            ("one beyond the cut", 31, $"{another} 31"),
            ("one of another type", 10, $"{another} 10"),
            ("one that the receipt does not count", 1, $"{another} 29"),
            ("a receipt taken off an event", 3, "update event set receipt = null where position = 3"),
            ("a row gone, not only its body", 3, "delete from event where position = 3"),
            ("a changed receipt", 43, "update event set metadata = replace(metadata::text, 'keep nothing', 'keep all')::json where type = 'RetentionCompleted'"),
        ];
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        // Alone in its commit each, so that every position can be a cut; the last patient's is held back from the run.
        for (var i = 0; i < 40; i++)
            await store.Log.AppendAsync(i == 9 ? Retiring.Configuration(i) : Request(Oslo, Patient(i < 28 ? "1" : "0"), $"{i}"), Ct);

        await Retiring.BeginAsync(store, key, Retiring.Rule(upTo: 29), Ct);
        await new LogRetention(store.Log).HoldAsync(Oslo, new("patient-0", "kept out of the receipt", "test", DateTimeOffset.UtcNow), Ct);
        await new LogRetention(store.Log).FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct);
        var audit = new LogAudit(store.App, key.Signed);
        await store.ExecuteAsync("create table as_it_was as select * from event");

        foreach (var (what, position, sql) in tamperings)
        {
            Assert.Null((await audit.VerifyAsync(Oslo, [], Ct)).FirstBreak);
            await store.ExecuteAsync(sql);
            var found = (await audit.VerifyAsync(Oslo, [], Ct)).FirstBreak;
            Assert.True(found?.Position == position, $"{what}: {found}");
            await store.ExecuteAsync("delete from event; insert into event select * from as_it_was");
        }
    }

    [Fact]
    public async Task A_plan_that_somebody_else_signed_is_found_though_the_database_obeyed_it()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        using var forger = AnchorKey.Generate();
        await Retiring.FillAsync(store, 20, Ct);

        var run = await Retiring.RunAsync(store, forger, Retiring.Rule(), Ct);

        Assert.Equal((BreakKind.Erased, run.Position), (await new LogAudit(store.App, key.Signed).VerifyAsync(Oslo, [], Ct)).FirstBreak is { } found ? (found.Kind, found.Position) : default);
        Assert.Null((await new LogAudit(store.App, forger.Signed).VerifyAsync(Oslo, [], Ct)).FirstBreak);
    }

    [Fact]
    public async Task Neither_appends_nor_reads_nor_an_audit_wait_for_a_removal_that_is_not_committed()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        await Retiring.FillAsync(store, 30, Ct);
        var run = await Retiring.BeginAsync(store, key, Retiring.Rule(), Ct);
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
        await using var retire = new NpgsqlCommand($"select events from retire_bodies({Oslo}, '{run.Plan.Receipt}', 0, 1000)", connection, transaction);
        Assert.Equal(27L, await retire.ExecuteScalarAsync(Ct));

        Assert.IsType<AppendResult.Appended>(await store.Log.AppendAsync(Request(Oslo, Patient("0")), Ct));
        Assert.False((await store.Log.ReadLogAsync(Oslo, 0, 1, Ct))[0].BodyRemoved);
        Assert.Null((await new LogAudit(store.App, key.Signed).VerifyAsync(Oslo, [], Ct)).FirstBreak);
        // Another process steps aside rather than wait.
        Assert.Null(await new LogRetention(store.Log).FinishAsync(Oslo, key.SignStatement, TimeProvider.System, null, Ct));
    }

    [Fact]
    public async Task The_events_take_less_room_on_disk_afterwards_and_new_ones_take_the_room_that_was_freed()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        using var key = AnchorKey.Generate();
        await Retiring.FillAsync(store, 3000, Ct, perCommit: 250);
        var space = new StoreSpace(store.Owner, store.Schema);
        await Retiring.RunAsync(store, key, Retiring.Rule(), Ct);
        await space.ReuseAsync(Ct);
        var before = await space.MeasureAsync(Ct);

        for (var i = 0; i < 4; i++)
            await store.Log.AppendAsync([.. Enumerable.Range(0, 250).Select(_ => Request(Oslo, Patient("2"), new string('y', 900)))], Ct);

        Assert.InRange(await space.MeasureAsync(Ct), 0, before + 200_000);
        await space.ReturnAsync(Ct);
        var after = await space.MeasureAsync(Ct);
        Assert.True(after < before * 6 / 10, $"{before} bytes before, {after} after");
        Assert.Null((await new LogAudit(store.App, key.Signed).VerifyAsync(Oslo, [], Ct)).FirstBreak);
    }

    private static async Task RefusedAsync(StoreFixture store, Guid receipt, string why)
    {
        await using var connection = await store.App.OpenConnectionAsync(Ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, [Oslo], Ct);
        await using var retire = new NpgsqlCommand($"select events from retire_bodies({Oslo}, '{receipt}', 0, 1000)", connection, transaction);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => retire.ExecuteScalarAsync(Ct));
        Assert.Equal("VK002", refused.SqlState);
        Assert.Contains(why, refused.MessageText, StringComparison.Ordinal);
    }

    /// <summary>The rule in words of its own, independent of the code that computes and checks it.</summary>
    private static async Task<string> DigestAsync(StoreFixture store, IReadOnlyList<RecordedEvent> gone)
    {
        var digest = new byte[32];
        foreach (var e in gone)
        {
            var content = await store.ScalarAsync<byte[]>($"select content_hash from event where position = {e.Position}");
            digest = SHA256.HashData([.. digest, .. Convert.FromHexString(e.Position.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)), .. content]);
        }

        return Convert.ToHexStringLower(digest);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(StoreFixture store)
    {
        var lines = new List<string>();
        await foreach (var line in new LogExport(store.App).LinesAsync(Oslo, Ct))
            lines.Add(Encoding.UTF8.GetString(line.Span));

        return lines;
    }

    private static async Task<IReadOnlyList<RecordedEvent>> LogAsync(StoreFixture store) => await store.Log.ReadLogAsync(Oslo, 0, 10_000, Ct);
}
