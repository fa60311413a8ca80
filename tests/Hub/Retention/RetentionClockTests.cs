using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Retention;
using Vkp.Hub.Audit;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Retention;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Retention;

/// <summary>What the hub deletes by itself once a day, a year and a day later; and what it leaves.</summary>
public sealed class RetentionClockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-retention-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_daily_round_deletes_what_is_finished_and_leaves_what_is_held_refused_or_of_another_municipality()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, "{ serviceGate: registry, retentionDays: 365 }"));
        using (await hub.PostAsync(TestHub.Event("dose.dispensed"))) await hub.UntilAsync(s => s.Journaled == 1);
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 1 });
        using (await hub.PostAsync(TestHub.Event("dose.dispensed", person: 1))) await hub.UntilAsync(s => s.Failed == 1);
        using (await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2))) await hub.UntilAsync(s => s.Held.Count == 1);
        var elsewhere = TriggerEvents.Create("dose.dispensed", new DispenserSite(TestHub.OtherOrgNo), SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7())!;
        using (await hub.PostAsync(elsewhere.Body, "elsewhere")) await hub.UntilAsync(s => s.Journaled == 1, TestHub.OtherOrgNo);
        await hub.RoutedAsync();
        await hub.StopAsync();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var bodies = await BodiesAsync(superuser, hub);

        await RunOnceAsync(hub, days: 364);
        Assert.Equal(bodies, await BodiesAsync(superuser, hub));
        await RunOnceAsync(hub, days: 366);

        var left = await BodiesAsync(superuser, hub);
        Assert.Equal(["journaled"], bodies.Except(left).Select(body => body.State));
        Assert.Equal(["failed", "held"], left.Where(body => body.Tenant == TestHub.OrgNo).Select(body => body.State).Order(StringComparer.Ordinal));
        Assert.Contains(left, body => body.Tenant == TestHub.OtherOrgNo);
        await RunOnceAsync(hub, days: 366);
        Assert.Equal(left, await BodiesAsync(superuser, hub));

        // Somebody has it sent again all the same: it is refused with the reason, not tried for ever.
        await using (var again = superuser.CreateCommand($"update \"{hub.Database.Schema}\".delivery set state = 'available', finished_at = null where tenant = {TestHub.OrgNo} and state = 'journaled'"))
            Assert.Equal(1, await again.ExecuteNonQueryAsync());
        await hub.RestartAsync();
        await hub.UntilAsync(s => s.Failed == 2);
        using var groups = await hub.AdminAsync(HttpMethod.Get, "admin/dead-letters/groups");
        Assert.Contains("VKP-326", await groups.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>One round of a hub whose clock is so many days ahead.</summary>
    private async Task RunOnceAsync(TestHub hub, int days)
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow().AddDays(days));
        await using var owner = NpgsqlDataSource.Create(hub.Database.ConnectionString);
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(app);
        var registry = new MunicipalityRegistry(store, new Vault(app, hub.MasterKey, clock), clock);
        var anchors = new AnchorFiles(folder, store, clock, NullLogger<AnchorFiles>.Instance);
        var office = new RetentionOffice(app, store, new LogRetention(store), new StoreSpace(owner, hub.Database.Schema), registry, anchors, clock);
        await new RetentionClock(store, registry, office, clock, NullLogger<RetentionClock>.Instance).RunOnceAsync(default);
    }

    /// <summary>The messages whose content is there, with where they stand.</summary>
    private static async Task<IReadOnlyList<(string Tenant, Guid Message, string State)>> BodiesAsync(NpgsqlDataSource database, TestHub hub)
    {
        await using var command = database.CreateCommand($"""
            select e.tenant::text, m.message_id, m.state from "{hub.Database.Schema}".event e
            join "{hub.Database.Schema}".message m on m.tenant = e.tenant and m.message_id::text = e.metadata ->> 'messageId'
            where e.type in ('MessageAccepted', 'MessageHeld') and not e.body_removed order by e.tenant, e.position
            """);
        var bodies = new List<(string, Guid, string)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) bodies.Add((reader.GetString(0), reader.GetGuid(1), reader.GetString(2)));
        return bodies;
    }
}
