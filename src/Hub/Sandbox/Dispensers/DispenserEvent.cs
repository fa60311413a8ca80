namespace Vkp.Sandbox;

/// <summary>One event as a dispenser's cloud posts it. The bytes hold a synthetic identity number; the other fields never do.</summary>
/// <param name="EventId">The vendor's id: repeats of the same event carry the same id and the same bytes.</param>
/// <param name="SendAt">When the vendor's cloud sends it; hours after <paramref name="OccurredAt"/> for a dispenser that was off line.</param>
public sealed record DispenserEvent(
    string EventId,
    string EventType,
    string DeviceSerial,
    DateTimeOffset OccurredAt,
    DateTimeOffset SendAt,
    ReadOnlyMemory<byte> Body)
{
    public override string ToString() => $"{EventType} {EventId} from {DeviceSerial}";
}

/// <summary>The municipality and unit the events name.</summary>
public sealed record DispenserSite(string MunicipalityOrgNo, string Unit = "Hjemmetjeneste Vest");

/// <summary>One dose in the roll.</summary>
/// <param name="DoseId">Ties the dose's events together at the vendor.</param>
public sealed record Dose(string RollId, string DoseId, DateTimeOffset ScheduledAt, int PouchNo, int RemainingPouches);

/// <summary>What differs between two events of the same kind about the same dose.</summary>
public sealed record EventStamp(string EventId, DateTimeOffset OccurredAt, DateTimeOffset SentAt, long Sequence);
