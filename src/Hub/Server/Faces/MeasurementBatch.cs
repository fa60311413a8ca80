using System.Runtime.InteropServices;
using System.Text.Json;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>One entry of a batch: the resource's exact bytes, or why it cannot be taken.</summary>
/// <param name="FullUrl">As the sender wrote it, to be given back; null when it wrote none.</param>
public sealed record MeasurementEntry(string? FullUrl, ReadOnlyMemory<byte> Resource, VkpError? Error);

/// <summary>A batch Bundle taken apart (profile pmd-Bundle-Observation): what is wrong with one entry is told at its place and spoils no other.</summary>
public static class MeasurementBatch
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepthMax, AllowDuplicateProperties = false };

    public static (IReadOnlyList<MeasurementEntry> Entries, VkpError? Error) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return Read(document.RootElement);
        }
        catch (JsonException problem)
        {
            // The parser's own words quote the text it stumbled on; only the place is told.
            return ([], Errors.NotJson("not well-formed, a name twice, or nested too deep", $"line {problem.LineNumber + 1}, byte {problem.BytePositionInLine}"));
        }
        catch (InvalidOperationException)
        {
            // A name or a text with half a surrogate pair: legal JSON, and no text (FuzzTests).
            return ([], Errors.NotJson("a text in it is no Unicode", "$"));
        }
    }

    private static (IReadOnlyList<MeasurementEntry> Entries, VkpError? Error) Read(JsonElement bundle)
    {
        if (Text(bundle, "resourceType") != "Bundle") return ([], Errors.OtherResourceType("Bundle"));
        if (Text(bundle, "type") != "batch") return ([], Errors.NotABatch());
        if (!bundle.TryGetProperty("entry", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return ([], Errors.EmptyBody());
        return list.GetArrayLength() > Limits.BatchEventsMax
            ? ([], Errors.BatchTooLong(list.GetArrayLength(), Limits.BatchEventsMax))
            : ([.. list.EnumerateArray().Select(Entry)], null);
    }

    private static MeasurementEntry Entry(JsonElement entry, int index)
    {
        var at = $"Bundle.entry[{index}]";
        if (Text(entry, "fullUrl") is not { Length: > 0 } fullUrl) return new(null, default, Errors.BadBatchEntry($"{at}.fullUrl", "a full url, which is given back with the outcome"));
        if (entry.TryGetProperty("request", out var request) is false || Text(request, "method") is not ("POST" or "PUT")) return new(fullUrl, default, Errors.BadBatchEntry($"{at}.request.method", "POST or PUT"));
        return entry.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.Object
            ? new(fullUrl, JsonMarshal.GetRawUtf8Value(resource).ToArray(), null)
            : new(fullUrl, default, Errors.BadBatchEntry($"{at}.resource", "an Observation"));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
