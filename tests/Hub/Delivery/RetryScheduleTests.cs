using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Tests.Delivery;

public class RetryScheduleTests
{
    [Fact]
    public void An_alarm_is_tried_every_minute_without_end() =>
        Assert.Equal(TimeSpan.FromSeconds(60), RetrySchedule.Next(Lane.Alarm, 10_000, null));

    [Fact]
    public void A_receivers_longer_wait_is_honoured_and_a_shorter_one_is_not() =>
        Assert.Equal(
            [TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1)],
            new[] { RetrySchedule.Next(Lane.Routine, 1, TimeSpan.FromSeconds(90)), RetrySchedule.Next(Lane.Routine, 1, TimeSpan.Zero) });

    [Fact]
    public void A_receiver_cannot_park_a_message_for_a_year() =>
        Assert.Equal(TimeSpan.FromHours(2), RetrySchedule.Next(Lane.Routine, 1, TimeSpan.FromDays(365)));

    [Fact]
    public void Waits_never_get_shorter()
    {
        foreach (var lane in Enum.GetValues<Lane>())
        {
            var waits = Enumerable.Range(1, 20).Select(failures => RetrySchedule.Next(lane, failures, null)).ToList();
            Assert.Equal(waits.Order(), waits);
        }
    }
}
