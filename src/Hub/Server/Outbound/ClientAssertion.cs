using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Hub.Outbound;

/// <summary>The hub's word to an issuer about itself, signed with the client's key (RFC 7523, `private_key_jwt`); good for one request.</summary>
internal static class ClientAssertion
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Null when the key is no private key that can sign.</summary>
    /// <param name="issuer">As it calls itself in its discovery document.</param>
    public static string? Make(TokenTerms terms, string issuer, DateTimeOffset now)
    {
        if (Read(terms.Key) is not { HasPrivateKey: true } key) return null;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = terms.ClientId,
            Audience = issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.Add(Limits.ClientAssertionLifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = terms.ClientId, [JwtRegisteredClaimNames.Jti] = $"{Guid.NewGuid():N}" },
            SigningCredentials = new SigningCredentials(key, AlgorithmOf(key)),
        });
    }

    private static JsonWebKey? Read(string jwk)
    {
        try
        {
            return new JsonWebKey(jwk);
        }
        catch (ArgumentException)
        {
            // What it holds stands in the fault, and it may be a key.
            return null;
        }
    }

    /// <summary>What the key says it is for, else what every issuer of this kind takes.</summary>
    private static string AlgorithmOf(JsonWebKey key) =>
        key.Alg is { Length: > 0 } named ? named : key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSsaPssSha256;
}
