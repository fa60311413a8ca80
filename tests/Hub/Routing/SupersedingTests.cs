using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Routing;

/// <summary>A later word takes the place of an earlier one: doses that came after all, contact that came back, values that were corrected.</summary>
public class SupersedingTests
{
    [Fact]
    public void Edge_case_14_A_dose_that_came_after_all_takes_the_place_of_the_alert_in_one_document()
    {
        var story = new PatientStory();
        story.Missed("missed", 90);
        story.Dispensed("dose", 95);
        Assert.Equal(["dose missed"], story.Documents);
        Assert.Equal(["missed: superseded"], story.Settled);
        Assert.Empty(story.Waiting);
    }

    [Fact]
    public void A_dose_that_is_known_to_have_come_makes_a_late_alert_needless()
    {
        var story = new PatientStory();
        story.Dispensed("dose", 10);
        story.Missed("missed", 90);
        Assert.Equal(["dose"], story.Documents);
        Assert.Equal(["missed: superseded"], story.Settled);
    }

    [Fact]
    public void A_dose_that_was_in_time_and_only_told_late_is_no_deviation()
    {
        var story = new PatientStory(("dose.dispensed", JournalingPolicy.DeviationsOnly));
        story.Missed("missed", 90);
        story.Dispensed("dose", 5);
        Assert.Empty(story.Documents);
        Assert.Equal(["missed: superseded", "dose: policy"], story.Settled);
    }

    [Fact]
    public void A_dose_that_was_late_is_a_deviation()
    {
        var story = new PatientStory(("dose.dispensed", JournalingPolicy.DeviationsOnly));
        story.Missed("missed", 90);
        story.Dispensed("dose", 120);
        Assert.Equal(["dose missed"], story.Documents);
    }

    [Fact]
    public void What_the_journal_says_wrongly_is_put_right_at_once_whatever_the_policy()
    {
        foreach (var policy in Enum.GetValues<JournalingPolicy>())
        {
            var story = new PatientStory(("dose.dispensed", policy));
            story.Missed("missed", 90);
            story.Closed("closing", 100, ["missed"]);
            var decision = story.Dispensed("dose", 5);
            Assert.Equal(["closing missed", "dose | missed"], story.Documents);
            Assert.False(decision.Document!.InSummary);
        }
    }

    [Fact]
    public void A_dispense_of_another_dose_leaves_the_alert_open()
    {
        var story = new PatientStory();
        story.Missed("missed", 90, dose: "d1");
        story.Dispensed("dose", 95, dose: "d2");
        Assert.Equal(["dose"], story.Documents);
        Assert.Equal(["missed"], story.Waiting);
    }

    [Fact]
    public void A_nurse_who_closes_the_alert_of_a_dose_that_came_writes_a_note_of_her_own()
    {
        var story = new PatientStory();
        story.Missed("missed", 90);
        story.Dispensed("dose", 95);
        story.Closed("closing", 120, ["missed"]);
        Assert.Equal(["dose missed", "closing"], story.Documents);
    }

    [Fact]
    public void A_device_that_closes_what_is_settled_has_nothing_to_tell()
    {
        var story = new PatientStory();
        story.Missed("missed", 90);
        story.Dispensed("dose", 95);
        story.Closed("closing", 96, ["missed"], CaseTraits.ByMachine);
        Assert.Equal(["dose missed"], story.Documents);
        Assert.Equal(["missed: superseded", "closing: case-settled"], story.Settled);
    }

    [Fact]
    public void A_device_that_closes_a_missed_dose_is_journaled()
    {
        var story = new PatientStory();
        story.Missed("missed", 90);
        story.Closed("closing", 96, ["missed"], CaseTraits.ByMachine);
        Assert.Equal(["closing missed"], story.Documents);
    }

    [Fact]
    public void Edge_case_15_An_unknown_dose_that_turns_out_to_be_dispensed_is_no_deviation()
    {
        var story = new PatientStory(("*", JournalingPolicy.DeviationsOnly));
        story.Unknown("unknown", 90);
        story.Dispensed("dose", 5);
        Assert.Empty(story.Documents);
        Assert.Equal(["unknown: superseded", "dose: policy"], story.Settled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_dose_that_turns_out_to_be_missed_is_one_case(bool unknownFirst)
    {
        var story = new PatientStory();
        if (unknownFirst) story.Unknown("unknown", 90);
        story.Missed("missed", 95);
        if (!unknownFirst) story.Unknown("unknown", 90);
        story.Closed("closing", 120, ["missed"]);
        Assert.Equal(["closing unknown missed"], story.Documents);
        Assert.Equal(["unknown: superseded", "missed: folded-into-case"], story.Settled.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Edge_case_15_Contact_that_comes_back_settles_the_alert_of_its_loss()
    {
        var story = new PatientStory();
        Offline(story, "offline", 0);
        story.Then("online", "device.online", 60, m => m with { EndsKeys = ["contact"], SettleReason = "technical" });
        Assert.Equal(["offline: recovered", "online: technical"], story.Settled);
        Assert.Empty(story.Documents);
    }

    [Fact]
    public void A_live_event_of_the_device_says_that_contact_is_back_and_one_from_before_does_not()
    {
        var story = new PatientStory();
        Offline(story, "offline", 30);
        story.Dispensed("before", 0, dose: "d1");
        Assert.Equal(["offline"], story.Waiting);

        story.Dispensed("after", 60, dose: "d2");

        Assert.Equal(["offline: recovered"], story.Settled);
    }

    [Fact]
    public void Contact_that_comes_back_leaves_the_dose_nobody_knows_about_open()
    {
        var story = new PatientStory();
        story.Unknown("unknown", 0);
        story.Then("online", "device.online", 60, m => m with { EndsKeys = ["contact"], SettleReason = "technical" });
        Assert.Equal(["unknown"], story.Waiting);
    }

    [Fact]
    public void A_correction_of_what_an_open_alert_tells_is_in_its_note()
    {
        var story = new PatientStory();
        story.Then("alert", "alert.opened", 0, m => PatientStory.Opening(m, "a") with { AboutKeys = ["m1"] });
        Corrected(story, "correction", 5);
        story.Closed("closing", 10, ["a"], about: ["m1"]);
        Assert.Equal(["closing alert correction"], story.Documents);
    }

    [Fact]
    public void Edge_case_05_A_correction_of_what_is_in_the_journal_is_an_addendum()
    {
        var story = new PatientStory();
        story.Closed("closing", 10, ["a"], about: ["m1"]);
        Corrected(story, "correction", 20);
        Corrected(story, "of the correction", 25, "m2");
        Assert.Equal(["closing", "correction | closing", "of the correction | correction"], story.Documents);
    }

    [Fact]
    public void A_correction_of_what_is_in_no_journal_needs_none_and_is_not_forgotten()
    {
        var story = new PatientStory();
        Corrected(story, "correction", 5);
        Assert.Equal(["correction: nothing-to-correct"], story.Settled);

        story.Closed("closing", 10, ["a"], about: ["m1"]);

        Assert.Equal(["closing correction"], story.Documents);
    }

    private static void Offline(PatientStory story, string name, int minute) => story.Then(
        name, "device.offline", minute, m => PatientStory.Opening(m, name) with { AboutKeys = ["contact"], Traits = CaseTraits.Technical | CaseTraits.Deviation });

    private static void Corrected(PatientStory story, string name, int minute, string replaces = "m1") => story.Then(
        name, "measurement.corrected", minute, m => m with { AboutKeys = [replaces, replaces == "m1" ? "m2" : "m3"], Traits = CaseTraits.Correction });
}
