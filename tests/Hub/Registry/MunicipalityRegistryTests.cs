using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

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

    [Fact]
    public async Task A_plan_and_a_rollout_store_nothing_not_even_of_a_patient_and_a_municipality_nobody_knows()
    {
        await using var hub = await TestHub.StartAsync();
        var person = SyntheticPeople.All[5].NationalId;
        var file = TestHub.Configuration(hub.Epj.FhirBase, morePatients: $"- {{ identifiers: [ {{ value: \"{person}\" }}, {{ system: \"urn:x-test:own\", value: \"77\" }} ], services: [ MD ] }}\n      - {{ identifiers: [ {{ value: \"{person}\" }} ], services: [ TA ] }}")
            .Replace(TestHub.OtherOrgNo, "999999999", StringComparison.Ordinal);
        var before = await StoredAsync(hub);

        var planned = await TellAsync(hub, "plan", file);
        await TellAsync(hub, "rollout", file);

        Assert.Equal(before, await StoredAsync(hub));
        Assert.Equal(["+ service MD for new patient 1 from 2020-01-01T00:00:00.0000000+01:00", "+ service TA for new patient 1 from 2020-01-01T00:00:00.0000000+01:00"], planned[0]!["changes"]!.AsArray().Select(line => (string)line!));
        Assert.Equal(2, (await TellAsync(hub, "apply", file))[0]!["changes"]!.AsArray().Count);
        Assert.NotEqual(before, await StoredAsync(hub));
    }

    private static async Task<JsonNode> TellAsync(TestHub hub, string verb, string file)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/config/{verb}", new StringContent(file, Encoding.UTF8, "application/yaml"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>How many rows stand where a patient or a municipality becomes known.</summary>
    private static async Task<(long, long, long, long)> StoredAsync(TestHub hub)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var counts = new List<long>();
        foreach (var table in (string[])["patient_alias", "tenant_key", "stream_key", "event"])
        {
            await using var count = superuser.CreateCommand($"select count(*) from \"{hub.Database.Schema}\".{table}");
            counts.Add((long)(await count.ExecuteScalarAsync(Ct))!);
        }

        return (counts[0], counts[1], counts[2], counts[3]);
    }
}
