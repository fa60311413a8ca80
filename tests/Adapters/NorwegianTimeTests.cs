using System.Globalization;
using Vkp.Adapters.Notes;

namespace Vkp.Adapters.Tests;

public sealed class NorwegianTimeTests
{
    [Theory]
    [InlineData("2026-05-11T06:00:00Z", "11.05.2026 kl. 08:00")]
    [InlineData("2026-01-11T07:00:00Z", "11.01.2026 kl. 08:00")]
    [InlineData("2026-10-25T02:30:00+02:00", "25.10.2026 kl. 02:30 (sommertid)")]
    [InlineData("2026-10-25T02:30:00+01:00", "25.10.2026 kl. 02:30 (normaltid)")]
    [InlineData("2026-10-25T01:59:00+02:00", "25.10.2026 kl. 01:59")]
    [InlineData("2026-10-25T03:00:00+01:00", "25.10.2026 kl. 03:00")]
    [InlineData("2027-03-28T00:59:00Z", "28.03.2027 kl. 01:59")]
    [InlineData("2027-03-28T01:00:00Z", "28.03.2027 kl. 03:00")]
    [InlineData("2026-12-31T23:30:00Z", "01.01.2027 kl. 00:30")]
    public void An_instant_reads_as_Norwegian_time_that_cannot_be_misunderstood(string instant, string text) =>
        Assert.Equal(text, NorwegianTime.DateAndTime(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    [Fact]
    public void The_rule_agrees_with_the_time_zone_files_of_the_machine_for_every_hour_of_five_years()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Oslo", out var oslo))
            return;
        for (var at = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year < 2029; at = at.AddHours(1))
            Assert.Equal(TimeZoneInfo.ConvertTime(at, oslo).Offset, NorwegianTime.Local(at).Offset);
    }

    [Fact]
    public void The_ends_of_the_calendar_do_not_fail()
    {
        Assert.NotEmpty(NorwegianTime.DateAndTime(DateTimeOffset.MinValue));
        Assert.NotEmpty(NorwegianTime.DateAndTime(DateTimeOffset.MaxValue));
    }
}
