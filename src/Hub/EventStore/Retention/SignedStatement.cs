using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vkp.EventStore.Retention;

/// <summary>What retention says for good: the exact text, and who signed it. It stands in the metadata of an event, and in what is given away.</summary>
/// <param name="Statement">JSON; its `format` says which kind.</param>
/// <param name="KeyId">As of an anchor: the key is the same.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over the statement in UTF-8; IEEE P1363 form, base64.</param>
public sealed record SignedStatement(string Statement, string KeyId, string Signature)
{
    // Quotes stay quotes: a person reads a statement within metadata within a package.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Plain);

    /// <summary>Null for text that is none: whoever wrote it, it proves nothing.</summary>
    public static SignedStatement? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedStatement>(json, JsonSerializerOptions.Web) is { Statement: not null, KeyId: not null, Signature: not null } signed ? signed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static byte[] Signed(string statement) => Encoding.UTF8.GetBytes(statement);
}
