using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>Reads JSON from a party that may send any shape: what is not there or has another type is null or nothing.</summary>
internal static class JsonReading
{
    /// <summary>The body as a JSON object; null when it is none, or names a member twice.</summary>
    public static JsonObject? Object(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A string that is there and not blank.</summary>
    public static string? Text(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    /// <summary>The objects in an array.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject node, string name) =>
        (node[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>This object and every object within it, outermost first.</summary>
    public static IEnumerable<JsonObject> SelfAndBelow(this JsonObject node)
    {
        yield return node;
        foreach (var (_, child) in node)
        {
            var below = child switch
            {
                JsonObject one => one.SelfAndBelow(),
                JsonArray many => many.OfType<JsonObject>().SelectMany(SelfAndBelow),
                _ => [],
            };
            foreach (var found in below) yield return found;
        }
    }
}
