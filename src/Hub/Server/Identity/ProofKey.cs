using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Hub.Identity;

/// <summary>
/// The public key inside a proof. Only the members that make up a public key are taken over: whatever else the header claims about keys (an address to fetch one from,
/// a certificate, a private part) is never used.
/// </summary>
internal static class ProofKey
{
    /// <summary>What a proof may be signed with: asymmetric, and no weaker than the issuer's own tokens. RS256 is here because HelseID's published client libraries sign with it.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSha256];

    /// <summary>Members that only a private or a shared key has (RFC 7518 section 6).</summary>
    private static readonly string[] Secret = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>RSA keys of 2048 to 4096 bits: shorter ones are weak, longer ones make every request dear.</summary>
    private const int ModulusBytesMin = 256;

    private const int ModulusBytesMax = 512;

    /// <summary>2^32 is more than any exponent in use.</summary>
    private const int ExponentBytesMax = 4;

    public static (JsonWebKey? Key, string? Fault) Read(JsonElement jwk, string algorithm)
    {
        if (jwk.ValueKind != JsonValueKind.Object) return (null, "its header has no key 'jwk'");
        if (Secret.Any(name => jwk.TryGetProperty(name, out _))) return (null, "its key holds a private part, which must never leave the client");

        return algorithm.StartsWith("ES", StringComparison.Ordinal) ? ReadCurve(jwk, algorithm) : ReadRsa(jwk);
    }

    private static (JsonWebKey? Key, string? Fault) ReadCurve(JsonElement jwk, string algorithm)
    {
        var curve = algorithm == SecurityAlgorithms.EcdsaSha256 ? JsonWebKeyECTypes.P256 : JsonWebKeyECTypes.P384;
        var coordinate = algorithm == SecurityAlgorithms.EcdsaSha256 ? 32 : 48;
        if (Text(jwk, "kty") != JsonWebAlgorithmsKeyTypes.EllipticCurve || Text(jwk, "crv") != curve) return (null, $"its key is not on the curve {curve}, which its algorithm needs");
        return BytesOf(jwk, "x") == coordinate && BytesOf(jwk, "y") == coordinate
            ? (new JsonWebKey { Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv = curve, X = Text(jwk, "x"), Y = Text(jwk, "y") }, null)
            : (null, "its key is not a point of the curve");
    }

    private static (JsonWebKey? Key, string? Fault) ReadRsa(JsonElement jwk)
    {
        if (Text(jwk, "kty") != JsonWebAlgorithmsKeyTypes.RSA) return (null, "its key is no RSA key, which its algorithm needs");
        return BytesOf(jwk, "n") is >= ModulusBytesMin and <= ModulusBytesMax && BytesOf(jwk, "e") is >= 1 and <= ExponentBytesMax
            ? (new JsonWebKey { Kty = JsonWebAlgorithmsKeyTypes.RSA, N = Text(jwk, "n"), E = Text(jwk, "e") }, null)
            : (null, "its key is not of 2048 to 4096 bits");
    }

    /// <summary>Null when there is no such member, it is no text, or half a surrogate pair stands in it.</summary>
    public static string? Text(JsonElement part, string name)
    {
        try
        {
            return part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>-1 when it is no base64url text.</summary>
    private static int BytesOf(JsonElement jwk, string name)
    {
        var text = Text(jwk, name);
        return text is not null && System.Buffers.Text.Base64Url.IsValid(text, out var length) ? length : -1;
    }
}
