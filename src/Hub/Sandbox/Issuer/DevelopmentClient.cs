using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Sandbox;

/// <summary>
/// The client's side of `private_key_jwt`: keeps a key, proves itself at the issuer and holds a token until it is nearly
/// spent. Used by the command line, the dispenser park and tests; a real vendor writes the same thing in its own system.
/// </summary>
public sealed class DevelopmentClient
{
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromSeconds(30);

    // A token is renewed this long before it expires, so that none expires on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly JsonWebKey key;
    private readonly TimeProvider time;
    private volatile AccessToken? held;

    private DevelopmentClient(string clientId, JsonWebKey key, TimeProvider time)
    {
        ClientId = clientId;
        this.key = key;
        this.time = time;
        PublicJwk = PrivateKeyFile.PublicPart(key).ToJsonString();
    }

    public string ClientId { get; }

    /// <summary>What the issuer must know: the public key as JWK JSON.</summary>
    public string PublicJwk { get; }

    /// <summary>Opens the client's key file, or makes a P-256 key and stores it there with mode 0600.</summary>
    /// <exception cref="SandboxException">VKP-851: the file is there and is not a private key.</exception>
    public static DevelopmentClient Open(string clientId, string keyFile, TimeProvider time) =>
        new(clientId, PrivateKeyFile.OpenOrCreate(keyFile, PrivateKeyFile.MakeEcdsa), time);

    /// <summary>This client as the issuer registers it.</summary>
    public RegisteredClient AsRegistered(string? vkpId, string? orgNoParent, IReadOnlyList<string> scopes) =>
        new(ClientId, PublicJwk, vkpId, orgNoParent, scopes);

    /// <summary>A signed assertion for one request to <paramref name="issuer"/>, good for 30 seconds.</summary>
    public string BuildAssertion(string issuer)
    {
        var now = time.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = ClientId,
            Audience = issuer,
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, key.Alg),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = ClientId,
                ["jti"] = Guid.CreateVersion7(now).ToString("N"),
            },
        });
    }

    /// <summary>Fetches a new bearer token. The token endpoint and the issuer's name come from the discovery document.</summary>
    /// <param name="scopes">Empty asks for all the client has.</param>
    /// <exception cref="SandboxException">VKP-852: the issuer refused.</exception>
    /// <exception cref="HttpRequestException">The issuer could not be reached, or is no issuer.</exception>
    public Task<AccessToken> FetchTokenAsync(HttpClient http, Uri issuer, IReadOnlyList<string> scopes, CancellationToken ct) => FetchAsync(http, issuer, scopes, isBound: false, ct);

    /// <summary>The same, bound to this client's key (RFC 9449): good only with a proof, <see cref="BuildProof"/>, for each request.</summary>
    public Task<AccessToken> FetchBoundTokenAsync(HttpClient http, Uri issuer, IReadOnlyList<string> scopes, CancellationToken ct) => FetchAsync(http, issuer, scopes, isBound: true, ct);

    /// <summary>Proof that this client holds its key, for one request. Query and fragment of the address are left out, as RFC 9449 wants.</summary>
    /// <param name="token">The access token it is sent with; null towards the issuer.</param>
    /// <param name="nonce">What the receiver demanded with `DPoP-Nonce`.</param>
    public string BuildProof(string method, Uri address, string? token = null, string? nonce = null)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["jti"] = Guid.CreateVersion7(now).ToString("N"),
            ["htm"] = method,
            ["htu"] = address.GetLeftPart(UriPartial.Path),
            ["iat"] = now.ToUnixTimeSeconds(),
        };
        if (token is not null) claims["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        if (nonce is not null) claims["nonce"] = nonce;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenProof.Typ,
            SigningCredentials = new SigningCredentials(key, key.Alg),
            AdditionalHeaderClaims = new Dictionary<string, object>(StringComparer.Ordinal) { ["jwk"] = JsonSerializer.SerializeToElement(PrivateKeyFile.PublicPart(key)) },
            Claims = claims,
        });
    }

    private async Task<AccessToken> FetchAsync(HttpClient http, Uri issuer, IReadOnlyList<string> scopes, bool isBound, CancellationToken ct)
    {
        var discovery = await http.GetFromJsonAsync<JsonElement>(new Uri(issuer, "/.well-known/openid-configuration"), ct);
        var (name, endpoint) = (discovery.GetProperty("issuer").GetString()!, new Uri(discovery.GetProperty("token_endpoint").GetString()!));
        string? nonce = null;
        while (true)
        {
            using var request = TokenRequestTo(endpoint, name, scopes);
            if (isBound) request.Headers.Add("DPoP", BuildProof("POST", endpoint, nonce: nonce));
            using var answer = await http.SendAsync(request, ct);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            if (answer.IsSuccessStatusCode)
                return new AccessToken(body.GetProperty("access_token").GetString()!, time.GetUtcNow() + TimeSpan.FromSeconds(body.GetProperty("expires_in").GetInt32()));

            // The first request cannot know the nonce; the refusal brings it, and a second refusal is a fault.
            if (nonce is not null || Text(body, "error") != "use_dpop_nonce") throw SandboxException.TokenRefused(ClientId, Text(body, "error") ?? "no error code", Text(body, "error_description"));
            nonce = answer.Headers.GetValues("DPoP-Nonce").Single();
        }
    }

    private HttpRequestMessage TokenRequestTo(Uri endpoint, string issuer, IReadOnlyList<string> scopes) => new(HttpMethod.Post, endpoint)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ClientId,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = BuildAssertion(issuer),
            ["scope"] = string.Join(' ', scopes),
        }),
    };

    /// <summary>A token with all the client's scopes, the held one while it is good; safe to call from many threads.</summary>
    public async Task<string> BearerAsync(HttpClient http, Uri issuer, CancellationToken ct)
    {
        // Two callers at the same moment fetch two tokens, both good; a lock would cost more than the spare request.
        var token = held;
        if (token is null || token.ExpiresAt - Margin <= time.GetUtcNow()) held = token = await FetchTokenAsync(http, issuer, [], ct);
        return token.Value;
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>An access token and when it ends. The text form does not show it.</summary>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"access token until {ExpiresAt:O}";
}
