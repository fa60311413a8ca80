using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Sandbox;

/// <summary>
/// A HelseID-like issuer for development and tests: discovery document, keys, and access tokens for clients that prove
/// themselves with `private_key_jwt`, bound to the client's key when it sends a DPoP proof; and for invented staff, by the device grant. It never starts in production. It does not do code flow or refresh tokens.
/// </summary>
public sealed class DevelopmentIssuer : IAsyncDisposable
{
    private const int BodyBytesMax = 32 * 1024;
    private static readonly TimeSpan TokenLifetimeMax = TimeSpan.FromHours(1);
    private static readonly string[] SafeEnvironments = ["development", "test", "ci"];

    private readonly DevelopmentIssuerOptions options;
    private readonly TimeProvider time;
    private readonly TimeSpan lifetime;
    private readonly JsonWebKey key;
    private readonly AssertionCheck assertions;
    private readonly TokenProof proofs;
    private readonly DeviceGrants devices;
    private readonly ConcurrentDictionary<string, RegisteredClient> clients = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private LoopbackServer? server;

    /// <exception cref="SandboxException">VKP-850: the environment is not one of development, test, ci. VKP-851: the key file is broken.</exception>
    public DevelopmentIssuer(DevelopmentIssuerOptions options, TimeProvider time)
    {
        // A list of what is allowed, not of what is forbidden: 'prod', 'Produksjon' and a forgotten value are all refused.
        if (!SafeEnvironments.Contains(options.Environment.Trim(), StringComparer.OrdinalIgnoreCase)) throw SandboxException.IssuerInProduction(options.Environment);
        lifetime = options.TokenLifetime ?? TimeSpan.FromMinutes(10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, TokenLifetimeMax, nameof(options));
        this.options = options;
        this.time = time;
        key = PrivateKeyFile.OpenOrCreate(Path.Combine(options.KeyFolder, "issuer.jwk"), () => PrivateKeyFile.MakeRsa(SecurityAlgorithms.RsaSha256));
        assertions = new AssertionCheck(time);
        proofs = new TokenProof(time);
        devices = new DeviceGrants(time);
        foreach (var client in options.Clients) Register(client);
    }

    /// <summary>The issuer's name without a closing slash: `iss` in tokens, `aud` in assertions.</summary>
    public string Issuer => BaseAddress.AbsoluteUri.TrimEnd('/');

    public Uri BaseAddress => server?.BaseAddress ?? throw new InvalidOperationException("The issuer is not started.");

    /// <summary>Builds and starts in one step.</summary>
    public static async Task<DevelopmentIssuer> StartAsync(DevelopmentIssuerOptions options, TimeProvider time, CancellationToken ct)
    {
        var issuer = new DevelopmentIssuer(options, time);
        await issuer.StartAsync(ct);
        return issuer;
    }

    public async Task StartAsync(CancellationToken ct) => server = await LoopbackServer.StartAsync(options.Port, BodyBytesMax, Map, ct);

    /// <summary>Adds a client, or replaces the one of the same id; takes effect at its next request.</summary>
    public void Register(RegisteredClient client) => clients[client.ClientId] = client;

    /// <summary>Takes a client away. Tokens it already has stay good until they expire.</summary>
    public bool Remove(string clientId) => clients.TryRemove(clientId, out _);

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private string TokenEndpoint => Issuer + "/connect/token";

    private void Map(WebApplication app)
    {
        app.MapGet("/.well-known/openid-configuration", (RequestDelegate)(context => WriteAsync(context, 200, Discovery())));
        app.MapGet("/.well-known/openid-configuration/jwks", (RequestDelegate)(context =>
            WriteAsync(context, 200, new JsonObject { ["keys"] = new JsonArray(PrivateKeyFile.PublicPart(key)) })));
        app.MapPost("/connect/token", (RequestDelegate)TokenAsync);
        if (options.StaffClient is null) return;
        app.MapPost("/connect/deviceauthorization", (RequestDelegate)DeviceAsync);
        app.MapGet("/device", (RequestDelegate)(context => PageAsync(context, 200, DeviceGrants.Page(context.Request.Query["user_code"].ToString()))));
        app.MapPost("/device", (RequestDelegate)ApproveAsync);
    }

