using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>What a person's word that a destination is well again does to what waits in memory.</summary>
public class HasteningTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DestinationKey Epj = new(888134574, "epj");

    [Fact]
    public void What_waits_for_its_next_try_is_tried_now_and_what_follows_it_waits_behind_it_still()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a"));
        Fail(queue, "retryable");
        Assert.Null(Take(queue));

        queue.Hasten(Epj, Start);

        var first = Take(queue)!;
        Assert.Equal((1L, 1), (first.Position, first.Attempts));
        Assert.Null(Take(queue));
        queue.Finish(first, Start);
        Assert.Equal(2, Take(queue)!.Position);
        Assert.Null(Take(queue));
    }

    [Fact]
    public void Another_destination_waits_on()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a") with { DueAt = Start.AddHours(1), State = "retryable" });

        queue.Hasten(new DestinationKey(888134574, "other"), Start);
        queue.Hasten(new DestinationKey(312229544, "epj"), Start);

        Assert.Null(Take(queue));
        Assert.Equal(Start.AddHours(1), queue.NextDue(Start));
    }

    [Fact]
    public void A_receiver_that_may_have_it_already_is_left_the_time_to_write_it()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        Fail(queue, "unknown");

        queue.Hasten(Epj, Start);

        Assert.Null(Take(queue));
        Assert.Equal(Start + Limits.AskAfter, queue.NextDue(Start));
        Assert.True(queue.Take(Start + Limits.AskAfter, _ => false)!.IsInDoubt);
    }

    [Theory]
    [InlineData("unknown", false)]
    [InlineData("running", true)]
    public void What_waits_for_a_person_or_for_a_call_that_was_begun_waits_on(string state, bool isDueSome)
    {
        var due = isDueSome ? Start.AddSeconds(20) : DateTimeOffset.MaxValue;
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a") with { DueAt = due, State = state });
        queue.Add(Row(2, "patient-a"));

        queue.Hasten(Epj, Start);

        Assert.Null(queue.Take(Start.AddSeconds(19), _ => false));
        Assert.Equal(due, queue.NextDue(Start));
    }

    [Fact]
    public void A_try_that_was_on_its_way_and_fails_is_made_again_at_once_and_the_next_in_its_own_time()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a"));
        var begun = Take(queue)!;

        queue.Hasten(Epj, Start);
        Assert.Null(Take(queue));
        queue.Retry(begun, Start.AddMinutes(10), destinationFailed: true, Start);

        var again = Take(queue)!;
        Assert.Equal(1, again.Position);
        queue.Retry(again, Start.AddMinutes(10), destinationFailed: true, Start);
        Assert.Null(Take(queue));
        Assert.Equal(Start.AddMinutes(10), queue.NextDue(Start));
    }

    [Fact]
    public void What_was_on_its_way_and_arrived_leaves_the_next_of_its_key_in_its_own_time()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a"));
        var begun = Take(queue)!;

        queue.Hasten(Epj, Start);
        queue.Finish(begun, Start);
        Fail(queue, "retryable");

        Assert.Null(Take(queue));
    }

    [Fact]
    public void A_destination_that_failed_again_and_again_is_asked_at_once_but_with_one_message_at_a_time()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 20; i++) queue.Add(Row(i, $"patient-{i}"));
        for (var i = 0; i < Limits.CircuitFailuresMax; i++) Fail(queue, "retryable");
        Assert.Null(Take(queue));

        queue.Hasten(Epj, Start);

        var probe = Take(queue)!;
        Assert.Null(Take(queue));
        queue.Finish(probe, Start);
        Assert.NotNull(Take(queue));
        Assert.NotNull(Take(queue));
    }

    [Fact]
    public void Pressed_again_and_again_it_puts_nothing_off()
    {
        var row = Row(1, "patient-a") with { DueAt = Start.AddSeconds(2), State = "unknown" };

        Assert.Equal(row.DueAt, RetrySchedule.Hastened(row, Start));
        Assert.Equal(row.DueAt, RetrySchedule.Hastened(row with { DueAt = RetrySchedule.Hastened(row, Start) }, Start.AddSeconds(1)));
    }

    private static void Fail(DeliveryQueue queue, string state) =>
        queue.Retry(Take(queue)! with { State = state }, Start.AddMinutes(10), destinationFailed: true, Start);

    private static DeliveryRow? Take(DeliveryQueue queue) => queue.Take(Start, _ => false);

    private static DeliveryRow Row(long position, string stream) =>
        new(888134574, position, "epj", Guid.NewGuid(), Guid.NewGuid(), stream, Lane.Routine, [position], 0, Start);
}
