using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>Events of one patient in the envelope that the modelled vendor styles share, with ids that count up so that notes and snapshots are the same every time.</summary>
internal sealed class VendorEvents(int person)
{
    private int told;

    public string NationalId => SyntheticPeople.All[person].NationalId;

    public string Serial => SyntheticPeople.All[person].DispenserSerial ?? throw new InvalidOperationException("This person has no dispenser.");

    /// <param name="at">With offset, as the vendor writes it.</param>
    /// <param name="data">The event's own part, JSON.</param>
    public byte[] Of(string type, string at, string data)
    {
        told++;
        var payload = new JsonObject
        {
            ["eventId"] = $"event-{person}-{told}",
            ["eventType"] = type,
            ["schemaVersion"] = "1.0",
            ["occurredAt"] = at,
            ["sentAt"] = at,
            ["sequence"] = told,
            ["tenant"] = new JsonObject { ["municipalityOrgNo"] = TestHub.OrgNo, ["unit"] = "Test" },
            ["patient"] = new JsonObject { ["nationalId"] = NationalId, ["idType"] = "FNR" },
            ["environment"] = "test",
            ["data"] = JsonNode.Parse(data),
        };
        return JsonSerializer.SerializeToUtf8Bytes(payload);
    }

    public byte[] Dispensed(string at, string scheduledAt) =>
        Of("dose.dispensed", at, $$"""{ "mode": "self", "dose": {{Dose(scheduledAt)}}, "device": { "serial": "{{Serial}}" } }""");

    public byte[] Alert(string type, string alertId, string at, string? scheduledAt = null, bool online = true) => Of(
        type, at,
        $$"""{ "alertId": "{{alertId}}", {{(scheduledAt is null ? "" : $"\"dose\": {Dose(scheduledAt)},")}} "device": { "serial": "{{Serial}}", "online": {{(online ? "true" : "false")}} } }""");

    public byte[] Closed(string at, string note, params string[] alertIds) => Of(
        "alert.closed", at,
        $$"""{ "alertIds": {{JsonSerializer.Serialize(alertIds)}}, "closedBy": { "person": { "name": "Test Sykepleier", "hprNo": "9144889" } }, "note": "{{note}}" }""");

    public byte[] Online(string at) => Of("device.online", at, $$"""{ "device": { "serial": "{{Serial}}" } }""");

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static string Dose(string scheduledAt) =>
        $$"""{ "doseId": "R-1/{{scheduledAt}}", "scheduledAt": "{{scheduledAt}}", "windowMinutes": 90, "rollId": "R-1", "pouchNo": 1 }""";
}
