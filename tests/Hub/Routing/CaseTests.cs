using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Routing;

/// <summary>A case from raised to closed: given the patient's messages in the order they arrived, then the documents a nurse gets.</summary>
public class CaseTests
{
    [Fact]
    public void An_opened_case_waits_and_its_closing_is_the_one_document()
    {
        var story = new PatientStory();
        story.Missed("missed", 0);
        Assert.Equal(["missed"], story.Waiting);

        story.Closed("closing", 30, ["missed"]);

        Assert.Equal(["closing missed"], story.Documents);
        Assert.Equal(["missed: folded-into-case"], story.Settled);
        Assert.Empty(story.Waiting);
    }

    [Fact]
    public void Edge_case_13_Several_alerts_closed_together_are_one_note_in_the_order_they_happened()
    {
        var story = new PatientStory();
        story.Missed("evening", 600, dose: "d2");
        story.Missed("morning", 0, dose: "d1");
        story.Closed("closing", 700, ["evening", "morning"]);
        Assert.Equal(["closing morning evening"], story.Documents);
    }

    [Fact]
    public void A_second_closing_adds_to_the_first_and_carries_nothing_again()
    {
        var story = new PatientStory();
        story.Missed("missed", 0);
        story.Closed("closing", 30, ["missed"]);
        story.Closed("again", 60, ["missed"]);
        Assert.Equal(["closing missed", "again | closing"], story.Documents);
    }

    [Fact]
    public void A_closing_that_came_first_stands_alone_and_the_late_opening_adds_nothing_when_the_closing_said_it_all()
    {
        var story = new PatientStory();
        story.Closed("closing", 30, ["alarm"], whole: ["alarm"]);
        story.Alarm("alarm", 0);
        Assert.Equal(["closing"], story.Documents);
        Assert.Equal(["alarm: folded-into-case"], story.Settled);
    }

    [Fact]
    public void A_late_opening_that_the_closing_did_not_tell_of_is_journaled_on_its_own()
    {
        var story = new PatientStory();
        story.Closed("closing", 30, ["missed"]);
        story.Missed("missed", 0);
        Assert.Equal(["closing", "missed | closing"], story.Documents);
    }

    [Fact]
    public void A_device_that_uses_its_case_id_again_opens_a_new_case()
    {
        var story = new PatientStory();
        foreach (var (name, minute) in new[] { ("first", 0), ("second", 60) })
        {
            story.Then(name, "alarm.raised", minute, m => PatientStory.Opening(m, "unit"));
            story.Then($"{name} reset", "alarm.reset", minute + 5, m => m with { Role = CaseRole.Closes, CaseKeys = ["unit"] });
        }

        Assert.Equal(["first reset first", "second reset second"], story.Documents);
    }

    [Fact]
    public void Edge_case_12_Repeated_presses_are_one_call_and_one_note()
    {
        var story = new PatientStory();
        story.Alarm("first", 0);
        story.Alarm("second", 4);
        story.Alarm("third", 12);
        story.Closed("closing", 20, ["first"]);
        Assert.Equal(["closing first second third"], story.Documents);
        Assert.Equal(["first: folded-into-case", "second: repeated-press", "third: repeated-press"], story.Settled);
    }

    [Fact]
    public void The_closing_of_a_repeat_waits_for_the_first_to_be_closed()
    {
        var story = new PatientStory();
        story.Alarm("first", 0);
        story.Alarm("second", 4);
        story.Closed("second closed", 6, ["second"]);
        Assert.Empty(story.Documents);

        story.Closed("first closed", 20, ["first"]);

        Assert.Equal(["first closed first second second closed"], story.Documents);
    }

    [Fact]
    public void A_repeat_that_is_closed_after_the_first_adds_to_its_note()
    {
        var story = new PatientStory();
        story.Alarm("first", 0);
        story.Alarm("second", 4);
        story.Closed("first closed", 20, ["first"]);
        story.Closed("second closed", 21, ["second"]);
        Assert.Equal(["first closed first second", "second closed | first closed"], story.Documents);
    }

    [Theory]
    [InlineData(11, "press")]
    [InlineData(5, "fall")]
    public void An_alarm_much_later_or_of_another_kind_is_a_call_of_its_own(int minute, string group)
    {
        var story = new PatientStory();
        story.Alarm("first", 0);
        story.Alarm("second", minute, group);
        story.Closed("closing", 60, ["first"]);
        Assert.Equal(["closing first"], story.Documents);
        Assert.Equal(["second"], story.Waiting);
    }

    [Fact]
    public void What_is_written_while_an_alarm_is_open_is_in_its_note_and_what_comes_later_is_an_addendum()
    {
        var story = new PatientStory();
        story.Alarm("alarm", 0);
        Written("during", 5);
        story.Closed("closing", 10, ["alarm"]);
        Written("after", 15);
        Assert.Equal(["closing alarm during", "after"], story.Documents);

        void Written(string name, int minute) => story.Then(name, "alarm.noteAdded", minute, m => m with { AboutKeys = ["alarm:alarm"], Traits = CaseTraits.Addendum });
    }

    [Fact]
    public void Edge_case_02_The_order_of_arrival_does_not_change_what_a_case_says()
    {
        // Every order in which three alerts and the note that was added can come before the closing of all.
        foreach (var order in Permutations(["a", "b", "c"]))
        {
            var story = new PatientStory();
            foreach (var name in order) story.Missed(name, name[0] - 'a', dose: name);
            story.Closed("closing", 60, ["a", "b", "c"]);
            Assert.Equal(["closing a b c"], story.Documents);
        }
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (string[])[first, .. rest]));
}
