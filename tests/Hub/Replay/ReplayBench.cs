using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Audit;
using Vkp.Hub.Correcting;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Tests.Replay;

/// <summary>The replay room on a stopped hub's database, with translators of the test's choosing; a new one is a new process that knows nothing of the last.</summary>
internal sealed class ReplayBench : IAsyncDisposable
{
    private readonly NpgsqlDataSource? own;
    private readonly EventLog store;

    /// <param name="asked">Told whenever a receiver's class is asked for: in the middle of a page that sends.</param>
    /// <param name="database">Connections to take from: a process's death is in what it knew, and to connect anew takes longer than everything else.</param>
    /// <param name="clock">What the engine rests by.</param>
    public ReplayBench(
        TestHub hub, IEnumerable<IVendorAdapter> translators, string folder, HubEnvironment environment = HubEnvironment.Development, Action? asked = null, NpgsqlDataSource? database = null,
        TimeProvider? clock = null)
    {
        own = database is null ? Connect(hub) : null;
        database ??= own!;
        store = new EventLog(database);
        var vault = new Vault(database, hub.MasterKey, TimeProvider.System);
        var vendors = translators.ToDictionary(a => a.Info.Name, StringComparer.Ordinal);
        var rows = new ReplayStore(database, store);
        var signer = new AnchorFiles(folder, store, TimeProvider.System, NullLogger<AnchorFiles>.Instance);
        var registry = new MunicipalityRegistry(store, vault, TimeProvider.System);
        var epjs = EpjCatalog.All.ToDictionary(a => a.Info.Name, a => (IEpjAdapter)new AskedAdapter(a, asked ?? (() => { })), StringComparer.Ordinal);
        var history = new MessageHistory(database);
        var devices = new SelectedDevice(history, vault);
        var resends = new ResendWork(new ResendStore(database), devices, registry, epjs, TimeProvider.System);
        var kinds = new Dictionary<string, IReplayWork>(StringComparer.Ordinal)
        {
            [ReplayKinds.Audit] = new ReplayPages(database, store, vault, vendors),
            [ReplayKinds.Resend] = resends,
            [ReplayKinds.Correct] = new CorrectWork(devices, history, new MessageReader(database), vault, registry, new CorrectingMessages(vault, TimeProvider.System), vendors),
        };
        Engine = new ReplayEngine(database, store, vault, rows, kinds, vendors, signer, () => { }, clock ?? TimeProvider.System, NullLogger<ReplayEngine>.Instance);
        Office = new ReplayOffice(database, store, vault, registry, rows, Engine, resends, environment, TimeProvider.System);
    }

    public ReplayEngine Engine { get; }

    public ReplayOffice Office { get; }

    private static int Tenant => int.Parse(TestHub.OrgNo, System.Globalization.CultureInfo.InvariantCulture);

    public static NpgsqlDataSource Connect(TestHub hub) => NpgsqlDataSource.Create(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));

    public async Task<Guid> StartAsync(ReplayRequest request)
    {
        var (planned, error) = await Office.PlanAsync(request, "test", isProven: true, default);
        Assert.Null(error);
        Assert.Null(await Office.ActAsync(Tenant, planned!.ReplayId, ReplayAct.Run, "test", default));
        return planned.ReplayId;
    }

    public async Task<ReplayStatus> StatusAsync(Guid id) => (await Office.StatusAsync(Tenant, id, default)).Single();

    public async Task<SignedReport> ReportAsync(Guid id)
    {
        var (report, error) = await Office.ReportAsync(Tenant, id, default);
        Assert.Null(error);
        return report!;
    }

    /// <summary>Works until nothing runs any more.</summary>
    public async Task<SignedReport> FinishAsync(Guid id)
    {
        while ((await StatusAsync(id)).State == ReplayStates.Running) await Engine.RunOnceAsync(default);
        return await ReportAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        if (own is not null) await own.DisposeAsync();
    }
}

/// <summary>A translator of a later version.</summary>
internal sealed class LaterAdapter(IVendorAdapter inner, Func<Translation, Translation> change) : IVendorAdapter
{
    public IReadOnlyList<VendorEventKind> Kinds => inner.Kinds;

    public AdapterInfo Info => inner.Info with { MinorVersion = inner.Info.MinorVersion + 1 };

    public Translation Translate(VendorPayload payload) => change(inner.Translate(payload));
}

/// <summary>A journal system's adapter that tells when its class is asked for.</summary>
internal sealed class AskedAdapter(IEpjAdapter inner, Action asked) : IEpjAdapter
{
    public AdapterInfo Info => inner.Info;

    public ReceiverClass ReceiverClass
    {
        get
        {
            asked();
            return inner.ReceiverClass;
        }
    }

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct) => inner.DeliverAsync(message, send, ct);
}
