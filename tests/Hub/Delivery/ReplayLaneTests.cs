using FsCheck;
using FsCheck.Fluent;
using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>What replays send beside what is new: behind it, in few places, and failing for themselves alone.</summary>
public class ReplayLaneTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_destination_that_fails_replays_again_and_again_takes_what_is_new_as_before()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 20; i++) queue.Add(Row(i, $"old-{i}", Lane.Replay));
        for (var i = 0; i < Limits.CircuitFailuresMax; i++) Fail(queue, queue.Take(Start, _ => false)!);

        // They rest for themselves; the worker is told until when.
        Assert.Null(queue.Take(Start, _ => false));
        Assert.Equal(Start.AddSeconds(1), queue.NextDue(Start));
        for (var i = 101; i <= 140; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));
        var taken = TakeAll(queue, Start);
        Assert.Equal(Limits.DeliveriesInFlightPerDestinationMax - Limits.DeliveriesReservedForAlarms, taken.Count);
        Assert.All(taken, row => Assert.Equal(Lane.Routine, row.Lane));
        foreach (var row in taken) queue.Finish(row, Start);
        foreach (var row in TakeAll(queue, Start)) queue.Finish(row, Start);

        // That new messages are answered does not bring them back before their time, and then it is one at a time.
        Assert.Null(queue.Take(Start, _ => false));
        Assert.Single(TakeAll(queue, Start.AddSeconds(1)));
    }

    [Fact]
    public void Replays_take_their_few_places_from_the_ordinary_ones_and_none_that_are_kept_for_alarms()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= 10; i++) queue.Add(Row(i, $"old-{i}", Lane.Replay));
        Assert.Equal(Limits.DeliveriesInFlightForReplaysMax, TakeAll(queue, Start).Count);
        for (var i = 101; i <= 140; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));
        Assert.Equal(Limits.DeliveriesInFlightPerDestinationMax - Limits.DeliveriesReservedForAlarms - Limits.DeliveriesInFlightForReplaysMax, TakeAll(queue, Start).Count);

        for (var i = 201; i <= 220; i++) queue.Add(Row(i, $"alarm-{i}", Lane.Alarm));

        Assert.Equal(Limits.DeliveriesReservedForAlarms, TakeAll(queue, Start).Count);
    }

    [Fact]
    public void What_is_new_never_waits_for_the_answer_to_a_replay_that_tries_whether_the_destination_is_back()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= Limits.CircuitFailuresMax; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));
        foreach (var row in TakeAll(queue, Start)) Fail(queue, row);
        queue.Add(Row(50, "old", Lane.Replay));
        Assert.Empty(TakeAll(queue, Start));
        var later = Start.AddSeconds(1);
        Assert.Equal(50, Assert.Single(TakeAll(queue, later)).Position);

        queue.Add(Row(101, "patient-x", Lane.Alarm));
        queue.Add(Row(102, "patient-y", Lane.Alarm));

        Assert.Equal(101, Assert.Single(TakeAll(queue, later)).Position);
    }

    [Fact]
    public void No_replay_tries_a_destination_that_something_new_is_trying()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= Limits.CircuitFailuresMax + 1; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));
        for (var i = 0; i < Limits.CircuitFailuresMax; i++) Fail(queue, queue.Take(Start, _ => false)!);
        queue.Add(Row(50, "old", Lane.Replay));

        var probe = Assert.Single(TakeAll(queue, Start.AddSeconds(1)));

        Assert.Equal(Lane.Routine, probe.Lane);
        queue.Finish(probe, Start.AddSeconds(1));
        Assert.Equal(50, Assert.Single(TakeAll(queue, Start.AddSeconds(1))).Position);
    }

    [Fact]
    public void What_replays_learn_of_a_destination_that_is_back_is_good_for_everybody()
    {
        var queue = new DeliveryQueue();
        for (var i = 1; i <= Limits.CircuitFailuresMax; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));
        foreach (var row in TakeAll(queue, Start)) Fail(queue, row);
        queue.Add(Row(50, "old", Lane.Replay));
        queue.Finish(Assert.Single(TakeAll(queue, Start.AddSeconds(1))), Start.AddSeconds(1));

        for (var i = 101; i <= 110; i++) queue.Add(Row(i, $"new-{i}", Lane.Routine));

        Assert.Equal(10, TakeAll(queue, Start.AddSeconds(1)).Count);
    }

    [Fact]
    public void Whatever_replays_come_to_an_alarm_goes_at_once_and_no_replay_before_anything_new() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true), Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), moves =>
        {
            var (queue, now, next) = (new DeliveryQueue(), Start, 0L);
            var inFlight = new List<DeliveryRow>();
            foreach (var move in moves)
            {
                var lane = Math.Abs(move % 3) == 0 ? Lane.Routine : Lane.Replay;
                switch (Math.Abs(move % 7))
                {
                    case <= 2:
                        for (var i = 0; i < 5; i++) queue.Add(Row(++next, $"{lane}-{next}", lane) with { DueAt = now });
                        break;
                    case <= 4:
                        inFlight.AddRange(TakeAll(queue, now));
                        break;
                    case 5:
                        for (var round = 0; round < 3; round++)
                        {
                            foreach (var row in inFlight.Where(row => row.Lane == Lane.Replay).ToList()) Fail(queue, row, now);
                            inFlight.RemoveAll(row => row.Lane == Lane.Replay);
                            inFlight.AddRange(TakeAll(queue, now));
                        }

                        break;
                    default:
                        foreach (var row in inFlight) queue.Finish(row, now);
                        inFlight.Clear();
                        break;
                }

                Assert.InRange(inFlight.Count(row => row.Lane == Lane.Replay), 0, Limits.DeliveriesInFlightForReplaysMax);
                queue.Add(Row(++next, $"alarm-{next}", Lane.Alarm) with { DueAt = now });
                var alarm = queue.Take(now, _ => false)!;
                Assert.Equal((next, Lane.Alarm), (alarm.Position, alarm.Lane));
                queue.Finish(alarm, now);
                now = now.AddMilliseconds(300);
            }
        }));

    private static List<DeliveryRow> TakeAll(DeliveryQueue queue, DateTimeOffset now)
    {
        var taken = new List<DeliveryRow>();
        while (queue.Take(now, _ => false) is { } row)
        {
            // What is new comes before any replay, whenever it came.
            Assert.False(row.Lane != Lane.Replay && taken.Exists(other => other.Lane == Lane.Replay));
            taken.Add(row);
        }

        return taken;
    }

    private static void Fail(DeliveryQueue queue, DeliveryRow row, DateTimeOffset? now = null) => queue.Retry(row, Start.AddHours(1), destinationFailed: true, now ?? Start);

    private static DeliveryRow Row(long position, string stream, Lane lane) =>
        new(888134574, position, "epj", Guid.NewGuid(), Guid.NewGuid(), stream, lane, [position], 0, Start);
}