    private JsonObject Discovery()
    {
        var discovery = MachineDiscovery();
        if (options.StaffClient is null) return discovery;
        discovery["device_authorization_endpoint"] = Issuer + "/connect/deviceauthorization";
        discovery["grant_types_supported"]!.AsArray().Add(DeviceGrants.GrantType);
        return discovery;
    }

    private JsonObject MachineDiscovery() => new()
    {
        ["issuer"] = Issuer,
        ["jwks_uri"] = Issuer + "/.well-known/openid-configuration/jwks",
        ["token_endpoint"] = TokenEndpoint,
        ["grant_types_supported"] = new JsonArray("client_credentials"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
        ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray("RS256", "PS256", "ES256"),
        ["dpop_signing_alg_values_supported"] = new JsonArray("RS256", "PS256", "ES256"),
        // A hub in production refuses the keys of an issuer that says this, however it is reached.
        ["vkp_development_issuer"] = true,
        ["response_types_supported"] = new JsonArray(),
        ["subject_types_supported"] = new JsonArray("public"),
    };

    private async Task TokenAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, new TokenRefusal(400, "invalid_request", "the body must be application/x-www-form-urlencoded"));
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (options.StaffClient is not null && form["grant_type"] == DeviceGrants.GrantType)
        {
            var (subject, refused) = devices.Take(form["device_code"].ToString(), form["client_id"].ToString());
            if (subject is not null) await WriteAsync(context, 200, GrantStaff(subject));
            else await RefuseAsync(context, refused!);
            return;
        }

