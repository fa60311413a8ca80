namespace Vkp.Hub.Tests.Intake;

/// <summary>The plain part of an event, as it stands in the log for ever.</summary>
public sealed class EventMetadataTests
{
    [Theory]
    [InlineData("2026-03-02T11:59:58.1234567+00:00", "2026-03-02T11:59:58.1234567Z")]
    [InlineData("2026-03-02T12:00:00+00:00", "2026-03-02T12:00:00Z")]
    [InlineData("2026-10-25T02:30:00.5+02:00", "2026-10-25T02:30:00.5+02:00")]
    public void A_time_is_kept_to_the_tick_with_its_offset_in_the_fewest_bytes(string time, string written)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        var json = new EventMetadata { OccurredAt = at }.ToJson();

        Assert.Equal($$"""{"occurredAt":"{{written}}"}""", json);
        Assert.True(EventMetadata.Parse(json).OccurredAt!.Value.EqualsExact(at));
    }

    [Fact]
    public void A_time_as_events_from_before_have_it_is_read()
    {
        var metadata = EventMetadata.Parse("""{"occurredAt":"2026-03-02T12:00:00.25+00:00"}""");

        Assert.True(metadata.OccurredAt!.Value.EqualsExact(new DateTimeOffset(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero)));
    }
}
