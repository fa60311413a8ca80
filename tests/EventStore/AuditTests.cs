using System.Security.Cryptography;
using Npgsql;
using Vkp.EventStore.Audit;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

public sealed class AuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_untouched_log_verifies_from_the_start_from_the_middle_and_after_retention()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await FillAsync(store, [Oslo], commits: 40);
        var audit = new LogAudit(store.App);
        using var key = AnchorKey.Generate();
        var anchor = LogAnchor.Parse(Assert.Single(await key.TakeAsync(store.Log, TimeProvider.System, Ct)).ToJson());
        await FillAsync(store, [Oslo], commits: 3);

        Assert.True(key.Signed(anchor));
        Assert.False(key.Signed(anchor with { Position = anchor.Position + 1 }));
        var whole = await audit.VerifyAsync(Oslo, [anchor], Ct);
        Assert.Equal((null, await store.Log.HeadAsync(Oslo, Ct), 1), (whole.FirstBreak, whole.Events, whole.Anchors));
        var tail = await audit.VerifyAsync(Oslo, anchor.Position + 1, [], null, Ct);
        Assert.Equal((null, anchor.Position + 1, 3L), (tail.FirstBreak, tail.From, tail.Commits));

        await Retiring.RunAsync(store, key, Retiring.Rule(upTo: 21), Ct);
        var retired = await audit.VerifyAsync(Oslo, [anchor], Ct);
        Assert.Equal((null, 21L), (retired.FirstBreak, retired.BodiesRemoved));
        Assert.True((await store.Log.ReadLogAsync(Oslo, 0, 1, Ct))[0] is { BodyRemoved: true, Body.IsEmpty: true });
    }

    [Fact]
    public async Task An_anchor_key_survives_its_pem_and_the_public_half_checks_what_the_private_half_signed()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await FillAsync(store, [Oslo], commits: 1);
        using var key = AnchorKey.Generate();
        using var same = AnchorKey.FromPem(key.PrivatePem());
        using var half = AnchorKey.FromPem(key.PublicPem());
        using var other = AnchorKey.Generate();

        var anchor = Assert.Single(await same.TakeAsync(store.Log, TimeProvider.System, Ct));

        Assert.True(half.Signed(anchor));
        Assert.False(other.Signed(anchor));
        Assert.False(half.Signed(anchor with { Tenant = Bergen }));
        Assert.Throws<FormatException>(() => LogAnchor.Parse("{}"));
    }

    [Fact]
    public void A_statement_of_another_kind_is_signed_under_the_same_key_and_none_that_could_be_an_anchor()
    {
        using var key = AnchorKey.Generate();
        using var half = ECDsa.Create();
        half.ImportFromPem(key.PublicPem());

        var signature = key.Sign("a receipt"u8);

        Assert.True(half.VerifyData("a receipt"u8, signature, HashAlgorithmName.SHA256));
        Assert.False(half.VerifyData("another receipt"u8, signature, HashAlgorithmName.SHA256));
        Assert.Throws<ArgumentException>(() => key.Sign("vkp log anchor 1"u8));
    }

    [Fact]
    public async Task An_audit_beside_live_appends_sees_no_break()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await FillAsync(store, [Oslo], commits: 5);
        var writing = Task.WhenAll(Enumerable.Range(0, 300).Select(i => store.Log.AppendAsync(Request(Oslo, Patient($"{i % 5}")), Ct)));
        var audit = new LogAudit(store.App);

        for (var i = 0; i < 10; i++)
            Assert.Null((await audit.VerifyAsync(Oslo, [], Ct)).FirstBreak);

        await writing;
        Assert.Null((await audit.VerifyAsync(Oslo, [], Ct)).FirstBreak);
    }

    [Fact]
    public async Task The_hash_of_the_first_commit_is_the_documented_one()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient()), Ct);

        // The rule in words of SQL, independent of the code that computes and checks it.
        Assert.True(await store.ScalarAsync<bool>("""
            select c.hash = sha256(decode(repeat('00', 32), 'hex') || int4send(e.tenant) || int8send(1) || int8send(1)
                                   || timestamptz_send(e.recorded_at) || int8send(e.version) || e.content_hash)
            from log_commit c join event e on e.position = c.last_position
            """));
        Assert.True(await store.ScalarAsync<bool>("""
            select content_hash = sha256(int4send(tenant) || uuid_send(id)
                || int4send(octet_length(stream)) || convert_to(stream, 'UTF8') || int4send(octet_length(type)) || convert_to(type, 'UTF8')
                || int4send(0) || int4send(0) || int4send(0)
                || int4send(octet_length(metadata::text)) || convert_to(metadata::text, 'UTF8') || int4send(32) || sha256(body))
            from event
            """));
    }

    /// <summary>A thousand municipalities, each tampered with once, by somebody who may do anything in the database.</summary>
    [Fact]
    public async Task A_thousand_random_tamperings_are_all_found()
    {
        const int count = 1000;
        const int untouched = 20;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var store = await StoreFixture.CreateAsync(Ct);
        var tenants = Enumerable.Range(1, count + untouched).ToArray();
        await FillAsync(store, tenants, commits: 4);
        using var key = AnchorKey.Generate();
        var anchors = (await key.TakeAsync(store.Log, TimeProvider.System, Ct)).ToDictionary(anchor => anchor.Tenant);
        var audit = new LogAudit(store.App);

        var missed = new List<string>();
        var kinds = new Dictionary<string, int>();
        await using var connection = await store.Owner.OpenConnectionAsync(Ct);
        for (var tenant = 1; tenant <= count; tenant++)
        {
            var tampering = Tampering.All[random.Next(Tampering.All.Count)];
            var head = anchors[tenant].Position;
            await tampering.DoAsync(connection, tenant, head, random.Next(1, (int)head), Ct);

            var report = await audit.VerifyAsync(tenant, [anchors[tenant]], Ct);
            kinds[tampering.Name] = kinds.GetValueOrDefault(tampering.Name) + 1;
            if (report.FirstBreak is null || !tampering.Expected.Contains(report.FirstBreak.Kind))
                missed.Add($"{tampering.Name} of tenant {tenant} (head {head}): {report.FirstBreak}");
        }

        Assert.True(missed.Count == 0, $"seed {seed}: {string.Join('\n', missed.Take(10))}");
        Assert.Equal(Tampering.All.Count, kinds.Count);
        for (var tenant = count + 1; tenant <= count + untouched; tenant++)
            Assert.Null((await audit.VerifyAsync(tenant, [anchors[tenant]], Ct)).FirstBreak);
    }

    [Fact]
    public async Task The_break_is_named_at_the_first_broken_position()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await FillAsync(store, [Oslo], commits: 10);
        var audit = new LogAudit(store.App);
        await store.ExecuteAsync("update event set body = body || 'x' where position = 17");
        Assert.Equal((BreakKind.Changed, 17L), Named(await audit.VerifyAsync(Oslo, [], Ct)));

        await store.ExecuteAsync("delete from event where position = 9");
        Assert.Equal((BreakKind.Removed, 9L), Named(await audit.VerifyAsync(Oslo, [], Ct)));
    }

    private static (BreakKind Kind, long Position) Named(AuditReport report) => (report.FirstBreak!.Kind, report.FirstBreak.Position);

    /// <summary>Commits of three events each, to two streams.</summary>
    private static async Task FillAsync(StoreFixture store, int[] tenants, int commits)
    {
        for (var commit = 0; commit < commits; commit++)
        {
            await Parallel.ForEachAsync(tenants, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Ct }, async (tenant, ct) =>
                await store.Log.AppendAsync(
                    [
                        Request(tenant, Patient("a"), $"{Guid.NewGuid()}", dedup: Key($"{Guid.NewGuid()}")),
                        Request(tenant, Patient("b"), $"{Guid.NewGuid()}", dedup: Key($"{Guid.NewGuid()}")),
                        Request(tenant, Patient("a"), $"{Guid.NewGuid()}"),
                    ],
                    ct));
        }
    }
}
