namespace Vkp.Sandbox;

/// <summary>One fresh event by its name, for `vkp trigger`.</summary>
public static class TriggerEvents
{
    /// <summary>The names that can be triggered, in the order to show them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dose.dispensed", "dose.notTaken", "alert.closed", "service.heartbeat", "service.test"];

    /// <summary>Writes the event as if it happened at <paramref name="now"/>; null when the name is not one of <see cref="Names"/>.</summary>
    /// <param name="eventId">Makes the event a new one; the same id again is a repeat. An alert it raises is named after it.</param>
    /// <param name="alertIds">For `alert.closed`: the alerts to close. Null closes one that nobody raised.</param>
    public static DispenserEvent? Create(
        string name, DispenserSite site, SyntheticPerson person, DateTimeOffset now, Guid eventId, IReadOnlyList<string>? alertIds = null)
    {
        var stamp = new EventStamp(eventId.ToString("D"), now, now, now.ToUnixTimeSeconds());
        return name switch
        {
            "dose.dispensed" => DispenserEventJson.Dispensed(site, person, stamp, DoseAt(now)),
            "dose.notTaken" => DispenserEventJson.NotTaken(site, person, stamp, DoseAt(now - DispenserEventJson.DoseWindow), AlertIdOf(eventId)),
            "alert.closed" => DispenserEventJson.AlertClosed(site, person, stamp, alertIds ?? [AlertIdOf(eventId)], "Test Vernepleier", "Glemt medisin er hentet ut."),
            "service.heartbeat" => DispenserEventJson.Heartbeat(site, person, stamp),
            "service.test" => DispenserEventJson.ServiceTest(site, person, stamp),
            _ => null,
        };
    }

    /// <summary>The id of the alert that a triggered `dose.notTaken` with this event id raises.</summary>
    public static string AlertIdOf(Guid eventId) => $"A-{eventId.ToString("N")[^12..]}";

    private static Dose DoseAt(DateTimeOffset scheduled)
    {
        var local = OsloTime.From(scheduled);
        return new Dose("R-2231", $"R-2231/{local:MMdd-HHmmss}", scheduled, PouchNo: 14, RemainingPouches: 11);
    }
}
