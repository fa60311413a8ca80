using System.Text.Json;
using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Reading;

/// <summary>From bytes to a JSON document, within the limits that keep a hostile body cheap.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new()
    {
        // Our deepest event has 7 levels; 32 leaves room for a vendor's additions and none for a stack attack.
        MaxDepth = 32,
        // Two members of one name are read differently by different programs; such a message means nothing certain.
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>The document, or null and a fault. The caller disposes it.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes, Findings findings)
    {
        try
        {
            return JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException unreadable)
        {
            findings.Fault(TranslationErrors.NotJson(unreadable.LineNumber + 1));
            return null;
        }
        catch (InvalidOperationException)
        {
            // The reader throws this for a member name with half a surrogate pair, which it can hold and cannot unescape.
            findings.Fault(TranslationErrors.NotJson(line: null));
            return null;
        }
    }

    /// <summary>False for text with half a surrogate pair, which is legal JSON and not text.</summary>
    public static bool TryGet(JsonElement element, out string text)
    {
        try
        {
            text = element.GetString() ?? string.Empty;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = string.Empty;
            return false;
        }
    }
}
