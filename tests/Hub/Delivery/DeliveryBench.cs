using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Privacy;
using Vkp.Hub.Queues;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>Accepted and routed messages, the hub stopped, and nodes made by hand, to do with the deliveries as a test needs.</summary>
internal sealed class DeliveryBench : IAsyncDisposable
{
    private readonly TestHub hub;
    private readonly NpgsqlDataSource database;
    private readonly EventLog store;
    private readonly EpjChannel channel = new(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, TimeProvider.System);

    private DeliveryBench(TestHub hub, SimulatedEpj epj)
    {
        this.hub = hub;
        Epj = epj;
        database = new NpgsqlDataSourceBuilder(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema)).Build();
        store = new EventLog(database);
    }

    public SimulatedEpj Epj { get; }

    public static int Tenant { get; } = int.Parse(TestHub.OrgNo, System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<DeliveryBench> StartAsync(string kind, int messages)
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

        var bench = new DeliveryBench(started, epj);
        await bench.UntilRoutedAsync(messages);
        await started.StopAsync();
        return bench;
    }

    /// <summary>A node that has the lease.</summary>
    public async Task<(DeliveryStore Store, Ownership Under)> NodeAsync()
    {
        var node = new DeliveryStore(database, store, Guid.NewGuid());
        return (node, await OwnAsync(node));
    }

    /// <summary>The lease as the node has it now, renewed.</summary>
    public static async Task<Ownership> OwnAsync(DeliveryStore node)
    {
        var lease = (await node.AcquireAsync([Tenant], [], Ct))[Tenant];
        var under = new Ownership(Tenant, lease.Epoch);
        under.Renew(lease, TimeProvider.System.GetTimestamp());
        return under;
    }

    /// <summary>A node whose lease runs out though it never gave it back, as of one that died.</summary>
    public Task DieAsync() => SuperuserAsync("update \"{0}\".delivery_lease set until = clock_timestamp() - interval '1 second'");

    /// <summary>As if the lease had been taken over so much earlier.</summary>
    public Task AgeTakeOverAsync(TimeSpan by) => SuperuserAsync($"update \"{{0}}\".delivery_lease set calls_lost_at = calls_lost_at - interval '{by.TotalSeconds} seconds'");

    /// <summary>As if a person had said of every delivery that she saw it in the journal.</summary>
    public Task ConfirmAsync() => SuperuserAsync("update \"{0}\".delivery set state = 'journaled', finished_at = clock_timestamp()");

    /// <summary>What the tries came to that have a row of their own.</summary>
    public async Task<string?> AttemptsAsync() =>
        await SuperuserAsync("select string_agg(outcome, ' ' order by attempt) from \"{0}\".delivery_attempt") as string;

    public static Task<IReadOnlyList<DeliveryRow>> PendingAsync(DeliveryStore node, int rowsMax) =>
        node.LoadPendingAsync(Tenant, [.. Lanes.InOrder.Select(lane => new LaneCursor("epj", lane, 0))], rowsMax, Ct);

    /// <summary>One try of the only delivery that is open.</summary>
    public async Task<Settlement> TryAsync(DeliveryStore node, Ownership under, TimeProvider? time = null) =>
        (await Attempt(node, time).MakeAsync(Assert.Single(await PendingAsync(node, 10)), under, Ct))!;

    public static async Task SettleAsync(DeliveryStore node, Settlement settlement) => Assert.Single((await node.SettleAsync([settlement], Ct)).Written);

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await store.DisposeAsync();
        await database.DisposeAsync();
        await hub.DisposeAsync();
    }

    public DeliveryAttempt Attempt(DeliveryStore node, TimeProvider? time = null)
    {
        var vault = new Vault(database, hub.MasterKey, TimeProvider.System);
        return new DeliveryAttempt(
            new DocumentComposer(store, vault), node, new MunicipalityRegistry(store, vault, TimeProvider.System), EpjCatalog.All.ToDictionary(a => a.Info.Name), channel,
            new QueueSender(new Dictionary<string, IQueueTransport>(), _ => null, TimeProvider.System), _ => "from-the-environment", time ?? TimeProvider.System, NullLogger<DeliveryAttempt>.Instance);
    }

    public async Task<RegistryState> RegistryAsync() =>
        await new MunicipalityRegistry(store, new Vault(database, hub.MasterKey, TimeProvider.System), TimeProvider.System).CurrentAsync(Tenant, Ct);

    private async Task<object?> SuperuserAsync(string statement)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var command = superuser.CreateCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, hub.Database.Schema));
        return await command.ExecuteScalarAsync(Ct);
    }

    private async Task UntilRoutedAsync(int messages)
    {
        await hub.UntilAsync(s => s.Accepted == messages);
        var node = new DeliveryStore(database, store, Guid.NewGuid());
        await Asking.UntilAsync(() => PendingAsync(node, 10), pending => pending.Count >= messages);
    }
}
