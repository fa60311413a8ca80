using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Registry;

public class MunicipalityRegistryTests
{
    private const int Tenant = 888134574;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_told_once_it_is_stored_and_never_when_it_is_refused()
    {
        await using var hub = await TestHub.StartAsync();
        await using var database = NpgsqlDataSource.Create(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(database);
        var registry = new MunicipalityRegistry(store, new Vault(database, hub.MasterKey, TimeProvider.System), TimeProvider.System);
        var told = new List<bool>();
        var today = await registry.CurrentAsync(Tenant, Ct);
        registry.Changed += () => told.Add(registry.CurrentAsync(Tenant, Ct).AsTask().GetAwaiter().GetResult().Destinations["epj"].Paused);

        Assert.Null(await registry.ApplyAsync(today, [new DestinationPaused("epj", "upgrade")], "test", Ct));
        Assert.NotNull(await registry.ApplyAsync(today, [new DestinationResumed("epj")], "somebody who saw an older version", Ct));

        Assert.Equal([true], told);
    }
}
