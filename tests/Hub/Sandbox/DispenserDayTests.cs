using System.Text.Json;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

public sealed class DispenserDayTests
{
    private static readonly DispenserSite Site = new("312229544");
    private static readonly DateTimeOffset To = SetClock.Noon;

    private readonly IReadOnlyList<DispenserEvent> month = DispenserDay.Between(1, Site, SyntheticPeople.All, To.AddDays(-30), To);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_day()
    {
        var again = DispenserDay.Between(1, Site, SyntheticPeople.All, To.AddDays(-30), To);
        var other = DispenserDay.Between(2, Site, SyntheticPeople.All, To.AddDays(-30), To);

        Assert.Equal(month.Select(Text), again.Select(Text));
        Assert.Empty(month.Select(happened => happened.EventId).Intersect(other.Select(happened => happened.EventId)));
    }

    [Fact]
    public void A_short_period_gives_the_events_of_the_long_one_also_those_of_the_evening_before()
    {
        // Closures and late uploads of an evening come after midnight; a period that begins there must know them.
        for (var midnight = To.AddDays(-20).AddHours(-14); midnight < To.AddDays(-1); midnight = midnight.AddDays(1))
        {
            var night = DispenserDay.Between(1, Site, SyntheticPeople.All, midnight, midnight.AddHours(6));

            Assert.Equal(
                month.Where(happened => happened.SendAt > midnight && happened.SendAt <= midnight.AddHours(6)).Select(Text),
                night.Select(Text));
        }
    }

    [Fact]
    public void Events_are_sent_in_order_never_before_they_happen_and_within_the_period()
    {
        Assert.Equal(month.OrderBy(happened => happened.SendAt).Select(happened => happened.EventId), month.Select(happened => happened.EventId));
        Assert.All(month, happened => Assert.True(happened.SendAt > happened.OccurredAt));
        Assert.All(month, happened => Assert.InRange(happened.SendAt, To.AddDays(-30), To));
        Assert.Equal(month.Count, month.Select(happened => happened.EventId).Distinct().Count());
    }

    [Fact]
    public void A_month_is_plausible()
    {
        var kinds = month.CountBy(happened => happened.EventType).ToDictionary();

        // 24 homes, two to four doses a day, about one in twenty not taken.
        Assert.InRange(kinds["dose.dispensed"], 1800, 2400);
        Assert.InRange(kinds["dose.notTaken"], 60, 220);
        Assert.InRange(kinds["alert.closed"], 50, kinds["dose.notTaken"]);
        Assert.InRange(kinds["service.heartbeat"], 24 * 58, 24 * 61);
        Assert.InRange(month.Count(happened => happened.SendAt - happened.OccurredAt > TimeSpan.FromHours(1)), 20, 150);
    }

    [Fact]
    public void Every_alert_is_closed_once_and_after_it_was_raised()
    {
        var raised = month.Where(happened => happened.EventType == "dose.notTaken").ToDictionary(happened => Data(happened).GetProperty("alertId").GetString()!);
        var closings = month.Where(happened => happened.EventType == "alert.closed")
            .SelectMany(closing => Data(closing).GetProperty("alertIds").EnumerateArray().Select(id => (Id: id.GetString()!, Closing: closing)))
            .ToArray();

        Assert.Equal(closings.Length, closings.Select(closing => closing.Id).Distinct().Count());
        Assert.Contains(closings.GroupBy(closing => closing.Closing.EventId), group => group.Count() > 1);
        foreach (var (id, closing) in closings.Where(closing => raised.ContainsKey(closing.Id)))
        {
            Assert.True(closing.OccurredAt > raised[id].OccurredAt);
            Assert.Equal(raised[id].DeviceSerial, closing.DeviceSerial);
        }

        var old = raised.Where(alert => alert.Value.OccurredAt < To.AddDays(-1)).Select(alert => alert.Key);
        Assert.Subset(closings.Select(closing => closing.Id).ToHashSet(), old.ToHashSet());
    }

    [Fact]
    public void An_event_has_the_envelope_of_the_catalogue()
    {
        var happened = month.First(one => one.EventType == "dose.notTaken");
        var person = SyntheticPeople.WithDispenser.Single(one => one.DispenserSerial == happened.DeviceSerial);
        var root = JsonDocument.Parse(happened.Body).RootElement;

        Assert.Equal(
            ["eventId", "eventType", "schemaVersion", "occurredAt", "sentAt", "sequence", "tenant", "patient", "environment", "data"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("312229544", root.GetProperty("tenant").GetProperty("municipalityOrgNo").GetString());
        Assert.Equal(person.NationalId, root.GetProperty("patient").GetProperty("nationalId").GetString());
        Assert.Equal("test", root.GetProperty("environment").GetString());
        Assert.EndsWith("+02:00", root.GetProperty("occurredAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(happened.OccurredAt, root.GetProperty("occurredAt").GetDateTimeOffset());
        Assert.Equal(happened.OccurredAt.AddMinutes(-90), Data(happened).GetProperty("dose").GetProperty("scheduledAt").GetDateTimeOffset());
    }

    [Fact]
    public void A_heartbeat_names_no_patient_and_no_event_names_one_in_its_text_form()
    {
        Assert.All(month.Where(happened => happened.EventType == "service.heartbeat"), happened =>
            Assert.False(JsonDocument.Parse(happened.Body).RootElement.TryGetProperty("patient", out _)));
        Assert.All(month, happened => Assert.DoesNotContain(SyntheticPeople.All, person => happened.ToString().Contains(person.NationalId, StringComparison.Ordinal)));
    }

    [Fact]
    public void Doses_follow_the_wall_clock_over_both_changes_to_and_from_summer_time()
    {
        foreach (var (day, before, after) in ((DateTimeOffset, string, string)[])[
            (new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero), "+01:00", "+02:00"),
            (new(2026, 10, 25, 12, 0, 0, TimeSpan.Zero), "+02:00", "+01:00")])
        {
            var doses = DispenserDay.Between(1, Site, SyntheticPeople.All, day.AddDays(-2), day.AddDays(2))
                .Where(happened => happened.EventType == "dose.dispensed")
                .Select(happened => Data(happened).GetProperty("dose").GetProperty("scheduledAt").GetString()!)
                .ToArray();

            Assert.All(doses, dose => Assert.Matches("T(08|12|17|21):00:00", dose));
            Assert.All(doses, dose => Assert.EndsWith(string.CompareOrdinal(dose[..10], $"{day:yyyy-MM-dd}") < 0 ? before : after, dose, StringComparison.Ordinal));
        }
    }

    private static JsonElement Data(DispenserEvent happened) => JsonDocument.Parse(happened.Body).RootElement.GetProperty("data");

    private static string Text(DispenserEvent happened) => System.Text.Encoding.UTF8.GetString(happened.Body.Span);
}
