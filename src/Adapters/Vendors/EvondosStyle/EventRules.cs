using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The catalogue: one line per event type.</summary>
internal static class EventRules
{
    private static readonly Dictionary<string, EventRule> Named = new()
    {
        ["dose.dispensed"] = new(NeedsPatient: true, Dispensing.Dispensed),
        ["dose.prnDispensed"] = new(NeedsPatient: true, Dispensing.PrnDispensed),
        ["dose.travelDispensed"] = new(NeedsPatient: true, Dispensing.TravelDispensed),
        ["message.acknowledged"] = new(NeedsPatient: true, Dispensing.MessageAcknowledged),

        ["dose.notTaken"] = AlertKinds.NotDispensed.Rule(),
        ["dose.blockedNoMedicine"] = AlertKinds.BlockedNoMedicine.Rule(),
        ["dose.unconfirmed"] = AlertKinds.Unconfirmed.Rule(),
        ["message.notAcknowledged"] = AlertKinds.MessageNotRead.Rule(),
        ["pouch.unreadable"] = AlertKinds.PouchUnreadable.Rule(),
        ["roll.fault"] = AlertKinds.RollFault.Rule(),
        ["roll.jammed"] = AlertKinds.RollJammed.Rule(),
        ["drawer.full"] = AlertKinds.DrawerFull.Rule(),
        ["stock.low"] = AlertKinds.StockLow.Rule(),
        ["stock.empty"] = AlertKinds.StockEmpty.Rule(),
        ["stock.insufficientForTrip"] = AlertKinds.NotEnoughForTrip.Rule(),
        ["schedule.missing"] = AlertKinds.ScheduleMissing.Rule(),
        ["schedule.changedByPharmacy"] = AlertKinds.ScheduleChanged.Rule(),
        ["device.fault"] = AlertKinds.DeviceFault.Rule(),
        ["device.offline"] = AlertKinds.Offline.Rule(),
        ["power.lost"] = AlertKinds.PowerLost.Rule(),
        ["battery.low"] = AlertKinds.BatteryLow.Rule(),
        ["battery.empty"] = AlertKinds.BatteryEmpty.Rule(),
        ["lid.open"] = AlertKinds.LidOpen.Rule(),
        ["tamper.detected"] = AlertKinds.Tampered.Rule(),
        ["cassette.misplaced"] = AlertKinds.CassetteMisplaced.Rule(),

        ["dose.retrieved"] = new(NeedsPatient: true, Closing.Retrieved),
        ["alert.closed"] = new(NeedsPatient: true, Closing.Closed),
        ["roll.loaded"] = new(NeedsPatient: true, Refilling.RollLoaded),
        ["supervision.started"] = new(NeedsPatient: true, source => Supervision.Read(source, ended: false)),
        ["supervision.ended"] = new(NeedsPatient: true, source => Supervision.Read(source, ended: true)),

        // The reminder phase belongs to the dispenser; what comes of it is an event of its own.
        ["dose.waiting"] = EventRule.Nothing("reminder"),
        ["device.online"] = DeviceConditions.Over(Dispenser.Contact),
        ["power.restored"] = DeviceConditions.Over(Dispenser.Contact, Dispenser.Power),
        ["service.heartbeat"] = EventRule.Nothing("heartbeat"),
        ["service.test"] = EventRule.Nothing("test"),
    };

    /// <summary>Every event type that is read, those with an old number included.</summary>
    public static IReadOnlyDictionary<string, EventRule> All { get; } = new Dictionary<string, EventRule>(Named.Concat(OldNumbers.Of(Named)));
}
