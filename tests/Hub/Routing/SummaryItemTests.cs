using System.Globalization;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Tests.Routing;

public class SummaryItemTests
{
    [Theory]
    [InlineData("2026-05-11T08:00:00+02:00", "2026-05-12T01:00:00+02:00")]
    [InlineData("2026-05-11T23:59:59+02:00", "2026-05-12T01:00:00+02:00")]
    [InlineData("2026-05-12T00:00:00+02:00", "2026-05-13T01:00:00+02:00")]
    // Written in another zone, it happened on the Norwegian day all the same.
    [InlineData("2026-05-11T22:30:00+00:00", "2026-05-13T01:00:00+02:00")]
    public void A_note_is_due_when_the_norwegian_day_has_ended(string occurredAt, string due) => Assert.Equal(At(due), SummaryItem.Due(At(occurredAt), At(occurredAt)));

    [Theory]
    // 25 hours: 02:30 comes twice, and both belong to the day.
    [InlineData("2026-10-25T00:00:00+02:00", "2026-10-26T01:00:00+01:00")]
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-26T01:00:00+01:00")]
    [InlineData("2026-10-25T02:30:00+01:00", "2026-10-26T01:00:00+01:00")]
    [InlineData("2026-10-25T23:30:00+01:00", "2026-10-26T01:00:00+01:00")]
    [InlineData("2026-10-24T23:30:00+02:00", "2026-10-25T01:00:00+02:00")]
    // 23 hours.
    [InlineData("2027-03-28T00:00:00+01:00", "2027-03-29T01:00:00+02:00")]
    [InlineData("2027-03-28T23:59:00+02:00", "2027-03-29T01:00:00+02:00")]
    [InlineData("2027-03-27T23:59:00+01:00", "2027-03-28T01:00:00+01:00")]
    public void Edge_case_04_A_day_the_clock_changes_on_is_one_day(string occurredAt, string due) => Assert.Equal(At(due), SummaryItem.Due(At(occurredAt), At(occurredAt)));

    [Theory]
    [InlineData("2026-05-11T08:00:00+02:00", "2026-05-12T00:30:00+02:00", "2026-05-12T01:00:00+02:00")]
    [InlineData("2026-05-11T08:00:00+02:00", "2026-05-12T01:00:00+02:00", "2026-05-13T01:00:00+02:00")]
    [InlineData("2026-05-01T08:00:00+02:00", "2026-05-12T00:30:00+02:00", "2026-05-12T01:00:00+02:00")]
    [InlineData("2026-05-01T08:00:00+02:00", "2026-05-12T09:00:00+02:00", "2026-05-13T01:00:00+02:00")]
    public void What_comes_after_its_days_note_is_written_goes_into_the_next(string occurredAt, string now, string due) => Assert.Equal(At(due), SummaryItem.Due(At(occurredAt), At(now)));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
