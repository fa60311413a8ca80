using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>
/// Reads the access tokens of one issuer, strictly (RFC 9068): its current keys, the key a token names and no other, a list of algorithms, type, issuer, audience,
/// time. What a token allows is for others to judge. No refusal repeats anything of a token.
/// </summary>
public sealed class IssuedTokens(IssuerKeys keys, IReadOnlyList<string> audiences, TimeProvider time)
{
    private static readonly string[] Types = ["at+jwt", "application/at+jwt"];

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Tokens found valid, by their whole text, and until when that is believed. A sender shows the same token for thousands of messages.</summary>
    private readonly ConcurrentDictionary<string, (JsonWebToken Token, DateTimeOffset Until)> believed = new(StringComparer.Ordinal);

    /// <summary>Whether the token is worth nothing without a key (`cnf`, RFC 7800), and which.</summary>
    public static bool IsBound(JsonWebToken token, out JsonElement confirmation) => token.TryGetPayloadValue("cnf", out confirmation);

    /// <summary>What the token says; or VKP-802, or VKP-807 when the issuer's keys cannot be had.</summary>
    public async Task<(JsonWebToken? Token, VkpError? Error)> ReadAsync(string text, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (believed.TryGetValue(text, out var known) && now < known.Until) return (known.Token, null);

        if (KeyIdOf(text) is not { } keyId) return (null, Errors.BadToken("it is not a signed JWT"));

        var signingKeys = await keys.GetAsync(keyId, ct);
        if (signingKeys is null) return (null, Errors.IssuerAway(keys.Authority));

        var result = await handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            // Some issuers end their name in a slash; discovery found both under the one address.
            ValidIssuers = [keys.Authority, keys.Authority + "/"],
            ValidAudiences = audiences,
            IssuerSigningKeys = signingKeys,
            // The key the token names, and no other: a token that names one nobody has is not tried with all.
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = Algorithms,
            // An identity token, or a client's own assertion, is no access token, whatever it claims (RFC 9068 section 4).
            ValidTypes = Types,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Limits.TokenClockSkew,
        });
        if (!result.IsValid) return (null, Errors.BadToken(Reason(result.Exception)));

        var token = (JsonWebToken)result.SecurityToken;
        Believe(text, token, now);
        return (token, null);
    }

    private void Believe(string text, JsonWebToken token, DateTimeOffset now)
    {
        // Simpler than ageing, and more tokens than this at once are not seen: each costs one check anew.
        if (believed.Count >= Limits.TokensBelievedMax) believed.Clear();

        var expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        believed[text] = (token, expires < now + Limits.TokenBelief ? expires : now + Limits.TokenBelief);
    }

    /// <summary>Which key signed it, by its own word; null when it is no JWT with a key id.</summary>
    private string? KeyIdOf(string text)
    {
        try
        {
            return handler.ReadJsonWebToken(text).Kid is { Length: > 0 } keyId ? keyId : null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or SecurityTokenException or FormatException)
        {
            // The last is the library's for a part that is no base64url (FuzzTests).
            return null;
        }
    }

    /// <summary>The library's messages hold pieces of the token; a sender needs the kind of fault only.</summary>
    private static string Reason(Exception? problem) => problem switch
    {
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet",
        SecurityTokenInvalidIssuerException => "another issuer made it",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidAlgorithmException => "its algorithm is not allowed",
        SecurityTokenInvalidTypeException => "it is not an access token ('typ' is not at+jwt)",
        SecurityTokenSignatureKeyNotFoundException => "its signing key is unknown",
        SecurityTokenInvalidSignatureException => "its signature is wrong",
        _ => "it cannot be validated",
    };
}
