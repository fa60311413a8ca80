using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>What a journal system asks of its subscription.</summary>
/// <param name="Endpoint">Where it is called; known when it listens.</param>
/// <param name="Payload">`empty`, `id-only` or `full-resource`.</param>
internal sealed record SubscriptionTerms(Func<Uri> Endpoint, string Payload)
{
    private const string Backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
    private const int EventsMax = 20;
    private const int HeartbeatSeconds = 60;

    /// <summary>What every call must show: made anew at each start, and known to the hub and to nobody else.</summary>
    public string Credential { get; } = $"Bearer {RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>How much `$events` is asked for: without a reference there would be nothing to fetch.</summary>
    public string Content => Payload == "empty" ? "id-only" : Payload;

    public JsonObject ToResource() => new()
    {
        ["resourceType"] = "Subscription",
        ["status"] = "requested",
        ["reason"] = "Hent journaldokumenter",
        ["criteria"] = "urn:vkp:topic:document-offered",
        ["channel"] = new JsonObject
        {
            ["extension"] = new JsonArray(Extension("backport-heartbeat-period", "valueUnsignedInt", HeartbeatSeconds), Extension("backport-max-count", "valuePositiveInt", EventsMax)),
            ["type"] = "rest-hook",
            ["endpoint"] = Endpoint().ToString(),
            ["payload"] = "application/fhir+json",
            ["_payload"] = new JsonObject { ["extension"] = new JsonArray(Extension("backport-payload-content", "valueCode", Payload)) },
            ["header"] = new JsonArray($"Authorization: {Credential}"),
        },
    };

    private static JsonObject Extension(string name, string type, JsonNode value) => new() { ["url"] = Backport + name, [type] = value };
}
