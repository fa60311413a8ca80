using System.Collections.Immutable;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Tests.Routing;

public class RouterTests
{
    private static readonly RegistryState OneDestination = RegistryState.Empty(888134574) with
    {
        Name = "Eksempel",
        Destinations = RegistryState.Empty(0).Destinations.Add("epj", new Destination("epj", "fhir-messaging", "http://127.0.0.1/")),
    };

    private static readonly EventMetadata Dispensed = new() { MessageId = Guid.NewGuid(), Kind = "dose.dispensed", CaseRole = CaseRole.None };

    [Fact]
    public void A_message_that_stands_alone_goes_to_every_destination()
    {
        var two = OneDestination with { Destinations = OneDestination.Destinations.Add("kurve", new Destination("kurve", "fhir-messaging", "http://127.0.0.1/")) };

        var deliver = Assert.IsType<RouteDecision.Deliver>(Router.Decide(Dispensed, two, []));

        Assert.Equal(["epj", "kurve"], deliver.Destinations);
        Assert.Empty(deliver.Folded);
    }

    [Fact]
    public void What_is_nothing_for_a_journal_is_settled_with_its_reason()
    {
        var settle = Assert.IsType<RouteDecision.Settle>(Router.Decide(Dispensed with { SettleReason = "heartbeat" }, OneDestination, []));

        Assert.Equal("heartbeat", settle.Reason);
    }

    [Fact]
    public void A_kind_the_municipality_wants_no_notes_about_is_settled_by_policy()
    {
        var quiet = OneDestination with { Policy = new Policy(ServiceGate.Off, ImmutableSortedDictionary<string, JournalingPolicy>.Empty.Add("dose.dispensed", JournalingPolicy.Never)) };

        var settle = Assert.IsType<RouteDecision.Settle>(Router.Decide(Dispensed, quiet, []));

        Assert.Equal(SettleReasons.Policy, settle.Reason);
    }

    [Fact]
    public void An_opened_case_waits_for_its_closing()
    {
        var opened = Dispensed with { Kind = "dose.notTaken", CaseRole = CaseRole.Opens, CaseKeys = ["k1"] };

        Assert.IsType<RouteDecision.AwaitClosure>(Router.Decide(opened, OneDestination, []));
    }

    [Fact]
    public void A_closing_carries_every_open_message_of_its_cases_once_in_log_order()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var closing = Dispensed with { Kind = "alert.closed", CaseRole = CaseRole.Closes, CaseKeys = ["k1", "k2"] };
        CaseEntry[] cases = [new("k2", second, 9, null), new("k1", first, 4, null), new("k2", first, 4, null)];

        var deliver = Assert.IsType<RouteDecision.Deliver>(Router.Decide(closing, OneDestination, cases));

        Assert.Equal([first, second], deliver.Folded.Select(f => f.MessageId));
    }

    [Fact]
    public void A_second_closing_does_not_carry_again_what_the_first_carried()
    {
        var closing = Dispensed with { Kind = "alert.closed", CaseRole = CaseRole.Closes, CaseKeys = ["k1"] };

        var deliver = Assert.IsType<RouteDecision.Deliver>(Router.Decide(closing, OneDestination, [new("k1", Guid.NewGuid(), 4, Guid.NewGuid())]));

        Assert.Empty(deliver.Folded);
    }

    [Fact]
    public void An_opening_that_arrives_after_its_case_was_closed_is_journaled_on_its_own()
    {
        var late = Dispensed with { Kind = "dose.notTaken", CaseRole = CaseRole.Opens, CaseKeys = ["k1"] };

        Assert.IsType<RouteDecision.Deliver>(Router.Decide(late, OneDestination, [new("k1", Guid.NewGuid(), 4, Guid.NewGuid())]));
    }

    [Fact]
    public void A_policy_of_no_notes_never_swallows_a_closing()
    {
        var quiet = OneDestination with { Policy = new Policy(ServiceGate.Off, ImmutableSortedDictionary<string, JournalingPolicy>.Empty.Add("alert.closed", JournalingPolicy.Never)) };
        var closing = Dispensed with { Kind = "alert.closed", CaseRole = CaseRole.Closes, CaseKeys = ["k1"] };

        Assert.IsType<RouteDecision.Deliver>(Router.Decide(closing, quiet, [new("k1", Guid.NewGuid(), 4, null)]));
    }
}
