using System.Collections.Immutable;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Registry;

public class RolloutPlanTests
{
    private static readonly WantedState Ready = new(
        888134574, "Eksempel", Policy.Initial with { Escalation = EscalationPolicy.Initial with { Mail = ImmutableSortedDictionary<string, string>.Empty.Add("*", "vakt@example.org") } },
        [new VendorClient("c1", "evondos-style", "Evondos_Dispenser_Eksempel") { ResponseCentre = "Responssenter Sør" }],
        [new Destination("epj", "gerica-style", "https://epj.example.org/eksempel") { Settings = ImmutableSortedDictionary<string, string>.Empty.Add("key", "env:GERICA_KEY") }],
        [new WantedPatient("patient-a", ["MD"], [], DateTimeOffset.UnixEpoch)]);

    private static readonly WantedState Neighbour = Ready with
    {
        Tenant = 312229544, Name = "Annen", Clients = [new VendorClient("c2", "evondos-style", "Evondos_Dispenser_Annen") { ResponseCentre = "Responssenter Sør" }], Destinations = [new Destination("epj", "gerica-style", "https://epj.example.org/annen")],
    };

    [Fact]
    public void Municipalities_are_grouped_by_the_journal_server_the_vendors_system_and_the_response_centre_they_share()
    {
        var alone = Ready with { Tenant = 999999999, Clients = [], Destinations = [new Destination("epj", "jft-pull", "") { Settings = ImmutableSortedDictionary<string, string>.Empty.Add("client", "journal") }] };

        var rollout = RolloutPlan.Of([(Ready, 4), (Neighbour, 0), (alone, 1)], _ => "given");

        Assert.Equal(
            [("journal", "gerica-style epj.example.org", "312229544,888134574"), ("journal", "jft-pull journal", "999999999"), ("vendor", "evondos-style Evondos_Dispenser", "312229544,888134574"),
                ("centre", "Responssenter Sør", "312229544,888134574")],
            rollout.Groups.Select(g => (g.Kind, g.Name, string.Join(',', g.Municipalities))));
        Assert.Equal([4, 0, 1], rollout.Municipalities.Select(m => m.Changes));
    }

    [Fact]
    public void A_municipality_with_everything_in_place_is_ready()
    {
        var readiness = RolloutPlan.Of([(Ready, 4)], name => name == "GERICA_KEY" ? "given" : null).Municipalities.Single();

        Assert.True(readiness.IsReady);
        Assert.All(readiness.Points, point => Assert.Null(point.Missing));
    }

    [Theory]
    [InlineData("a vendor's client", "none is named")]
    [InlineData("clients named Leverandør_System_Kommune", "Evondos")]
    [InlineData("a journal system", "none is named")]
    [InlineData("secrets at this hub", "env:GERICA_KEY, env:WEBHOOK")]
    [InlineData("patients' services", "the gate asks the registry, and no patient has a service there")]
    [InlineData("a response centre for calls for help", "patients have TA or RT, and no client names who answers ('responseCentre')")]
    [InlineData("somebody to call", "the escalation policy has neither mail nor webhook")]
    public void What_is_missing_is_said_and_only_that(string what, string missing)
    {
        var incomplete = what switch
        {
            "a vendor's client" => Ready with { Clients = [] },
            "clients named Leverandør_System_Kommune" => Ready with { Clients = [new VendorClient("c1", "evondos-style", "Evondos")] },
            "a journal system" => Ready with { Destinations = [] },
            "secrets at this hub" => Ready with { Clients = [Ready.Clients[0] with { WebhookSecrets = "env:WEBHOOK" }] },
            "patients' services" => Ready with { Patients = [] },
            "a response centre for calls for help" => Ready with { Clients = [Ready.Clients[0] with { ResponseCentre = "" }], Patients = [Ready.Patients[0] with { Services = ["TA"] }] },
            _ => Ready with { Policy = Policy.Initial },
        };

        var readiness = RolloutPlan.Of([(incomplete, 1)], _ => what == "secrets at this hub" ? null : "given").Municipalities.Single();

        Assert.False(readiness.IsReady);
        Assert.Equal(new ReadinessPoint(what, missing), Assert.Single(readiness.Points, point => point.Missing is not null));
    }

    [Fact]
    public void Where_the_journal_system_is_asked_the_registry_needs_no_services()
    {
        var asked = Ready with { Policy = Ready.Policy with { ServiceGate = ServiceGate.Epj }, Patients = [] };

        Assert.True(RolloutPlan.Of([(asked, 1)], _ => "given").Municipalities.Single().IsReady);
    }
}
