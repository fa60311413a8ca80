using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>What an alert says beside its kind.</summary>
internal sealed record AlertFacts(Dispenser Dispenser, Dose? Dose, Trip? Trip, UserMessage? Message, int? RemainingPouches)
{
    public static AlertFacts Read(JsonFields data, AlertKind kind) => new(
        Dispenser.Read(data),
        kind.NeedsDose ? EvondosStyle.Dose.Read(data) : EvondosStyle.Dose.ReadOrNull(data),
        kind.NeedsTrip ? EvondosStyle.Trip.Read(data) : null,
        kind.NeedsMessage ? UserMessage.Read(data) : null,
        data.IntegerOrNull("remainingPouches", min: 0, max: 10_000));
}
