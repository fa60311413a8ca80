using System.Collections.Immutable;
using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Hub.LookUps;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.LookUps;

/// <summary>What is asked of a journal system about a service, how long its answer is kept, and what happens without one.</summary>
public sealed class ActiveServicesTests : IAsyncLifetime
{
    private const string Stream = "patient-1";
    private static readonly SourceIdentifier Patient = new("urn:oid:2.16.578.1.12.4.1.4.1", "13717404089");

    private readonly SetClock clock = new();
    private RecordingHub journal = null!;
    private EpjChannel channel = null!;
    private ActiveServices services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        journal = await RecordingHub.StartAsync(Ct);
        channel = new EpjChannel(OutboundPolicy.OfPerson, TimeProvider.System);
        services = new ActiveServices(new JournalQuestions(EpjCatalog.All.ToDictionary(a => a.Info.Name, StringComparer.Ordinal), channel, _ => null, TimeProvider.System), clock);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await journal.DisposeAsync();
    }

    [Theory]
    [InlineData("active", "13717404089", ServiceStanding.Active)]
    [InlineData("finished", "13717404089", ServiceStanding.Inactive)]
    [InlineData("active", "12837490013", ServiceStanding.Inactive)]
    public async Task An_active_service_of_this_patient_counts_and_nothing_else(string status, string whose, ServiceStanding expected)
    {
        Answers(status, whose);

        Assert.Equal(expected, await AskAsync());
        var asked = Assert.Single(journal.Requests);
        Assert.Equal("/EpisodeOfCare/_search", asked.Path);
        Assert.Contains(Patient.Value, System.Text.Encoding.UTF8.GetString(asked.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yes_is_kept_for_a_quarter_of_an_hour_and_each_service_has_its_own()
    {
        Answers("active");
        await AskAsync();
        clock.Now += Limits.ServiceKnownFor - TimeSpan.FromSeconds(1);
        Assert.Equal(ServiceStanding.Active, await AskAsync());
        Assert.Single(journal.Requests);

        await AskAsync("TA");
        clock.Now += TimeSpan.FromSeconds(1);
        await AskAsync();

        Assert.Equal(3, journal.Requests.Count);
    }

    [Fact]
    public async Task A_no_is_asked_for_again_after_two_minutes()
    {
        Answers("finished");
        await AskAsync();
        Answers("active");
        Assert.Equal(ServiceStanding.Inactive, await AskAsync());

        clock.Now += Limits.ServiceMissedFor;

        Assert.Equal(ServiceStanding.Active, await AskAsync());
    }

    [Fact]
    public async Task Without_an_answer_the_last_yes_stands_for_a_day_and_the_journal_is_left_alone_for_half_a_minute()
    {
        Answers("active");
        await AskAsync();
        journal.Answer = (_, _) => 503;
        clock.Now += Limits.ServiceKnownFor;
        Assert.Equal(ServiceStanding.Active, await AskAsync());
        Assert.Equal(ServiceStanding.Active, await AskAsync());
        Assert.Equal(ServiceStanding.Unknown, await AskAsync("TA"));
        Assert.Equal(2, journal.Requests.Count);

        clock.Now += Limits.ServiceBelievedFor;

        Assert.Equal(ServiceStanding.Unknown, await AskAsync());
        Assert.Equal(3, journal.Requests.Count);
    }

    [Fact]
    public async Task A_journal_system_without_such_an_interface_says_nothing() =>
        Assert.Equal(ServiceStanding.Unknown, await services.OfAsync(Municipality("profil-style"), Stream, Patient, "MD", Ct));

    private Task<ServiceStanding> AskAsync(string code = "MD") => services.OfAsync(Municipality("fhir-messaging"), Stream, Patient, code, Ct);

    private RegistryState Municipality(string adapter) => RegistryState.Empty(888134574) with
    {
        Destinations = ImmutableSortedDictionary<string, Destination>.Empty.Add("epj", new Destination("epj", adapter, journal.Address.AbsoluteUri)),
    };

    private void Answers(string status, string whose = "13717404089")
    {
        journal.Answer = (_, _) => 200;
        journal.Body = _ => $$"""{ "resourceType": "Bundle", "type": "searchset", "entry": [ { "resource": { "resourceType": "EpisodeOfCare", "status": "{{status}}", "patient": { "identifier": { "system": "{{Patient.System}}", "value": "{{whose}}" } } } } ] }""";
    }
}
