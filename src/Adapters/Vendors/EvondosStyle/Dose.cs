using Vkp.Adapters.Notes;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The dose an event is about: one pouch of a roll, planned for a time.</summary>
/// <param name="WindowMinutes">How long after the planned time the dose may still be taken out.</param>
internal sealed record Dose(string DoseId, DateTimeOffset ScheduledAt, int? WindowMinutes)
{
    private static readonly Dose Unread = new(string.Empty, default, null);

    /// <summary>`dose:` and the vendor's id: what a later event about the same dose is matched by.</summary>
    public string AboutId => $"dose:{DoseId}";

    /// <summary>`11.05.2026 kl. 08:00`.</summary>
    public string When => NorwegianTime.DateAndTime(ScheduledAt);

    /// <summary>` innen fristen kl. 09:30`, or nothing when the vendor does not say how long the window is.</summary>
    public string Deadline => WindowMinutes is { } minutes ? $" innen fristen {NorwegianTime.TimeOn(ScheduledAt.AddMinutes(minutes), ScheduledAt)}" : string.Empty;

    public static Dose Read(JsonFields data) => data.Object("dose") is { } dose ? From(dose) : Unread;

    public static Dose? ReadOrNull(JsonFields data) => data.ObjectOrNull("dose") is { } dose ? From(dose) : null;

    private static Dose From(JsonFields dose) => new(
        dose.Text("doseId", charactersMax: 64), dose.Time("scheduledAt"), dose.IntegerOrNull("windowMinutes", min: 0, max: 1440));
}
