using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Tests.Routing;

/// <summary>One message, and what the municipality's policy makes of it.</summary>
public class RouterTests
{
    [Fact]
    public void A_message_that_stands_alone_is_a_document_of_its_own()
    {
        var story = new PatientStory();
        story.Dispensed("dose", 0);
        Assert.Equal(["dose"], story.Documents);
        Assert.Empty(story.Settled);
    }

    [Fact]
    public void What_is_nothing_for_a_journal_is_settled_with_its_reason()
    {
        var story = new PatientStory();
        story.Then("beat", "service.heartbeat", 0, m => m with { SettleReason = "heartbeat" });
        Assert.Equal(["beat: heartbeat"], story.Settled);
        Assert.Empty(story.Documents);
    }

    [Fact]
    public void A_kind_the_municipality_wants_no_notes_about_is_settled_by_policy()
    {
        var story = new PatientStory(("dose.dispensed", JournalingPolicy.Never));
        story.Dispensed("dose", 0);
        Assert.Equal(["dose: policy"], story.Settled);
    }

    [Fact]
    public void Deviations_only_settles_what_went_as_planned_and_journals_what_did_not()
    {
        var story = new PatientStory(("*", JournalingPolicy.DeviationsOnly));
        story.Dispensed("dose", 0);
        story.Then("roll", "roll.loaded", 1, m => m with { Traits = CaseTraits.Deviation });
        Assert.Equal(["dose: policy"], story.Settled);
        Assert.Equal(["roll"], story.Documents);
    }

    [Fact]
    public void A_kind_that_is_named_has_its_own_policy_whatever_the_star_says()
    {
        var story = new PatientStory(("*", JournalingPolicy.Never), ("dose.dispensed", JournalingPolicy.Each));
        story.Dispensed("dose", 0);
        Assert.Equal(["dose"], story.Documents);
    }

    [Theory]
    [InlineData(JournalingPolicy.Never)]
    [InlineData(JournalingPolicy.DeviationsOnly)]
    public void A_policy_of_no_notes_never_swallows_a_case(JournalingPolicy policy)
    {
        var story = new PatientStory(("*", policy));
        story.Missed("missed", 0);
        story.Closed("closing", 30, ["missed"]);
        Assert.Equal(["closing missed"], story.Documents);
    }

    [Fact]
    public void A_daily_summary_takes_the_message_out_of_the_way_until_the_day_has_ended()
    {
        var story = new PatientStory(("dose.dispensed", JournalingPolicy.DailySummary));
        Assert.True(story.Dispensed("dose", 0).Document!.InSummary);
    }

    [Fact]
    public void An_immediate_note_is_made_when_the_alarm_is_raised_and_another_when_it_is_closed()
    {
        var story = new PatientStory(("alarm.raised", JournalingPolicy.Immediate));
        story.Alarm("alarm", 0);
        Assert.Equal(["alarm"], story.Documents);

        story.Closed("closing", 15, ["alarm"]);

        Assert.Equal(["alarm", "closing alarm"], story.Documents);
        // It has an entry of its own: it is journaled, not settled.
        Assert.Empty(story.Settled);
    }

    [Fact]
    public void A_stale_alarm_gets_no_immediate_note_and_waits_for_its_closing()
    {
        var story = new PatientStory(("alarm.raised", JournalingPolicy.Immediate));
        story.Then("alarm", "alarm.raised", 0, m => PatientStory.Opening(m, "a") with { IsLate = true });
        Assert.Empty(story.Documents);
        Assert.Equal(["alarm"], story.Waiting);
    }

    [Fact]
    public void A_note_of_the_hubs_own_settles_what_it_speaks_for()
    {
        var story = new PatientStory();
        story.Dispensed("dose", 0);
        var decision = story.Then("day", "summary.daily", 60, m => m with { SpeaksFor = [new SettledPart(1, SettleReasons.InDailySummary)] });
        Assert.Equal([2L], decision.Document!.Content);
        Assert.Equal(["dose: in-daily-summary"], story.Settled);
    }
}
