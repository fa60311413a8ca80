using System.Collections.Immutable;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Registry;

public class RegistryPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = Now.AddYears(-5);

    private static readonly WantedState Wanted = new(
        888134574, "Eksempel", Policy.Initial,
        [new VendorClient("c1", "evondos-style", "A_B_C")],
        [new Destination("epj", "fhir-messaging", "http://127.0.0.1/")],
        [new WantedPatient("patient-a", ["MD"], ["s|1"], LongAgo)]);

    [Fact]
    public void Applying_a_plan_brings_the_wanted_state_and_a_second_plan_is_empty()
    {
        var after = Apply(RegistryState.Empty(888134574), Wanted);

        Assert.Empty(RegistryPlan.Compare(after, Wanted, Now));
        Assert.True(after.HasService("patient-a", "MD", Now));
        Assert.Equal("patient-a", after.DeviceHolder("s|1", Now));
    }

    [Fact]
    public void Edge_case_10_A_device_that_changes_hands_is_first_returned_and_the_past_stays_the_old_holders()
    {
        var before = Apply(RegistryState.Empty(888134574), Wanted);
        var moved = Wanted with { Patients = [new WantedPatient("patient-a", ["MD"], [], LongAgo), new WantedPatient("patient-b", ["MD"], ["s|1"], LongAgo)] };

        var after = Apply(before, moved);

        Assert.Equal("patient-a", after.DeviceHolder("s|1", Now.AddTicks(-1)));
        Assert.Equal("patient-b", after.DeviceHolder("s|1", Now));
    }

    [Fact]
    public void What_the_file_no_longer_names_is_ended_not_forgotten()
    {
        var before = Apply(RegistryState.Empty(888134574), Wanted);

        var after = Apply(before, Wanted with { Patients = [], Clients = [] });

        Assert.False(after.HasService("patient-a", "MD", Now));
        Assert.True(after.HasService("patient-a", "MD", Now.AddTicks(-1)));
        Assert.Null(after.DeviceHolder("s|1", Now));
        Assert.Empty(after.Clients);
    }

    [Fact]
    public void A_changed_policy_is_one_change()
    {
        var before = Apply(RegistryState.Empty(888134574), Wanted);
        var policy = new Policy(ServiceGate.Off, ImmutableSortedDictionary<string, JournalingPolicy>.Empty.Add("dose.dispensed", JournalingPolicy.Never));

        Assert.IsType<PolicyChanged>(Assert.Single(RegistryPlan.Compare(before, Wanted with { Policy = policy }, Now)));
    }

    [Fact]
    public void The_file_neither_pauses_nor_resumes_a_destination()
    {
        var before = Apply(RegistryState.Empty(888134574), Wanted).Apply(new DestinationPaused("epj", "upgrade"), 99);

        Assert.Empty(RegistryPlan.Compare(before, Wanted, Now));
        Assert.True(before.Destinations["epj"].Paused);
    }

    [Fact]
    public void Registry_events_read_back_as_they_were_written()
    {
        foreach (var change in RegistryPlan.Compare(RegistryState.Empty(888134574), Wanted, Now).Concat([new DestinationPaused("epj", "oppgradering"), new DestinationHastened("epj", 7, "oppgradert")]))
        {
            Assert.Equal(System.Text.Encoding.UTF8.GetString(change.ToBytes()), System.Text.Encoding.UTF8.GetString(RegistryEvent.FromBytes(change.ToBytes()).ToBytes()));
        }
    }

    private static RegistryState Apply(RegistryState state, WantedState wanted)
    {
        foreach (var change in RegistryPlan.Compare(state, wanted, Now)) state = state.Apply(RegistryEvent.FromBytes(change.ToBytes()), state.Version + 1);
        return state;
    }
}
