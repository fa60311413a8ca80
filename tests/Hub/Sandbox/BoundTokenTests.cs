using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>The development issuer gives tokens that are bound to a key, as HelseID does.</summary>
public sealed class BoundTokenTests : IAsyncLifetime
{
    private const string Scope = "nhn:jft/api";

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private DevelopmentIssuer issuer = null!;
    private DevelopmentClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Uri TokenEndpoint => new(issuer.BaseAddress, "connect/token");

    public async ValueTask InitializeAsync()
    {
        client = DevelopmentClient.Open("sender", folder.File("client.jwk"), TimeProvider.System);
        issuer = await DevelopmentIssuer.StartAsync(
            new DevelopmentIssuerOptions("test", folder.File("issuer"), new Dictionary<string, string>(StringComparer.Ordinal) { ["nhn:jft/"] = "nhn:jft" }, [client.AsRegistered(null, "312229544", [Scope])]),
            TimeProvider.System, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_token_asked_for_with_a_proof_names_the_proofs_key()
    {
        var bound = await client.FetchBoundTokenAsync(http, issuer.BaseAddress, [Scope], Ct);
        var bearer = await client.FetchTokenAsync(http, issuer.BaseAddress, [Scope], Ct);

        var thumbprint = new JsonWebToken(bound.Value).GetPayloadValue<JsonElement>("cnf").GetProperty("jkt").GetString();
        Assert.Equal(Attacks.Jws.Thumbprint(System.Text.Json.Nodes.JsonNode.Parse(client.PublicJwk)!.AsObject()), thumbprint);
        Assert.False(new JsonWebToken(bearer.Value).TryGetPayloadValue<JsonElement>("cnf", out _));
    }

    [Fact]
    public async Task A_proof_without_the_issuers_nonce_is_answered_with_one()
    {
        using var answer = await AskAsync(client.BuildProof("POST", TokenEndpoint));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("use_dpop_nonce", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error").GetString());
        Assert.NotEmpty(Assert.Single(answer.Headers.GetValues("DPoP-Nonce")));
    }

    [Theory]
    [InlineData("GET", "connect/token")]
    [InlineData("POST", "connect/other")]
    public async Task A_proof_for_another_request_is_refused(string method, string path)
    {
        using var answer = await AskAsync(client.BuildProof(method, new Uri(issuer.BaseAddress, path)));

        Assert.Equal("invalid_dpop_proof", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_issuer_says_that_it_is_for_development() =>
        Assert.True((await http.GetFromJsonAsync<JsonElement>(new Uri(issuer.BaseAddress, ".well-known/openid-configuration"), Ct)).GetProperty("vkp_development_issuer").GetBoolean());

    private async Task<HttpResponseMessage> AskAsync(string proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = client.BuildAssertion(issuer.Issuer),
            }),
        };
        request.Headers.Add("DPoP", proof);
        return await http.SendAsync(request, Ct);
    }
}
