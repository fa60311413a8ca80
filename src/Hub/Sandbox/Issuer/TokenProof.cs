using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Sandbox;

/// <summary>
/// The issuer's side of RFC 9449: reads the proof that comes with a request for a bound token, and hands out the nonces that HelseID demands in it.
/// As in every other simulated party, nothing of the hub's own reading of proofs is used here.
/// </summary>
internal sealed class TokenProof(TimeProvider time)
{
    public const string Typ = "dpop+jwt";

    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(1);
    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly byte[] nonceKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>The nonce of this minute. Nothing is stored: it is a keyed hash of the time.</summary>
    public string Nonce => NonceAt(time.GetUtcNow());

    /// <summary>The thumbprint of the key that the token is to be bound to; else an error of RFC 9449 section 5 or 8.</summary>
    public async Task<(string? Thumbprint, TokenRefusal? Refusal)> ReadAsync(string text, string tokenEndpoint)
    {
        JsonWebToken proof;
        try
        {
            proof = new JsonWebToken(text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or SecurityTokenException)
        {
            return Refuse("it is not a signed JWT");
        }

        if (proof.Typ != Typ || !proof.TryGetHeaderValue<JsonElement>("jwk", out var jwk)) return Refuse($"its header needs typ '{Typ}' and a jwk");
        var key = new JsonWebKey(jwk.GetRawText());
        if (key.HasPrivateKey) return Refuse("its jwk holds the private key");

        var signature = await handler.ValidateTokenAsync(proof, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = Algorithms,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!signature.IsValid) return Refuse("its signature is wrong, or its algorithm is not allowed");
        if (FindFault(proof, tokenEndpoint) is { } fault) return Refuse(fault);
        return IsFresh(proof) ? (Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()), null) : (null, new TokenRefusal(400, "use_dpop_nonce", "the proof must hold the nonce of the header DPoP-Nonce"));
    }

    private string? FindFault(JsonWebToken proof, string tokenEndpoint)
    {
        if (Text(proof, "jti") is null) return "jti is missing";
        if (Text(proof, "htm") != "POST") return "htm must be 'POST'";
        if (Text(proof, "htu") != tokenEndpoint) return $"htu must be '{tokenEndpoint}'";
        // A number of seconds, compared as such: whatever a client writes there is inside the calendar of numbers.
        return proof.TryGetPayloadValue<long>("iat", out var iat) && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - (decimal)iat) <= (decimal)NonceLifetime.TotalSeconds ? null : "iat is not now";
    }

    private bool IsFresh(JsonWebToken proof)
    {
        var now = time.GetUtcNow();
        return Text(proof, "nonce") is { } nonce && (nonce == NonceAt(now) || nonce == NonceAt(now - NonceLifetime));
    }

    private string NonceAt(DateTimeOffset moment) => Base64UrlEncoder.Encode(
        HMACSHA256.HashData(nonceKey, Encoding.ASCII.GetBytes((moment.ToUnixTimeSeconds() / (long)NonceLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture))));

    private static string? Text(JsonWebToken proof, string name) => proof.TryGetPayloadValue<string>(name, out var value) && value.Length > 0 ? value : null;

    private static (string? Thumbprint, TokenRefusal? Refusal) Refuse(string fault) => (null, new TokenRefusal(400, "invalid_dpop_proof", fault));
}
