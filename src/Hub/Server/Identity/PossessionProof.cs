using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Hub.Identity;

/// <summary>A proof of possession (RFC 9449 section 4) whose signature holds; whether it fits a request is judged by <see cref="PossessionCheck"/>.</summary>
/// <param name="Thumbprint">Of the key it is signed with (RFC 7638).</param>
/// <param name="Id">`jti`.</param>
/// <param name="Method">`htm`.</param>
/// <param name="Address">`htu`.</param>
/// <param name="TokenHash">`ath`: base64url of the access token's SHA-256.</param>
public sealed record PossessionProof(string Thumbprint, string Id, string Method, string Address, DateTimeOffset IssuedAt, string TokenHash)
{
    private const string Typ = "dpop+jwt";
    private const int IdCharactersMax = 256;
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The proof, or in words what is wrong with it; the words hold nothing of it.</summary>
    public static async Task<(PossessionProof? Proof, string? Fault)> ReadAsync(string text)
    {
        if (text.Length > Limits.ProofCharactersMax) return (null, $"it is longer than {Limits.ProofCharactersMax} characters");
        if (text.Split('.') is not [var encodedHeader, var encodedClaims, { Length: > 0 }] || Decode(encodedHeader) is not { } header || Decode(encodedClaims) is not { } claims) return (null, "it is not a signed JWT");
        if (ProofKey.Text(header, "typ") != Typ) return (null, $"its typ is not '{Typ}'");
        if (ProofKey.Text(header, "alg") is not { } algorithm || !ProofKey.Algorithms.Contains(algorithm, StringComparer.Ordinal)) return (null, $"its algorithm is not one of {string.Join(", ", ProofKey.Algorithms)}");
        // An extension that must be understood (RFC 7515 section 4.1.11) and is not.
        if (header.TryGetProperty("crit", out _)) return (null, "it demands an extension that the hub does not know");

        var (key, fault) = ProofKey.Read(header.TryGetProperty("jwk", out var jwk) ? jwk : default, algorithm);
        if (key is null) return (null, fault);
        return await IsSignedByAsync(text, key) ? ReadClaims(claims, Base64UrlEncoder.Encode(key.ComputeJwkThumbprint())) : (null, "its signature is wrong");
    }

    /// <summary>Null when it is no JSON object, or names a member twice: two readers of one proof must never read different things.</summary>
    private static JsonElement? Decode(string part)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            if (!Utf8.IsValid(bytes)) return null;
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Limits.JsonDepthMax });
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException)
        {
            // The last is a member name with half a surrogate pair, which is legal JSON and no text.
            return null;
        }
    }

    private static async Task<bool> IsSignedByAsync(string text, JsonWebKey key)
    {
        // Times and addresses are judged against the request; this call judges the signature, with the proof's own key.
        var result = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = ProofKey.Algorithms,
            ValidTypes = [Typ],
            RequireSignedTokens = true,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static (PossessionProof? Proof, string? Fault) ReadClaims(JsonElement claims, string thumbprint)
    {
        if (ProofKey.Text(claims, "jti") is not { Length: > 0 and <= IdCharactersMax } id) return (null, $"it has no id 'jti' of at most {IdCharactersMax} characters");
        if (ProofKey.Text(claims, "htm") is not { } method) return (null, "it names no method 'htm'");
        if (ProofKey.Text(claims, "htu") is not { } address) return (null, "it names no address 'htu'");
        if (ProofKey.Text(claims, "ath") is not { } tokenHash) return (null, "it has no hash of the access token 'ath'");
        return claims.TryGetProperty("iat", out var iat) && iat.ValueKind == JsonValueKind.Number && iat.TryGetInt64(out var seconds) && IsInCalendar(seconds)
            ? (new PossessionProof(thumbprint, id, method, address, DateTimeOffset.FromUnixTimeSeconds(seconds), tokenHash), null)
            : (null, "it does not say when it was made, 'iat'");
    }

    private static bool IsInCalendar(long seconds) => seconds is > 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
