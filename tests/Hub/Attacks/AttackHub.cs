using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>
/// A hub, the signing key of its issuer, and a client that sends whatever it is told: so that each attack differs from a good request in one thing only.
/// At the end nothing may have come of any attack.
/// </summary>
public sealed class AttackHub : IAsyncLifetime
{
    /// <summary>No library between the test and the wire.</summary>
    private readonly HttpClient raw = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private JsonObject issuerJwk = null!;

    public TestHub Hub { get; private set; } = null!;

    public RSA IssuerKey { get; private set; } = null!;

    /// <summary>The key that bound tokens are bound to, unless a test says otherwise.</summary>
    public ECDsa ClientKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string IssuerKeyId => (string)issuerJwk["kid"]!;

    /// <summary>What everybody can read: what the confusion of algorithms needs.</summary>
    public byte[] IssuerPublicKey => Encoding.ASCII.GetBytes(IssuerKey.ExportSubjectPublicKeyInfoPem());

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        // In the one municipality only: the other's journal system is not this client's.
        var pushed = new Regex(Regex.Escape($"adapter: fhir-messaging, address: \"{Hub.Epj.FhirBase}\""), RegexOptions.None, TimeSpan.FromSeconds(1));
        await Hub.ConfigureAsync(pushed.Replace(TestHub.Configuration(Hub.Epj.FhirBase), "adapter: jft-pull, settings: { client: journal }", 1));
        issuerJwk = JsonNode.Parse(await File.ReadAllTextAsync(Hub.IssuerKeyFile))!.AsObject();
        IssuerKey = Jws.Load(Hub.IssuerKeyFile);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var orgNo in (string[])[TestHub.OrgNo, TestHub.OtherOrgNo]) Assert.Equal(0, (await Hub.StatusAsync(orgNo)).Accepted);
        await Hub.DisposeAsync();
        raw.Dispose();
        IssuerKey.Dispose();
        ClientKey.Dispose();
    }

    internal JsonObject TokenHeader() => new() { ["alg"] = "RS256", ["typ"] = "at+jwt", ["kid"] = IssuerKeyId };

    /// <summary>The claims of a token that the operation takes.</summary>
    internal JsonObject TokenClaims(Operation operation)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var (client, vkpId) = operation.Caller;
        var claims = new JsonObject
        {
            ["iss"] = Hub.Issuer.Issuer,
            ["aud"] = operation.Scope!.StartsWith("nhn:jft", StringComparison.Ordinal) ? "nhn:jft" : "nhn:vkp",
            ["iat"] = now, ["nbf"] = now, ["exp"] = now + 600,
            ["client_id"] = client, ["client_amr"] = "private_key_jwt",
            ["scope"] = new JsonArray(operation.Scope),
            [AccessTokens.OrgNoClaim] = TestHub.OrgNo, [AccessTokens.VkpIdClaim] = vkpId,
        };
        if (operation.IsBound) claims["cnf"] = new JsonObject { ["jkt"] = Jws.Thumbprint(Jws.PublicJwk(ClientKey)) };
        return claims;
    }

    internal string Token(Operation operation, Action<JsonObject>? change = null)
    {
        var claims = TokenClaims(operation);
        change?.Invoke(claims);
        return Jws.Sign(TokenHeader(), claims, IssuerKey);
    }

    internal JsonObject ProofHeader(AsymmetricAlgorithm? key = null, string algorithm = "ES256") => new() { ["typ"] = "dpop+jwt", ["alg"] = algorithm, ["jwk"] = Jws.PublicJwk(key ?? ClientKey) };

    internal JsonObject ProofClaims(Operation operation, string token, string? messageId = null) => new()
    {
        ["jti"] = $"{Guid.NewGuid():N}",
        ["htm"] = operation.Method,
        ["htu"] = new Uri(Hub.Address, operation.Path(messageId)).AbsoluteUri,
        ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
    };

    internal string Proof(Operation operation, string token) => Jws.Sign(ProofHeader(), ProofClaims(operation, token), ClientKey);

    /// <summary>As the operation's client sends it: the token alone, or with a proof where the operation wants one.</summary>
    internal Task<HttpResponseMessage> SendAsync(Operation operation, string token) =>
        operation.IsBound ? SendAsync(operation, $"DPoP {token}", [Proof(operation, token)]) : SendAsync(operation, $"Bearer {token}", []);

    internal async Task<HttpResponseMessage> SendAsync(Operation operation, string? authorization, IReadOnlyList<string> proofs, Uri? node = null, string? path = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(node ?? Hub.Address, path ?? operation.Path()));
        if (operation.Method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var proof in proofs) request.Headers.TryAddWithoutValidation("DPoP", proof);
        return await raw.SendAsync(request);
    }

    /// <summary>The first error's code, in whichever form the face answers.</summary>
    internal static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (text.Length == 0) return null;
        var body = JsonNode.Parse(text)!;
        return (string?)(body["code"] ?? body["issue"]?[0]?["details"]?["coding"]?[0]?["code"]);
    }
}
