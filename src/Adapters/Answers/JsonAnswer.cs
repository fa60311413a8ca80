using System.Text.Json;

namespace Vkp.Adapters.Answers;

/// <summary>An EPJ's answer in plain JSON, read without trust: what is missing or has another type is null.</summary>
internal readonly struct JsonAnswer
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly JsonElement root;

    private JsonAnswer(JsonElement root) => this.root = root;

    /// <summary>Null when the body is no JSON object.</summary>
    public static JsonAnswer? Read(EpjAnswer.Response answer) => Root(answer) is { ValueKind: JsonValueKind.Object } root ? new JsonAnswer(root) : null;

    /// <summary>The objects of an answer that is a JSON array; null when it is none or holds anything else.</summary>
    public static IReadOnlyList<JsonAnswer>? ReadList(EpjAnswer.Response answer) => Root(answer) is { } root ? Objects(root) : null;

    public string? Text(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && Reading.JsonText.TryGet(value, out var text) ? text : null;

    /// <summary>A string or a whole number, as text.</summary>
    public string? Id(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number.ToString() : Text(name);

    public IReadOnlyList<JsonAnswer>? List(string name) => root.TryGetProperty(name, out var value) ? Objects(value) : null;

    private static IReadOnlyList<JsonAnswer>? Objects(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select(item => new JsonAnswer(item))]
            : null;

    private static JsonElement? Root(EpjAnswer.Response answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body, Options);
            return document.RootElement.Clone();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter is a member name with half a surrogate pair, which is legal JSON and no text.
            return null;
        }
    }
}
