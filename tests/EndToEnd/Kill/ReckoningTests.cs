namespace Vkp.EndToEnd.Tests.Kill;

public class ReckoningTests
{
    private static readonly string[] Sent = ["a1", "a2", "a3", "b1"];

    [Fact]
    public void What_went_well_is_clean_whatever_the_order_between_patients() =>
        Assert.True(Reckoning.Of(Sent, ["b1", "a1", "a2", "a3"], [Fact("a1", 1), Fact("a2", 2), Fact("a3", 3), Fact("b1", 4)]).IsClean);

    [Fact]
    public void A_message_nobody_has_is_lost_and_what_the_hub_says_of_it_untrue()
    {
        var found = Reckoning.Of(Sent, ["b1", "a1", "a3"], [Fact("a1", 1), Fact("a2", 2), Fact("a3", 3), Fact("b1", 4)]);
        Assert.Equal((1, 1, false), (found.Lost, found.Untrue, found.IsClean));
    }

    [Fact]
    public void A_message_the_hub_does_not_know_is_lost() => Assert.Equal(1, Reckoning.Of(Sent, ["a1", "a2", "a3"], [Fact("a1", 1), Fact("a2", 2), Fact("a3", 3)]).Lost);

    [Fact]
    public void A_second_entry_is_a_double() => Assert.Equal(1, Reckoning.Of(["a1"], ["a1", "a1"], [Fact("a1", 1)]).Doubled);

    [Fact]
    public void A_document_after_a_later_one_of_its_patient_and_lane_is_an_inversion_unless_it_had_been_refused()
    {
        Assert.Equal(1, Reckoning.Of(["a1", "a2"], ["a2", "a1"], [Fact("a1", 1), Fact("a2", 2)]).Inversions);
        Assert.True(Reckoning.Of(["a1", "a2"], ["a2", "a1"], [Fact("a1", 1, wasRefused: true), Fact("a2", 2)]).IsClean);
    }

    [Fact]
    public void A_refusal_of_something_the_journal_has_is_untrue() =>
        Assert.Equal(1, Reckoning.Of(["a1"], ["a1"], [Fact("a1", 1, "refused", wasRefused: true)]).Untrue);

    [Fact]
    public void A_refusal_that_became_an_entry_without_anyone_is_untrue() =>
        Assert.Equal(1, Reckoning.Of(["a1"], ["a1"], [Fact("a1", 1, wasRefused: true) with { IsContradicted = true }]).Untrue);

    [Fact]
    public void What_is_still_unknown_is_unresolved() => Assert.Equal((1, 1), Figures(Reckoning.Of(["a1"], ["a1"], [Fact("a1", 1, "unknown") with { Unknown = 1 }])));

    private static (int, int) Figures(Reckoning found) => (found.Unknown, found.Unresolved);

    private static DeliveryFact Fact(string id, long position, string state = "journaled", bool wasRefused = false) => new(id, id[..1], position, state, wasRefused, 0);
}
