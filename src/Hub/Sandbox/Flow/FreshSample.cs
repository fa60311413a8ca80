using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Sandbox;

/// <summary>
/// A published sample as if it happened now: times moved so that it lies at the present moment, a new id for the message, and new names for what it belongs to
/// (alerts, alarms, measurements), so that it meets no earlier one. Samples renewed in one series keep belonging together.
/// </summary>
public static partial class FreshSample
{
    private const string Observations = "fhir-observation";

    /// <summary>Their values name people and places of a text, not what a message belongs to.</summary>
    private static readonly string[] NotCases = ["eventId", "nationalId", "vendorUserId", "linkId", "lockId", "deviceId"];

    /// <summary>The sample's bytes, renewed; an Observation as the batch of one that its face takes.</summary>
    /// <param name="eventId">Of the message; the same id, time and series again give the same bytes.</param>
    /// <param name="series">Whatever has the same word here belongs together; null = to nothing else.</param>
    public static ReadOnlyMemory<byte> Of(SampleEvent sample, DateTimeOffset now, Guid eventId, string? series = null)
    {
        if (sample.IsXml) return Encoding.UTF8.GetBytes(Reference().Replace(Encoding.UTF8.GetString(sample.Body.Span), eventId.ToString("N")[^16..]));

        var payload = JsonNode.Parse(sample.Body.Span)!;
        var happened = payload["occurredAt"] is { } at ? DateTimeOffset.Parse((string)at!, CultureInfo.InvariantCulture) : Latest(payload);
        var renewal = new Renewal(now - happened, eventId, series ?? eventId.ToString("N")[^12..]);
        var renewed = renewal.Of(payload, name: "")!;
        if (sample.Vendor == Observations) renewed = Batch(renewed, eventId);
        return Encoding.UTF8.GetBytes(renewed.ToJsonString());
    }

    /// <summary>A message of an alarm device of any type and status, by the numbers of its protocol.</summary>
    /// <param name="deviceType">Four digits.</param>
    /// <param name="status">Four digits.</param>
    public static ReadOnlyMemory<byte> OfDevice(string deviceType, string status, Guid eventId) => Encoding.UTF8.GetBytes(
        $"<mrq><ref>{eventId.ToString("N")[^16..]}</ref><mty>ME</mty><cid>{SampleEvents.Devices[2]}</cid><dty>{deviceType}</dty><did>00A1B2C3</did><stc>{status}</stc></mrq>");

    private static DateTimeOffset Latest(JsonNode payload) =>
        Texts(payload).Where(text => Instant().IsMatch(text)).Select(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)).Max();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonObject Batch(JsonNode observation, Guid id) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "batch",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["fullUrl"] = $"urn:uuid:{id:D}",
            ["resource"] = observation,
            ["request"] = new JsonObject { ["method"] = "POST", ["url"] = "Observation" },
        }),
    };

    private sealed record Renewal(TimeSpan Shift, Guid EventId, string Series)
    {
        public JsonNode? Of(JsonNode? node, string name) => node switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, member.Key)))),
            JsonArray items => new JsonArray([.. items.Select(item => Of(item, name))]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Text(text, name)),
            _ => node?.DeepClone(),
        };

        private string Text(string text, string name)
        {
            if (name == "eventId") return EventId.ToString("D");
            if (Instant().IsMatch(text)) return Moved(text);
            if (Date().IsMatch(text) && name != "birthDate") return OsloTime.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).AddHours(12) + Shift).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            // Ids of resources keep pointing at each other within the message.
            if (text.StartsWith("urn:uuid:", StringComparison.Ordinal)) return $"urn:uuid:{SeededDice.Id($"{Series}/{text}"):D}";
            return Belonging().IsMatch(name) && !NotCases.Contains(name, StringComparer.Ordinal) ? $"{text}-{Series}" : text;
        }

        private string Moved(string text)
        {
            var moved = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) + Shift;
            return text[^1] == 'Z' ? moved.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : DispenserEventJson.Local(moved);
        }
    }

    [GeneratedRegex("(?<=<ref>)[^<]*", RegexOptions.None, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.None, 1000)]
    private static partial Regex Date();

    /// <summary>Members that name what a message belongs to.</summary>
    [GeneratedRegex("(?:Id|Ids|^replaces)$", RegexOptions.None, 1000)]
    private static partial Regex Belonging();
}
