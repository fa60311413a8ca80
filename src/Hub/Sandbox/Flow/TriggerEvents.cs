using System.Globalization;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>One fresh event by its name, for `vkp trigger`.</summary>
public static class TriggerEvents
{
    private static readonly string[] DoseAlerts = ["dose.notTaken", "dose.blockedNoMedicine", "dose.unconfirmed"];

    private static readonly string[] DeviceAlerts =
    [
        "pouch.unreadable", "roll.fault", "roll.jammed", "drawer.full", "stock.low", "stock.empty", "schedule.missing", "schedule.changedByPharmacy",
        "device.fault", "device.offline", "power.lost", "battery.low", "battery.empty", "lid.open", "tamper.detected", "cassette.misplaced",
    ];

    private static readonly string[] Liveness = ["device.online", "power.restored", "service.heartbeat", "service.test"];

    private static readonly Dictionary<string, Func<Moment, JsonObject>> Data = Catalogue();

    /// <summary>The names that can be triggered, in the order to show them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Data.Keys];

    /// <summary>Whether the event raises an alert, named by <see cref="AlertIdOf"/>, that a later `alert.closed` can close.</summary>
    public static bool RaisesAlert(string name) =>
        DoseAlerts.Contains(name, StringComparer.Ordinal)
        || DeviceAlerts.Contains(name, StringComparer.Ordinal)
        || name is "message.notAcknowledged" or "stock.insufficientForTrip";

    /// <summary>The id of the alert that a triggered event with this id raises.</summary>
    public static string AlertIdOf(Guid eventId) => $"A-{eventId.ToString("N")[^12..]}";

    /// <summary>Writes the event as if it happened at <paramref name="now"/>; null when the name is not one of <see cref="Names"/>.</summary>
    /// <param name="eventId">Makes the event a new one; the same id again is a repeat. An alert it raises is named after it.</param>
    /// <param name="alertIds">For `alert.closed` and `dose.retrieved`: the alerts it is about. Null names one that nobody raised.</param>
    /// <param name="sentAs">The older name that the event is sent under, `v06.2`; null = its own.</param>
    public static DispenserEvent? Create(
        string name, DispenserSite site, SyntheticPerson person, DateTimeOffset now, Guid eventId, IReadOnlyList<string>? alertIds = null, string? sentAs = null)
    {
        if (!Data.TryGetValue(name, out var data)) return null;
        var stamp = new EventStamp(eventId.ToString("D"), now, now, now.ToUnixTimeSeconds());
        var moment = new Moment(person, now, alertIds ?? [AlertIdOf(eventId)]);
        return DispenserEventJson.Other(site, person, stamp, sentAs ?? name, data(moment), namesPatient: !Liveness.Contains(name, StringComparer.Ordinal));
    }

    /// <summary>What the event type's own part holds, one line per type.</summary>
    private static Dictionary<string, Func<Moment, JsonObject>> Catalogue()
    {
        var data = new Dictionary<string, Func<Moment, JsonObject>>(StringComparer.Ordinal)
        {
            ["dose.dispensed"] = at => new() { ["mode"] = at.Mode, ["dose"] = at.Dose(at.Now), ["remainingPouches"] = 11 },
            ["dose.prnDispensed"] = at => new() { ["mode"] = at.Mode, ["reason"] = "Hodepine", ["remainingPouches"] = 3 },
            ["dose.travelDispensed"] = at => new() { ["mode"] = at.Mode, ["trip"] = at.Trip },
            ["message.acknowledged"] = at => new() { ["message"] = at.Message },
        };
        foreach (var name in DoseAlerts)
        {
            data[name] = at => new() { ["alertId"] = at.AlertIds[0], ["dose"] = at.Dose(at.Now - DispenserEventJson.DoseWindow), ["remainingPouches"] = 11 };
        }

        data["message.notAcknowledged"] = at => new() { ["alertId"] = at.AlertIds[0], ["message"] = at.Message };
        data["stock.insufficientForTrip"] = at => new() { ["alertId"] = at.AlertIds[0], ["trip"] = at.Trip };
        foreach (var name in DeviceAlerts) data[name] = at => new() { ["alertId"] = at.AlertIds[0], ["remainingPouches"] = 6 };
        data["dose.retrieved"] = at => new()
        {
            ["alertId"] = at.AlertIds[0],
            ["dose"] = at.Dose(at.Now - DispenserEventJson.DoseWindow),
            ["retrievedBy"] = Moment.Carer,
            ["note"] = "Glemt medisin er hentet ut.",
        };
        data["alert.closed"] = at => new()
        {
            ["alertIds"] = new JsonArray([.. at.AlertIds.Select(id => JsonValue.Create(id))]),
            ["closedBy"] = new JsonObject { ["person"] = Moment.Carer },
            ["note"] = "Glemt medisin er hentet ut.",
        };
        data["roll.loaded"] = _ => new() { ["rollId"] = "R-2240", ["loadedBy"] = Moment.Carer, ["remainingPouches"] = 56 };
        data["supervision.started"] = at => at.Supervision(ended: false);
        data["supervision.ended"] = at => at.Supervision(ended: true);
        data["dose.waiting"] = at => new() { ["dose"] = at.Dose(at.Now) };
        foreach (var name in Liveness) data[name] = _ => [];
        return data;
    }

    /// <summary>Who, when, and the parts that several event types share; each call makes new JSON, which can hang in one place only.</summary>
    private sealed record Moment(SyntheticPerson Person, DateTimeOffset Now, IReadOnlyList<string> AlertIds)
    {
        public static JsonObject Carer => new() { ["name"] = "Test Vernepleier" };

        public string Mode => Person.IsAssisted ? "assisted" : "self";

        public JsonObject Trip => new() { ["from"] = Date(Now.AddDays(1)), ["to"] = Date(Now.AddDays(3)), ["pouches"] = 9 };

        public JsonObject Message => new()
        {
            ["messageId"] = string.Create(CultureInfo.InvariantCulture, $"MSG-{Now.ToUnixTimeSeconds()}"),
            ["text"] = "Husk å drikke vann til medisinen.",
        };

        public JsonObject Dose(DateTimeOffset scheduled)
        {
            var doseId = string.Create(CultureInfo.InvariantCulture, $"R-2231/{OsloTime.From(scheduled):MMdd-HHmmss}");
            return DispenserEventJson.DoseJson(new Dose("R-2231", doseId, scheduled, PouchNo: 14, RemainingPouches: 11));
        }

        public JsonObject Supervision(bool ended)
        {
            var data = new JsonObject
            {
                ["supervisionId"] = string.Create(CultureInfo.InvariantCulture, $"S-{Person.Number}-{Now.ToUnixTimeSeconds() / 3600}"),
                ["reason"] = "planned",
                ["modes"] = new JsonArray("video", "twoWaySpeech"),
                ["startedAt"] = DispenserEventJson.Local(Now.AddMinutes(ended ? -4 : 0)),
                ["performedBy"] = Carer,
            };
            if (!ended) return data;
            data["endedAt"] = DispenserEventJson.Local(Now);
            data["note"] = "Tok medisinen under tilsyn.";
            return data;
        }

        private static string Date(DateTimeOffset instant) => OsloTime.From(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
