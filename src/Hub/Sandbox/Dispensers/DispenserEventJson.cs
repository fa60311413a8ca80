using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Vkp.Sandbox;

/// <summary>
/// Writes Evondos-style events. The format is our own model of what a dispenser's cloud sends: no vendor's format is
/// public, and none is copied. The contract is `contracts/vendors/evondos-style`.
/// </summary>
public static class DispenserEventJson
{
    /// <summary>How long a dose waits before it goes to the locked drawer.</summary>
    public static readonly TimeSpan DoseWindow = TimeSpan.FromMinutes(90);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static DispenserEvent Dispensed(DispenserSite site, SyntheticPerson person, EventStamp stamp, Dose dose)
    {
        var data = new JsonObject
        {
            ["mode"] = person.IsAssisted ? "assisted" : "self",
            ["dose"] = DoseJson(dose),
            ["device"] = DeviceJson(person),
            ["remainingPouches"] = dose.RemainingPouches,
        };
        var minutes = (int)(stamp.OccurredAt - dose.ScheduledAt).TotalMinutes;
        if (minutes > 0) data["lateBy"] = minutes;
        if (minutes < 0) data["earlyBy"] = -minutes;
        return Write(site, person, stamp, "dose.dispensed", data);
    }

    public static DispenserEvent NotTaken(DispenserSite site, SyntheticPerson person, EventStamp stamp, Dose dose, string alertId) =>
        Write(site, person, stamp, "dose.notTaken", new JsonObject
        {
            ["alertId"] = alertId,
            ["dose"] = DoseJson(dose),
            ["device"] = DeviceJson(person),
            ["drawerCount"] = 1,
            ["remainingPouches"] = dose.RemainingPouches,
        });

    /// <param name="closedByName">The care worker's name; null when the dispenser closed the alerts itself.</param>
    public static DispenserEvent AlertClosed(
        DispenserSite site, SyntheticPerson person, EventStamp stamp, IReadOnlyList<string> alertIds, string? closedByName, string note) =>
        Write(site, person, stamp, "alert.closed", new JsonObject
        {
            ["alertIds"] = new JsonArray([.. alertIds.Select(id => JsonValue.Create(id))]),
            ["closedBy"] = closedByName is null
                ? new JsonObject { ["device"] = new JsonObject { ["serial"] = person.DispenserSerial } }
                : new JsonObject { ["person"] = new JsonObject { ["name"] = closedByName } },
            ["note"] = note,
            ["device"] = DeviceJson(person),
        });

    /// <summary>Liveness: names the device and no patient, and never goes to an EPJ.</summary>
    public static DispenserEvent Heartbeat(DispenserSite site, SyntheticPerson person, EventStamp stamp) =>
        Write(site, person, stamp, "service.heartbeat", new JsonObject { ["device"] = DeviceJson(person) }, namesPatient: false);

    /// <summary>The test button in a vendor's portal.</summary>
    public static DispenserEvent ServiceTest(DispenserSite site, SyntheticPerson person, EventStamp stamp) =>
        Write(site, person, stamp, "service.test", new JsonObject { ["device"] = DeviceJson(person) }, namesPatient: false);

    /// <summary>Any other event of the catalogue: the device is added to <paramref name="data"/>.</summary>
    /// <param name="namesPatient">False for what is about the device alone.</param>
    internal static DispenserEvent Other(DispenserSite site, SyntheticPerson person, EventStamp stamp, string eventType, JsonObject data, bool namesPatient)
    {
        data["device"] = DeviceJson(person);
        return Write(site, person, stamp, eventType, data, namesPatient);
    }

    internal static JsonObject DoseJson(Dose dose) => new()
    {
        ["doseId"] = dose.DoseId,
        ["scheduledAt"] = Local(dose.ScheduledAt),
        ["windowMinutes"] = (int)DoseWindow.TotalMinutes,
        ["pouchNo"] = dose.PouchNo,
        ["rollId"] = dose.RollId,
    };

    // Dispensers tell local time with its offset, their cloud tells UTC.
    internal static string Local(DateTimeOffset instant) => OsloTime.From(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static DispenserEvent Write(
        DispenserSite site, SyntheticPerson person, EventStamp stamp, string eventType, JsonObject data, bool namesPatient = true)
    {
        var body = new JsonObject
        {
            ["eventId"] = stamp.EventId,
            ["eventType"] = eventType,
            ["schemaVersion"] = "1.0",
            ["occurredAt"] = Local(stamp.OccurredAt),
            ["sentAt"] = Zulu(stamp.SentAt),
            ["sequence"] = stamp.Sequence,
            ["tenant"] = new JsonObject { ["municipalityOrgNo"] = site.MunicipalityOrgNo, ["unit"] = site.Unit },
        };
        if (namesPatient) body["patient"] = new JsonObject { ["nationalId"] = person.NationalId, ["idType"] = "FNR" };
        body["environment"] = "test";
        body["data"] = data;
        var serial = person.DispenserSerial ?? throw new ArgumentException($"{person} has no dispenser.", nameof(person));
        return new DispenserEvent(stamp.EventId, eventType, serial, stamp.OccurredAt, stamp.SentAt, Encoding.UTF8.GetBytes(body.ToJsonString(Plain)));
    }

    private static JsonObject DeviceJson(SyntheticPerson person) => new()
    {
        ["model"] = "Dispenser X",
        ["serial"] = person.DispenserSerial,
        ["firmware"] = "5.2.1",
        ["clockSource"] = "network",
        ["online"] = true,
    };

    private static string Zulu(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
