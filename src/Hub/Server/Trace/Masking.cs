using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Hub.Trace;

/// <summary>Identity numbers as shown by default: the first six digits are enough to tell two people apart on a screen, and no number to anybody else.</summary>
public static partial class Masking
{
    /// <summary>Masks every run of 11 digits that is not part of a longer one, whatever it is: a number too much masked harms nobody.</summary>
    public static string Mask(string text) => ElevenDigits().Replace(text, run => run.Value[..6] + "•••••");

    /// <summary>The same over JSON: string values are masked, numbers and names stay.</summary>
    public static JsonElement MaskJson(ReadOnlyMemory<byte> utf8)
    {
        var node = JsonNode.Parse(utf8.Span);
        return JsonSerializer.SerializeToElement(Walk(node));
    }

    private static JsonNode? Walk(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList()) members[name] = Walk(value?.DeepClone());
                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Walk(item?.DeepClone()))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(Mask(value.GetValue<string>()));
            default:
                return node;
        }
    }

    [GeneratedRegex(@"(?<!\d)\d{11}(?!\d)", RegexOptions.None, 1000)]
    private static partial Regex ElevenDigits();
}
