using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Intake;
using Vkp.Hub.LookUps;
using Vkp.Hub.Outbound;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Intake;

/// <summary>What is different in production.</summary>
public class ProductionTests
{
    [Fact]
    public async Task Edge_case_07_Test_people_never_reach_a_journal_in_production()
    {
        await using var hub = await TestHub.StartAsync();

        var answer = await TakeAsync(hub, "dispensers", "evondos-style", TestHub.Event("dose.dispensed").Body);

        Assert.Equal(("VKP-116", true), (Assert.Single(Assert.IsType<IntakeAnswer.Stored>(answer).Issues).Code, ((IntakeAnswer.Stored)answer).IsHeld));
        Assert.Equal(1, (await hub.UntilAsync(s => s.Accepted == 1)).Held["VKP-116"]);
        Assert.Empty(hub.Epj.Journal);
    }

    [Fact]
    public async Task Edge_case_07_A_strict_sender_of_a_synthetic_person_is_refused_in_production_with_a_code()
    {
        await using var hub = await TestHub.StartAsync();

        var answer = await TakeAsync(hub, "journaling", "jft", File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "jft", "samples", "composition.json")));

        Assert.Equal("VKP-116", Assert.Single(Assert.IsType<IntakeAnswer.Refused>(answer).Errors).Code);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    /// <summary>The hub itself runs as a test hub: in production its issuer would be refused. What it takes is decided here as production decides it.</summary>
    private static async Task<IntakeAnswer> TakeAsync(TestHub hub, string client, string vendor, ReadOnlyMemory<byte> body)
    {
        await using var database = new NpgsqlDataSourceBuilder(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema)).Build();
        await using var store = new EventLog(database);
        var vault = new Vault(database, hub.MasterKey, TimeProvider.System);
        var registry = new MunicipalityRegistry(store, vault, TimeProvider.System);
        var heartbeats = new Heartbeats(database, store, registry, TimeProvider.System);
        using var channel = new EpjChannel(OutboundPolicy.OfPerson, TimeProvider.System);
        var services = new ActiveServices(new JournalQuestions(EpjCatalog.All.ToDictionary(a => a.Info.Name, StringComparer.Ordinal), channel, _ => null, TimeProvider.System), TimeProvider.System);
        var intake = new EventIntake(store, vault, new PatientIdentities(store, vault), heartbeats, services, HubEnvironment.Production, TimeProvider.System);
        var municipality = await registry.CurrentAsync(int.Parse(TestHub.OrgNo), default);
        return Assert.Single(await intake.TakeAsync(new Sender(municipality, municipality.Clients[client]), VendorCatalog.Find(vendor)!, [body], default));
    }

    [Fact]
    public async Task The_development_issuer_is_refused_outright()
    {
        await using var hub = await TestHub.StartAsync();
        var options = new HubOptions
        {
            Database = hub.Database.ConnectionString, Schema = hub.Database.Schema, MasterKey = hub.MasterKey, Issuer = new Uri(hub.Issuer.Issuer), AdminToken = TestHub.AdminToken, AnchorFolder = Path.GetTempPath(),
            Environment = HubEnvironment.Production,
        };

        var refused = await Assert.ThrowsAsync<HubStartException>(() => HubServer.StartAsync(options, TimeProvider.System, default));

        Assert.Equal("VKP-903", refused.Error.Code);

        var ofPeople = options with { Issuer = new Uri("https://issuer.example.org"), Staff = new StaffOptions(new Uri(hub.Issuer.Issuer)) };
        Assert.Equal("VKP-903", (await Assert.ThrowsAsync<HubStartException>(() => HubServer.StartAsync(ofPeople, TimeProvider.System, default))).Error.Code);
    }
}
