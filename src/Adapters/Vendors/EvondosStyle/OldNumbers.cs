using System.Globalization;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>
/// The bridge for dispensers that still number their events as the STU3 list did (vkp-medicationdispense-events-v06): event type `v06.2` is `dose.notTaken`,
/// with the same `data`. The numbers are published; what each becomes in R4 follows from the definitions.
/// </summary>
internal static class OldNumbers
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [0] = "service.test",
        [2] = "dose.notTaken",
        [3] = "dose.unconfirmed",
        [4] = "device.fault",
        [5] = "roll.fault",
        [6] = "stock.empty",
        [7] = "dose.blockedNoMedicine",
        [8] = "schedule.missing",
        [9] = "power.lost",
        [10] = "device.offline",
        [11] = "lid.open",
        [12] = "tamper.detected",
        [13] = "drawer.full",
        [14] = "roll.jammed",
        [15] = "stock.insufficientForTrip",
        [16] = "pouch.unreadable",
        [17] = "battery.empty",
        [19] = "message.acknowledged",
        [21] = "roll.loaded",
        [22] = "schedule.changedByPharmacy",
        [23] = "message.notAcknowledged",
        [24] = "dose.waiting",
        [25] = "stock.low",
        [26] = "cassette.misplaced",
        [27] = "battery.low",
    };

    /// <summary>The rules of the catalogue under their old numbers. The old list said by number how a dose was dispensed, so these three ask for no mode.</summary>
    public static IEnumerable<KeyValuePair<string, EventRule>> Of(IReadOnlyDictionary<string, EventRule> catalogue) =>
    [
        .. Names.Select(old => KeyValuePair.Create(Type(old.Key), catalogue[old.Value])),
        KeyValuePair.Create(Type(1), new EventRule(NeedsPatient: true, source => Dispensing.DispensedAs(source, MedicationDispenseEvents.Dispensed))),
        KeyValuePair.Create(Type(18), new EventRule(NeedsPatient: true, source => Dispensing.DispensedAs(source, MedicationDispenseEvents.DispensedAssisted))),
        KeyValuePair.Create(Type(20), new EventRule(NeedsPatient: true, source => Dispensing.TravelDispensedAs(source, MedicationDispenseEvents.TravelDispensed))),
    ];

    /// <summary>Each old number with the name of its event today.</summary>
    public static IReadOnlyDictionary<string, string> NamesNow { get; } = Names
        .Concat([KeyValuePair.Create(1, "dose.dispensed"), KeyValuePair.Create(18, "dose.dispensed"), KeyValuePair.Create(20, "dose.travelDispensed")])
        .OrderBy(old => old.Key).ToDictionary(old => Type(old.Key), old => old.Value);

    private static string Type(int number) => $"v06.{number.ToString(CultureInfo.InvariantCulture)}";
}
