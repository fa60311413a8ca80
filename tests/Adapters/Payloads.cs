using System.Text;
using System.Text.Json.Nodes;

namespace Vkp.Adapters.Tests;

/// <summary>Sample payloads with something changed.</summary>
public static class Payloads
{
    public static JsonObject Of(string sample) => Json(Encoding.UTF8.GetString(Samples.Find(sample).Bytes));

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    public static Translation Translate(string sample, Action<JsonObject>? change = null, DateTimeOffset? receivedAt = null)
    {
        var payload = Of(sample);
        change?.Invoke(payload);
        return Samples.Find(sample).Adapter.Translate(new VendorPayload(Encoding.UTF8.GetBytes(payload.ToJsonString()), receivedAt ?? Samples.ReceivedAt));
    }

    public static Translation.Translated Translated(string sample, Action<JsonObject>? change = null, DateTimeOffset? receivedAt = null) =>
        Assert.IsType<Translation.Translated>(Translate(sample, change, receivedAt));

    public static Translation.Held Held(string sample, Action<JsonObject> change) => Assert.IsType<Translation.Held>(Translate(sample, change));

    public static IReadOnlyList<VkpError> Rejected(string sample, Action<JsonObject> change) => Assert.IsType<Translation.Rejected>(Translate(sample, change)).Errors;
}
