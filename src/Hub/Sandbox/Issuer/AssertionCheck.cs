using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Sandbox;

/// <summary>
/// Reads a client assertion (RFC 7523) as strictly as HelseID does. Every refusal names the claim that is wrong, because
/// whoever meets it is a developer putting up a client.
/// </summary>
internal sealed class AssertionCheck(TimeProvider time)
{
    private const string AssertionTyp = "client-authentication+jwt";
    private static readonly TimeSpan LifetimeMax = TimeSpan.FromSeconds(60);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly ConcurrentDictionary<(string ClientId, string Jti), DateTimeOffset> used = new();
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Null when the assertion holds; otherwise what is wrong with it. An assertion that holds is used up.</summary>
    public async Task<string?> FindFaultAsync(JsonWebToken assertion, RegisteredClient client, string issuer)
    {
        if (assertion.Typ != AssertionTyp) return $"header typ must be '{AssertionTyp}'";
        if (!Algorithms.Contains(assertion.Alg, StringComparer.Ordinal)) return $"header alg must be one of {string.Join(", ", Algorithms)}";
        if (assertion.Issuer != client.ClientId || assertion.Subject != client.ClientId) return "iss and sub must both be the client id";
        if (assertion.Audiences.ToArray() is not [var audience] || audience.TrimEnd('/') != issuer.TrimEnd('/')) return $"aud must be the issuer, '{issuer}', alone";
        return FindFaultInTimes(assertion)
            ?? await FindFaultInSignatureAsync(assertion, client)
            ?? UseUp(assertion, client);
    }

    private string? FindFaultInTimes(JsonWebToken assertion)
    {
        var now = time.GetUtcNow();
        if (!assertion.TryGetPayloadValue<long>("exp", out var expSeconds)) return "exp is missing";
        var exp = FromSeconds(expSeconds);
        if (exp <= now) return "exp has passed";
        if (exp > now + LifetimeMax) return $"exp must be at most {LifetimeMax.TotalSeconds:0} seconds ahead";
        if (assertion.TryGetPayloadValue<long>("nbf", out var nbf) && FromSeconds(nbf) > now) return "nbf is in the future";
        return null;
    }

    private async Task<string?> FindFaultInSignatureAsync(JsonWebToken assertion, RegisteredClient client)
    {
        // Issuer, audience and times are judged above against our own clock; this call judges the signature, with the
        // registered key only, whatever the header claims about keys.
        var result = await handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            IssuerSigningKey = new JsonWebKey(client.PublicJwk),
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = Algorithms,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireSignedTokens = true,
        });
        return result.IsValid ? null : "the signature does not match the registered key";
    }

    private string? UseUp(JsonWebToken assertion, RegisteredClient client)
    {
        if (string.IsNullOrEmpty(assertion.Id)) return "jti is missing";
        var now = time.GetUtcNow();
        foreach (var (key, forgetAt) in used)
        {
            if (forgetAt < now) used.TryRemove(key, out _);
        }

        return used.TryAdd((client.ClientId, assertion.Id), now + LifetimeMax + LifetimeMax)
            ? null
            : "jti was used before; an assertion is good for one request";
    }

    // A number outside the calendar is a wrong number, not a fault of ours.
    private static DateTimeOffset FromSeconds(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
