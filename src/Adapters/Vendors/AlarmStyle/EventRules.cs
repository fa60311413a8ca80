using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>The catalogue: one line per event type.</summary>
internal static class EventRules
{
    public static IReadOnlyDictionary<string, EventRule> All { get; } = new Dictionary<string, EventRule>
    {
        ["alarm.raised"] = new(NeedsPatient: true, Alarms.Raised),
        ["alarm.received"] = Step("received"),
        ["alarm.claimed"] = Step("claimed"),
        ["alarm.released"] = Step("released"),
        ["alarm.callStarted"] = Step("callStarted"),
        ["alarm.callEnded"] = Step("callEnded"),
        ["alarm.noContact"] = Step("noContact"),
        ["alarm.dispatched"] = Step("dispatched"),
        ["alarm.dispatchAccepted"] = Step("dispatchAccepted"),
        ["alarm.dispatchRejected"] = Step("dispatchRejected"),
        ["alarm.onSite"] = Step("onSite"),
        ["alarm.causeSet"] = Step("causeSet"),
        ["alarm.actionLogged"] = Step("actionLogged"),
        ["alarm.escalated"] = Step("escalated"),
        ["alarm.reopened"] = Step("reopened"),
        ["alarm.cancelled"] = new(NeedsPatient: true, Alarms.Cancelled),
        ["alarm.closed"] = new(NeedsPatient: true, Alarms.Closed),
        ["alarm.noteAdded"] = new(NeedsPatient: true, Alarms.NoteAdded),

        ["supervision.planned"] = EventRule.Nothing("planned"),
        ["supervision.performed"] = new(NeedsPatient: true, Supervisions.Performed),
        ["supervision.missed"] = new(NeedsPatient: true, source => Supervisions.NotDone(source, "Planlagt tilsyn ble ikke utført")),
        ["supervision.refused"] = new(NeedsPatient: true, source => Supervisions.NotDone(source, "Bruker ønsket ikke tilsyn")),

        // A trail of positions never leaves the vendor.
        ["location.reported"] = EventRule.Nothing("location"),
        ["location.geofenceExited"] = new(NeedsPatient: true, Whereabouts.Exited),
        ["location.geofenceEntered"] = new(NeedsPatient: true, Whereabouts.Entered),
        ["location.outdated"] = EventRule.Nothing("technical"),
        ["location.outdatedReset"] = EventRule.Nothing("technical"),

        ["lock.opened"] = EventRule.Nothing("lock"),
        ["lock.closed"] = EventRule.Nothing("lock"),
        ["lock.fault"] = new(NeedsPatient: true, source => Locks.Read(source, "Feil ved dørlåsen")),
        ["lock.unauthorised"] = new(NeedsPatient: true, source => Locks.Read(source, "Uautorisert forsøk på å åpne dørlåsen")),

        ["device.online"] = EventRule.Nothing("technical"),
        ["device.offline"] = EventRule.Nothing("technical"),
        ["device.fault"] = EventRule.Nothing("technical"),
        ["device.batteryLow"] = EventRule.Nothing("technical"),
        ["device.powerLost"] = EventRule.Nothing("technical"),
        ["device.powerRestored"] = EventRule.Nothing("technical"),
        ["device.testPassed"] = EventRule.Nothing("test"),
        ["device.testFailed"] = EventRule.Nothing("technical"),
        ["heartbeat"] = EventRule.Nothing("heartbeat"),
    };

    private static EventRule Step(string step) => new(NeedsPatient: true, source => Alarms.Step(source, step));
}
