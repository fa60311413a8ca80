using FsCheck;
using FsCheck.Fluent;
using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Tests.Delivery;

public class DeliveryQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Deliveries_of_one_patient_and_lane_go_one_at_a_time_in_log_order()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a"));

        var first = Take(queue)!;
        Assert.Equal(1, first.Position);
        Assert.Null(Take(queue));

        queue.Finish(first, Start);
        Assert.Equal(2, Take(queue)!.Position);
    }

    [Fact]
    public void What_a_person_withdrew_leaves_the_queue_and_the_next_of_its_key_goes()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a") with { DueAt = DateTimeOffset.MaxValue, State = "unknown" });
        queue.Add(Row(2, "patient-a"));
        Assert.Null(Take(queue));

        queue.Replace(Row(1, "patient-a"), isFinished: true);

        Assert.Equal(2, Take(queue)!.Position);
        Assert.Null(Take(queue));
    }

    [Fact]
    public void What_a_person_sends_again_goes_once_and_blocks_its_key_while_it_is_on_its_way()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a") with { DueAt = DateTimeOffset.MaxValue, State = "unknown" });
        queue.Add(Row(2, "patient-a"));

        // Pressed twice: the second press finds the row as the first left it.
        queue.Replace(Row(1, "patient-a") with { Resends = 1 }, isFinished: false);
        queue.Replace(Row(1, "patient-a") with { Resends = 1 }, isFinished: false);

        var first = Take(queue)!;
        Assert.Null(Take(queue));
        queue.Finish(first, Start);
        var second = Take(queue)!;
        Assert.Equal([1L, 2L], new[] { first.Position, second.Position }.Order());
        queue.Finish(second, Start);
        Assert.Null(Take(queue));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Replays_take_few_places_of_a_destination_and_none_before_anything_else()
    {
        var queue = new DeliveryQueue();
        for (var i = 0; i < 20; i++) queue.Add(Row(i, $"old-{i}") with { Lane = Lane.Replay });
        for (var i = 0; i < 3; i++) queue.Add(Row(100 + i, $"new-{i}"));

        var taken = new List<DeliveryRow>();
        while (Take(queue) is { } row) taken.Add(row);

        Assert.Equal(3 + Limits.DeliveriesInFlightForReplaysMax, taken.Count);
        Assert.All(taken.Take(3), row => Assert.NotEqual(Lane.Replay, row.Lane));
        queue.Finish(taken[^1], Start);
        queue.Retry(taken[^2], Start, destinationFailed: false, Start);
        Assert.Equal(Lane.Replay, Take(queue)!.Lane);
        Assert.Equal(Lane.Replay, Take(queue)!.Lane);
        Assert.Null(Take(queue));
    }

    [Fact]
    public void A_delivery_on_its_way_is_left_to_its_settling()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        var row = Take(queue)!;

        queue.Replace(row, isFinished: true);

        Assert.True(queue.Holds(row));
        queue.Finish(row, Start);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Other_patients_do_not_wait_for_a_slow_one()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-b"));

        Assert.Equal([1L, 2L], new[] { Take(queue)!.Position, Take(queue)!.Position });
    }

    [Fact]
    public void Alarms_go_first_whatever_came_before_them()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 100; i++) queue.Add(Row(i, $"patient-{i}"));
        queue.Add(Row(101, "patient-x", Lane.Alarm));

        Assert.Equal(101, Take(queue)!.Position);
    }

    [Fact]
    public void Places_are_kept_free_for_alarms_when_routine_fills_a_destination()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 100; i++) queue.Add(Row(i, $"patient-{i}"));
        var sent = 0;
        while (Take(queue) is not null) sent++;
        Assert.Equal(Limits.DeliveriesInFlightPerDestinationMax - Limits.DeliveriesReservedForAlarms, sent);

        queue.Add(Row(101, "patient-x", Lane.Alarm));

        Assert.Equal(101, Take(queue)!.Position);
    }

    [Fact]
    public void A_place_is_anothers_as_soon_as_the_journal_has_it_and_its_key_waits_until_that_is_written()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-1"));
        queue.Add(Row(2, "patient-1"));
        for (var i = 3; i <= 100; i++) queue.Add(Row(i, $"patient-{i}"));
        var first = Take(queue)!;
        while (Take(queue) is not null) { }

        queue.Answered(first);
        queue.Answered(first);
        var next = Take(queue)!;

        Assert.NotEqual("patient-1", next.Stream);
        Assert.Null(Take(queue));
        queue.Finish(first, Start);
        Assert.Null(Take(queue));
        queue.Answered(next);
        queue.Retry(next, Start.AddMinutes(1), destinationFailed: false, Start);
        Assert.NotNull(Take(queue));
        Assert.Null(Take(queue));
    }

    [Fact]
    public void Only_so_much_is_sent_that_is_not_written_and_alarms_go_on()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 1000; i++) queue.Add(Row(i, $"patient-{i}"));
        var sent = new List<DeliveryRow>();
        while (Take(queue) is { } row)
        {
            sent.Add(row);
            queue.Answered(row);
        }

        Assert.Equal(Limits.DeliveriesUnwrittenMax, sent.Count);
        queue.Add(Row(1001, "patient-x", Lane.Alarm));
        Assert.Equal(1001, Take(queue)!.Position);
        Assert.Null(Take(queue));
        queue.Finish(sent[7], Start);
        Assert.NotNull(Take(queue));
    }

    [Fact]
    public void What_is_tried_again_comes_before_what_followed_it()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a"));
        var first = Take(queue)!;

        queue.Retry(first, Start.AddSeconds(5), destinationFailed: true, Start);

        Assert.Null(Take(queue));
        Assert.Equal(Start.AddSeconds(5), queue.NextDue(Start));
        var again = queue.Take(Start.AddSeconds(5), _ => false)!;
        Assert.Equal((1L, 1), (again.Position, again.Attempts));
    }

    [Fact]
    public void A_destination_that_fails_again_and_again_is_asked_with_one_message_at_a_time_until_it_answers()
    {
        var queue = OpenCircuit();
        var open = queue.NextDue(Start)!.Value;
        var probe = queue.Take(open, _ => false)!;
        Assert.NotNull(probe);
        Assert.Null(queue.Take(open, _ => false));

        queue.Finish(probe, open);
        Assert.NotNull(queue.Take(open, _ => false));
        Assert.NotNull(queue.Take(open, _ => false));
    }

    [Fact]
    public void What_was_on_its_way_together_and_failed_together_costs_the_shortest_wait_and_failing_probes_longer_ones()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 20; i++) queue.Add(Row(i, $"patient-{i}"));
        var together = Enumerable.Range(0, 12).Select(_ => Take(queue)!).ToList();

        foreach (var row in together) queue.Retry(row, Start, destinationFailed: true, Start);

        Assert.Null(Take(queue));
        Assert.Equal(Start.AddSeconds(1), queue.NextDue(Start));
        queue.Retry(queue.Take(Start.AddSeconds(1), _ => false)!, Start, destinationFailed: true, Start.AddSeconds(1));
        Assert.Null(queue.Take(Start.AddSeconds(1), _ => false));
        Assert.Equal(Start.AddSeconds(6), queue.NextDue(Start.AddSeconds(1)));
    }

    [Fact]
    public void An_alarm_does_not_wait_while_its_destination_is_left_alone_and_alarms_go_one_at_a_time()
    {
        var queue = OpenCircuit();
        queue.Add(Row(101, "patient-x", Lane.Alarm));
        queue.Add(Row(102, "patient-y", Lane.Alarm));

        var first = Take(queue)!;
        Assert.Equal(101, first.Position);
        Assert.Null(Take(queue));
        queue.Retry(first, Start.AddMilliseconds(200), destinationFailed: true, Start);
        var second = Take(queue)!;
        Assert.Equal(102, second.Position);
        Assert.Null(Take(queue));
        Assert.Equal(Start.AddMilliseconds(200), queue.NextDue(Start));

        queue.Finish(second, Start);
        var next = new[] { Take(queue), Take(queue) };
        Assert.All(next, row => Assert.Equal(Lane.Routine, row!.Lane));
    }

    [Fact]
    public void An_alarm_does_not_wait_for_the_answer_to_the_one_message_a_failing_destination_is_asked_with()
    {
        var queue = OpenCircuit();
        var open = queue.NextDue(Start)!.Value;
        Assert.Equal(Lane.Routine, queue.Take(open, _ => false)!.Lane);
        Assert.Null(queue.Take(open, _ => false));

        queue.Add(Row(101, "patient-x", Lane.Alarm));

        Assert.Equal(101, queue.Take(open, _ => false)!.Position);
        Assert.Null(queue.Take(open, _ => false));
    }

    [Fact]
    public void A_paused_destination_gets_nothing_and_the_others_go_on()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(2, "patient-a") with { Destination = "other" });

        Assert.Equal("other", queue.Take(Start, key => key.Destination == "epj")!.Destination);
        Assert.Null(queue.Take(Start, key => key.Destination == "epj"));
    }

    [Fact]
    public void A_delivery_loaded_twice_is_sent_once()
    {
        var queue = new DeliveryQueue();
        queue.Add(Row(1, "patient-a"));
        queue.Add(Row(1, "patient-a"));

        Assert.NotNull(Take(queue));
        Assert.Equal(1, queue.Count);
        Assert.Null(Take(queue));
    }

    [Fact]
    public void Order_holds_under_any_interleaving_of_sending_answering_finishing_failing_and_hastening()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true), Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), moves =>
        {
            var queue = new DeliveryQueue();
            var now = Start;
            var next = 0L;
            var inFlight = new List<DeliveryRow>();
            var last = new Dictionary<OrderKey, long>();
            foreach (var move in moves)
            {
                switch (Math.Abs(move % 7))
                {
                    case 0 or 1:
                        next++;
                        queue.Add(Row(next, $"patient-{Math.Abs(move % 3)}", (Lane)Math.Abs(move % 2)));
                        break;
                    case 2 when queue.Take(now, _ => false) is { } row:
                        Assert.DoesNotContain(inFlight, other => other.OrderKey == row.OrderKey);
                        Assert.True(row.Position > last.GetValueOrDefault(row.OrderKey));
                        inFlight.Add(row);
                        break;
                    case 3 when inFlight.Count > 0:
                        last[inFlight[0].OrderKey] = inFlight[0].Position;
                        queue.Finish(inFlight[0], now);
                        inFlight.RemoveAt(0);
                        break;
                    case 4 when inFlight.Count > 0:
                        queue.Retry(inFlight[^1], now.AddSeconds(1), destinationFailed: move % 3 == 0, now);
                        inFlight.RemoveAt(inFlight.Count - 1);
                        break;
                    case 5 when inFlight.Count > 0:
                        queue.Answered(inFlight[Math.Abs(move % inFlight.Count)]);
                        break;
                    case 6:
                        queue.Hasten(new DestinationKey(888134574, "epj"), now);
                        break;
                }

                now = now.AddMilliseconds(400);
            }
        }));
    }

    /// <summary>A destination that has failed so often that it is left alone, with routine deliveries that are due.</summary>
    private static DeliveryQueue OpenCircuit()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 20; i++) queue.Add(Row(i, $"patient-{i}"));
        for (var i = 0; i < Limits.CircuitFailuresMax; i++) queue.Retry(Take(queue)!, Start.AddMinutes(10), destinationFailed: true, Start);
        Assert.Null(Take(queue));
        return queue;
    }

    private static DeliveryRow? Take(DeliveryQueue queue) => queue.Take(Start, _ => false);

    private static DeliveryRow Row(long position, string stream, Lane lane = Lane.Routine) =>
        new(888134574, position, "epj", Guid.NewGuid(), Guid.NewGuid(), stream, lane, [position], 0, Start);
}
