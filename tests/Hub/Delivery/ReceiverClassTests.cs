using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Privacy;
using Vkp.Hub.Queues;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>
/// One effect at receivers of class A and B, and never a silent double at class C, whatever dies when: real rows, real EPJs, and nodes that die before the call,
/// after it, and between answer and settling.
/// </summary>
public class ReceiverClassTests
{
    private static readonly int Tenant = int.Parse(TestHub.OrgNo, System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const int Messages = 5;

    public static TheoryData<string> Kinds => [.. EpjKind.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_dies_when_there_is_no_silent_double_and_nothing_is_lost(string kind)
    {
        await using var at = await Bench.StartAsync(kind, Messages);
        var dice = new Random(20261121);
        for (var crash = 0; crash < 3 * Messages; crash++) await at.DieAsync(dice.Next(Messages), dice.Next(4));
        at.Epj.SetFaults();

        var (journaled, waiting) = await at.RunToEndAsync();

        Assert.Equal(Messages, journaled + waiting);
        Assert.All(at.Epj.Counters.Messages, message => Assert.True(message.Journaled <= 1, $"{message}"));
        if (EpjCatalog.Find(kind)!.ReceiverClass == ReceiverClass.Neither) Assert.Equal(at.Called.Count, waiting);
        else Assert.Equal((Messages, Messages), (journaled, at.Epj.Journal.Count));
    }

    [Fact]
    public async Task What_waits_is_loaded_lane_by_lane_from_where_each_has_come_to()
    {
        await using var at = await Bench.StartAsync("fhir-messaging", messages: 3);
        var (node, _) = await at.NodeAsync();

        var first = await node.LoadPendingAsync(Tenant, [new("epj", Lane.Routine, 0), new("epj", Lane.Alarm, 0), new("elsewhere", Lane.Routine, 0)], 2, Ct);
        var rest = await node.LoadPendingAsync(Tenant, [new("epj", Lane.Routine, first[^1].Position)], 2, Ct);

        Assert.Equal(2, first.Count);
        Assert.Equal(["epj"], await node.WaitingDestinationsAsync(Tenant, Ct));
        Assert.Equal(3, first.Concat(rest).Select(r => r.Position).Distinct().Count());
        Assert.All(first.Concat(rest), row => Assert.Equal(Lane.Routine, row.Lane));
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_may_not_begin_a_call()
    {
        await using var at = await Bench.StartAsync("gerica-style", messages: 1);
        var (old, epoch) = await at.NodeAsync();
        var row = Assert.Single(await PendingAsync(old, 10));
        await old.ReleaseAsync([Tenant], Ct);
        await at.NodeAsync();

        Assert.False(await old.MarkStartedAsync(row, epoch, Ct));
    }

    [Fact]
    public async Task What_was_begun_is_seen_by_the_next_owner_and_not_due_before_the_call_must_be_over()
    {
        await using var at = await Bench.StartAsync("profil-style", messages: 1);
        var (old, epoch) = await at.NodeAsync();
        var row = Assert.Single(await PendingAsync(old, 10));
        Assert.True(await old.MarkStartedAsync(row, epoch, Ct));
        await old.ReleaseAsync([Tenant], Ct);

        var (next, _) = await at.NodeAsync();
        var begun = Assert.Single(await PendingAsync(next, 10));

        Assert.True(begun.IsInDoubt);
        Assert.True(begun.DueAt > TimeProvider.System.GetUtcNow() + Limits.DeliveryTimeout - TimeSpan.FromSeconds(2));
    }

    private static Task<IReadOnlyList<DeliveryRow>> PendingAsync(DeliveryStore node, int rowsMax) =>
        node.LoadPendingAsync(Tenant, [.. Lanes.InOrder.Select(lane => new LaneCursor("epj", lane, 0))], rowsMax, Ct);

    /// <summary>Accepted and routed messages, the hub stopped, and nodes made by hand that die on command.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private readonly TestHub hub;
        private readonly NpgsqlDataSource database;
        private readonly EventLog store;
        private readonly EpjChannel channel = new(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, TimeProvider.System);

        private Bench(TestHub hub, SimulatedEpj epj)
        {
            this.hub = hub;
            Epj = epj;
            database = new NpgsqlDataSourceBuilder(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema)).Build();
            store = new EventLog(database);
        }

        public SimulatedEpj Epj { get; }

        /// <summary>The deliveries whose call was begun.</summary>
        public HashSet<long> Called { get; } = [];

        public static async Task<Bench> StartAsync(string kind, int messages)
        {
            var started = await TestHub.StartAsync();
            var epj = await started.UseEpjAsync(kind);
            using (await started.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=test"))
            {
            }

            await started.RestartAsync();
            for (var i = 0; i < messages; i++)
            {
                using var answer = await started.PostAsync(TestHub.Event("dose.dispensed"));
                Assert.True(answer.IsSuccessStatusCode);
            }

            var bench = new Bench(started, epj);
            await bench.UntilRoutedAsync(messages);
            await started.StopAsync();
            return bench;
        }

        /// <summary>A node that has the lease.</summary>
        public async Task<(DeliveryStore Store, long Epoch)> NodeAsync()
        {
            var node = new DeliveryStore(database, store, Guid.NewGuid());
            return (node, (await node.AcquireAsync([Tenant], Ct))[Tenant]);
        }

        /// <param name="which">Which of the open deliveries is worked on.</param>
        /// <param name="when">0 after the mark, 1 after a call whose answer is lost, 2 after a proper answer, 3 after a busy answer, all before settling.</param>
        public async Task DieAsync(int which, int when)
        {
            var (node, epoch) = await NodeAsync();
            var row = (await PendingAsync(node, Messages))[which];
            Called.Add(row.Position);
            Epj.SetFaults(when switch
            {
                1 => [new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling }],
                3 => [new FaultRule { Kind = FaultKind.Status, Status = 503 }],
                _ => [],
            });
            var kind = (await RegistryAsync()).Destinations["epj"].Adapter;
            if (when == 0 && EpjCatalog.Find(kind)!.ReceiverClass != ReceiverClass.Deduplicates) await node.MarkStartedAsync(row, epoch, Ct);
            else await Attempt(node).MakeAsync(row, epoch, Ct);

            // A dead node's lease runs out; giving it back is that, without the wait.
            await node.ReleaseAsync([Tenant], Ct);
        }

        /// <summary>A healthy node does what is left, whenever it is due; how many are journaled, and how many wait for a person.</summary>
        public async Task<(int Journaled, int Waiting)> RunToEndAsync()
        {
            var (node, epoch) = await NodeAsync();
            for (var round = 0; round < 5; round++)
            {
                foreach (var row in await PendingAsync(node, Messages))
                {
                    if (row.DueAt == DateTimeOffset.MaxValue) continue;
                    var settlement = await Attempt(node).MakeAsync(row, epoch, Ct);
                    Assert.Single((await node.SettleAsync([settlement!], Ct)).Written);
                }
            }

            var left = await PendingAsync(node, Messages);
            Assert.All(left, row => Assert.Equal(("unknown", DateTimeOffset.MaxValue), (row.State, row.DueAt)));
            return (Messages - left.Count, left.Count);
        }

        public async ValueTask DisposeAsync()
        {
            channel.Dispose();
            await store.DisposeAsync();
            await database.DisposeAsync();
            await hub.DisposeAsync();
        }

        private DeliveryAttempt Attempt(DeliveryStore node)
        {
            var vault = new Vault(database, hub.MasterKey, TimeProvider.System);
            return new DeliveryAttempt(
                new DocumentComposer(store, vault), node, new MunicipalityRegistry(store, vault, TimeProvider.System), EpjCatalog.All.ToDictionary(a => a.Info.Name), channel,
                new QueueSender(new Dictionary<string, IQueueTransport>(), _ => null, TimeProvider.System), _ => "from-the-environment", TimeProvider.System, NullLogger<DeliveryAttempt>.Instance);
        }

        private async Task<RegistryState> RegistryAsync() =>
            await new MunicipalityRegistry(store, new Vault(database, hub.MasterKey, TimeProvider.System), TimeProvider.System).CurrentAsync(Tenant, Ct);

        private async Task UntilRoutedAsync(int messages)
        {
            await hub.UntilAsync(s => s.Accepted == messages);
            var node = new DeliveryStore(database, store, Guid.NewGuid());
            await Asking.UntilAsync(() => PendingAsync(node, 10), pending => pending.Count >= messages);
        }
    }
}
