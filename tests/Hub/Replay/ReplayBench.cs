using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Audit;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Replay;

/// <summary>The replay room on a stopped hub's database, with translators of the test's choosing; a new one is a new process that knows nothing of the last.</summary>
internal sealed class ReplayBench : IAsyncDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly EventLog store;

    public ReplayBench(TestHub hub, IEnumerable<IVendorAdapter> translators, string folder)
    {
        database = NpgsqlDataSource.Create(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        store = new EventLog(database);
        var vault = new Vault(database, hub.MasterKey, TimeProvider.System);
        var vendors = translators.ToDictionary(a => a.Info.Name, StringComparer.Ordinal);
        var rows = new ReplayStore(database, store);
        var signer = new AnchorFiles(folder, store, TimeProvider.System, NullLogger<AnchorFiles>.Instance);
        Engine = new ReplayEngine(database, store, vault, rows, new ReplayPages(database, store, vault, vendors), vendors, signer, TimeProvider.System, NullLogger<ReplayEngine>.Instance);
        Office = new ReplayOffice(database, store, vault, new MunicipalityRegistry(store, vault, TimeProvider.System), rows, Engine, TimeProvider.System);
    }

    public ReplayEngine Engine { get; }

    public ReplayOffice Office { get; }

    private static int Tenant => int.Parse(TestHub.OrgNo, System.Globalization.CultureInfo.InvariantCulture);

    public async Task<Guid> StartAsync(ReplayRequest request)
    {
        var (planned, error) = await Office.PlanAsync(request, "test", default);
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
        await database.DisposeAsync();
    }
}

/// <summary>A translator of a later version.</summary>
internal sealed class LaterAdapter(IVendorAdapter inner, Func<Translation, Translation> change) : IVendorAdapter
{
    public IReadOnlyList<VendorEventKind> Kinds => inner.Kinds;

    public AdapterInfo Info => inner.Info with { MinorVersion = inner.Info.MinorVersion + 1 };

    public Translation Translate(VendorPayload payload) => change(inner.Translate(payload));
}
