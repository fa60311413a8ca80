namespace Vkp.Sandbox;

/// <summary>
/// Norwegian time, written out: the machines the sandbox runs on need not have a time zone database. The rule is the
/// European one in force since 1996, so it is right for every day the sandbox plays.
/// </summary>
internal static class OsloTime
{
    public static TimeZoneInfo Zone { get; } = Create();

    /// <summary>The wall clock time with its offset. An hour that occurs twice is taken the first time; one that never occurs moves on by an hour.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time);
        if (Zone.IsInvalidTime(wall)) wall = wall.AddHours(1);
        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }

    public static DateTimeOffset From(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    private static TimeZoneInfo Create()
    {
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new DateTime(1996, 1, 1),
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone("Sandbox/Oslo", TimeSpan.FromHours(1), "Norsk tid", "Norsk normaltid", "Norsk sommertid", [summer]);
    }
}