        switch (TokenRequest.From(form))
        {
            case TokenRequest.Faulty faulty:
                await RefuseAsync(context, faulty.Refusal);
                break;
            case TokenRequest.Readable request:
                var (thumbprint, refusal) = await ReadProofAsync(context);
                refusal ??= await FindRefusalAsync(request);
                if (refusal is null) await WriteAsync(context, 200, Grant(clients[request.ClientId], request.Scopes, thumbprint));
                else await RefuseAsync(context, refusal);
                break;
        }
    }

    private async Task DeviceAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        if (form["client_id"] != options.StaffClient)
        {
            await RefuseAsync(context, new TokenRefusal(401, "invalid_client", "no client for people by this client_id"));
            return;
        }

        var (deviceCode, userCode) = devices.Ask(options.StaffClient!);
        await WriteAsync(context, 200, new JsonObject
        {
            ["device_code"] = deviceCode, ["user_code"] = userCode, ["verification_uri"] = Issuer + "/device", ["verification_uri_complete"] = $"{Issuer}/device?user_code={userCode}",
            ["expires_in"] = (int)DeviceGrants.Lifetime.TotalSeconds, ["interval"] = DeviceGrants.IntervalSeconds,
        });
    }

    private async Task ApproveAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var approved = devices.Approve(form["user_code"].ToString(), form["subject"].ToString());
        await PageAsync(context, approved ? 200 : 400, approved ? "<!DOCTYPE html>\n<p>Du er logget inn. Gå tilbake til kommandolinjen.</p>\n" : "<!DOCTYPE html>\n<p>Koden er ukjent eller for gammel.</p>\n");
    }

    /// <summary>The key the token is to be bound to; null when the client sent no proof and wants a bearer token.</summary>
    private async Task<(string? Thumbprint, TokenRefusal? Refusal)> ReadProofAsync(HttpContext context)
    {
        if (context.Request.Headers["DPoP"].ToString() is not { Length: > 0 } proof) return (null, null);

        context.Response.Headers["DPoP-Nonce"] = proofs.Nonce;
        return await proofs.ReadAsync(proof, TokenEndpoint);
    }

    private async Task<TokenRefusal?> FindRefusalAsync(TokenRequest.Readable request)
    {
        if (!clients.TryGetValue(request.ClientId, out var client)) return new TokenRefusal(401, "invalid_client", "no client by this client_id");
        if (await assertions.FindFaultAsync(request.Assertion, client, Issuer) is { } fault) return new TokenRefusal(401, "invalid_client", $"client_assertion: {fault}");
        if (request.Scopes.Except(client.Scopes, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            return new TokenRefusal(400, "invalid_scope", $"scope '{missing}' is not granted to this client");
        if (Granted(client, request.Scopes).FirstOrDefault(scope => AudienceOf(scope) is null) is { } homeless)
            return new TokenRefusal(400, "invalid_scope", $"scope '{homeless}' belongs to no API of this issuer");
        return null;
    }

    // No scope asked for means all of the client's, as at HelseID.
    private static IReadOnlyList<string> Granted(RegisteredClient client, IReadOnlyList<string> asked) => asked is [] ? client.Scopes : asked;

    private string? AudienceOf(string scope) => options.AudienceByScopePrefix
        .Where(pair => scope.StartsWith(pair.Key, StringComparison.Ordinal))
        .MaxBy(pair => pair.Key.Length).Value;

    private JsonObject Grant(RegisteredClient client, IReadOnlyList<string> asked, string? boundTo)
    {
        var scopes = Granted(client, asked);
        var descriptor = Descriptor(client.ClientId, TimeSpan.Zero);
        descriptor.Claims["client_amr"] = "private_key_jwt";
        descriptor.Claims["scope"] = scopes.ToArray();
        foreach (var audience in scopes.Select(AudienceOf).OfType<string>().Distinct(StringComparer.Ordinal)) descriptor.Audiences.Add(audience);
        if (client.VkpId is not null) descriptor.Claims[DevelopmentClaims.VkpId] = client.VkpId;
        if (client.OrgNoParent is not null) descriptor.Claims[DevelopmentClaims.OrgNoParent] = client.OrgNoParent;
        if (boundTo is not null) descriptor.Claims["cnf"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["jkt"] = boundTo };
        return new JsonObject
        {
            ["access_token"] = handler.CreateToken(descriptor),
            ["expires_in"] = (int)lifetime.TotalSeconds,
            ["token_type"] = boundTo is null ? "Bearer" : "DPoP",
            ["scope"] = string.Join(' ', scopes),
        };
    }

    /// <summary>A person's token lasts as long as any may: nobody signs in ten times an hour.</summary>
    private JsonObject GrantStaff(string subject)
    {
        var descriptor = Descriptor(options.StaffClient!, TokenLifetimeMax - lifetime);
        descriptor.Audience = options.StaffAudience;
        descriptor.Claims["sub"] = subject;
        return new JsonObject { ["access_token"] = handler.CreateToken(descriptor), ["expires_in"] = (int)TokenLifetimeMax.TotalSeconds, ["token_type"] = "Bearer" };
    }

    private SecurityTokenDescriptor Descriptor(string clientId, TimeSpan more)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime + more,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["client_id"] = clientId, ["jti"] = Guid.CreateVersion7(time.GetUtcNow()).ToString("N") },
        };
    }

    private static Task PageAsync(HttpContext context, int status, string html)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, TokenRefusal refusal) => WriteAsync(
        context,
        refusal.Status,
        new JsonObject { ["error"] = refusal.Error, ["error_description"] = refusal.Description });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}

/// <summary>Names of the claims HelseID gives that the plain OAuth names do not cover.</summary>
public static class DevelopmentClaims
{
    public const string VkpId = "nhn:vkp/client/claims/vkp-id";

    public const string OrgNoParent = "helseid://claims/client/claims/orgnr_parent";
}
