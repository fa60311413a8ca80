using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Intake;
using Vkp.Hub.Outbound;

namespace Vkp.Hub.Faces;

/// <summary>
/// The token issuer's signing keys: found by discovery (OpenID Connect Discovery 1.0), kept for an hour, fetched anew when a token names a key nobody knows,
/// but never more often than every ten seconds.
/// </summary>
public sealed class IssuerKeys(Uri authority, HubEnvironment environment, OutboundPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>What a development issuer says of itself in its discovery document.</summary>
    private const string DevelopmentMark = "vkp_development_issuer";

    private readonly HttpClient http = new(policy.CreateHandler(TimeSpan.FromSeconds(3)))
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 262_144,
    };

    private readonly SemaphoreSlim fetching = new(1, 1);
    private Fetched? current;

    public string Authority => authority.AbsoluteUri.TrimEnd('/');

    /// <summary>Refuses, before anything is started, an issuer that production must never trust.</summary>
    /// <exception cref="HubStartException">VKP-903.</exception>
    public static void Check(Uri authority, HubEnvironment environment)
    {
        if (environment == HubEnvironment.Production && (authority.Scheme != Uri.UriSchemeHttps || authority.IsLoopback)) throw new HubStartException(Errors.IssuerNotForProduction(authority.AbsoluteUri));
    }

    public void Dispose()
    {
        http.Dispose();
        fetching.Dispose();
    }

    /// <summary>The keys; asked again when <paramref name="keyId"/> is not among them. Null when the issuer does not answer and nothing usable is kept.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>?> GetAsync(string? keyId, CancellationToken ct)
    {
        if (current is { } kept && IsGoodFor(kept, keyId)) return kept.Keys;

        await fetching.WaitAsync(ct);
        try
        {
            if (current is { } others && IsGoodFor(others, keyId)) return others.Keys;
            current = new Fetched(await FetchAsync(ct), time.GetTimestamp());
            return current.Keys;
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // The keys of the last hour go on being good while the issuer is away.
            return current?.Keys;
        }
        finally
        {
            fetching.Release();
        }
    }

    private bool IsGoodFor(Fetched kept, string? keyId)
    {
        var age = time.GetElapsedTime(kept.At);
        if (age > Limits.IssuerKeysLifetime) return false;
        return age < Limits.IssuerRefreshMin || keyId is null || kept.Keys.Any(k => k.KeyId == keyId);
    }

    private async Task<IReadOnlyList<SecurityKey>> FetchAsync(CancellationToken ct)
    {
        using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(Authority + "/.well-known/openid-configuration"), ct));
        var issuer = discovery.RootElement.GetProperty("issuer").GetString();
        if (issuer?.TrimEnd('/') != Authority) throw new JsonException($"The issuer at {Authority} calls itself by another name.");
        // However it is reached, by a tunnel or under a borrowed name: in production its keys are no keys.
        if (environment == HubEnvironment.Production && discovery.RootElement.TryGetProperty(DevelopmentMark, out _)) throw new JsonException($"The issuer at {Authority} is a development issuer.");

        var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri(discovery.RootElement.GetProperty("jwks_uri").GetString()!), ct));
        return [.. keys.GetSigningKeys()];
    }

    private sealed record Fetched(IReadOnlyList<SecurityKey> Keys, long At);
}
