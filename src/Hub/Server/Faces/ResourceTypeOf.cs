using System.Text.Json;

namespace Vkp.Hub.Faces;

/// <summary>What a FHIR body says it is, without reading the rest.</summary>
internal static class ResourceTypeOf
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <summary>Null when the text has no such member, or is not JSON up to it: then the reader of the whole says best what is wrong.</summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("resourceType"u8);
                reader.Read();
                if (isType) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}
