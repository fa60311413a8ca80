using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

public sealed class DevelopmentIssuerTests : IAsyncLifetime
{
    private const string ReadScope = "nhn:vkp/api/user/patient.read";
    private const string WriteScope = "nhn:vkp/api/user/bundle.write";
    private static readonly Dictionary<string, string> Audiences = new() { ["nhn:vkp/"] = "nhn:vkp", ["nhn:jft/"] = "nhn:jft" };

    // Making an RSA key takes longer than all the rest of a test, so the tests share one.
    private static readonly Lazy<string> IssuerKey = new(MakeIssuerKey);

    private readonly TemporaryFolder folder = new();
    private readonly SetClock clock = new();
    private readonly HttpClient http = new();
    private DevelopmentIssuer issuer = null!;
    private DevelopmentClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        client = DevelopmentClient.Open("dispenser-1", folder.File("client.jwk"), clock);
        Directory.CreateDirectory(folder.File("issuer"));
        await File.WriteAllTextAsync(folder.File("issuer/issuer.jwk"), IssuerKey.Value, Ct);
        issuer = await StartAsync();
        issuer.Register(client.AsRegistered("Evondosstil_Sky_Testby", "312229544", [ReadScope, WriteScope]));
    }

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_token_carries_what_HelseID_gives_and_verifies_against_the_published_keys()
    {
        var token = await client.FetchTokenAsync(http, issuer.BaseAddress, [WriteScope], Ct);

        var keys = await http.GetStringAsync(new Uri(issuer.BaseAddress, ".well-known/openid-configuration/jwks"), Ct);
        var read = new JsonWebToken(token.Value);
        var verified = await new JsonWebTokenHandler().ValidateTokenAsync(token.Value, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = "nhn:vkp",
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
            ValidateLifetime = false,
        });
        Assert.True(verified.IsValid, verified.Exception?.Message);
        Assert.Equal("RS256", read.Alg);
        Assert.Equal("at+jwt", read.Typ);
        Assert.NotEmpty(read.Kid);
        Assert.NotEmpty(read.Id);
        Assert.Equal("dispenser-1", read.GetClaim("client_id").Value);
        Assert.Equal("private_key_jwt", read.GetClaim("client_amr").Value);
        Assert.Equal("Evondosstil_Sky_Testby", read.GetClaim(DevelopmentClaims.VkpId).Value);
        Assert.Equal("312229544", read.GetClaim(DevelopmentClaims.OrgNoParent).Value);
        Assert.Equal(JsonValueKind.Array, read.GetPayloadValue<JsonElement>("scope").ValueKind);
        Assert.Equal([WriteScope], read.GetPayloadValue<string[]>("scope"));
        Assert.Equal(clock.Now.UtcDateTime.AddMinutes(10), read.ValidTo);
        Assert.Equal(clock.Now.AddMinutes(10), token.ExpiresAt);
    }

    [Fact]
    public async Task No_scope_asked_for_gives_all_the_client_has()
    {
        var token = await client.FetchTokenAsync(http, issuer.BaseAddress, [], Ct);

        Assert.Equal([ReadScope, WriteScope], new JsonWebToken(token.Value).GetPayloadValue<string[]>("scope"));
    }

    [Fact]
    public async Task Both_key_types_and_all_three_algorithms_are_taken()
    {
        foreach (var algorithm in (string[])["RS256", "PS256", "ES256"])
        {
            var key = TestKey.Make(algorithm);
            issuer.Register(new RegisteredClient(algorithm, key.PublicJwk, null, null, [ReadScope]));

            var answer = await AskAsync(algorithm, key.Sign(algorithm, Claims(algorithm)));

            Assert.Equal(HttpStatusCode.OK, answer.Status);
        }
    }

    [Theory]
    [InlineData("exp", -1, "exp has passed")]
    [InlineData("exp", 61, "at most 60 seconds")]
    [InlineData("nbf", 10, "nbf is in the future")]
    public async Task An_assertion_with_wrong_times_is_refused(string claim, int secondsFromNow, string why)
    {
        var answer = await AskWithAsync(claims => claims[claim] = clock.Now.AddSeconds(secondsFromNow).ToUnixTimeSeconds());

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", why);
    }

    [Theory]
    [InlineData("exp", "exp is missing")]
    [InlineData("jti", "jti is missing")]
    [InlineData("sub", "iss and sub")]
    [InlineData("aud", "aud must be the issuer")]
    public async Task An_assertion_without_a_claim_is_refused(string claim, string why)
    {
        var answer = await AskWithAsync(claims => claims.Remove(claim));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", why);
    }

    [Theory]
    [InlineData("https://another.example", "aud must be the issuer")]
    public async Task An_assertion_for_another_audience_is_refused(string audience, string why)
    {
        var answer = await AskWithAsync(claims => claims["aud"] = audience);

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", why);
    }

    [Fact]
    public async Task An_assertion_for_several_audiences_is_refused()
    {
        var answer = await AskWithAsync(claims => claims["aud"] = new[] { issuer.Issuer, "https://another.example" });

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "alone");
    }

    [Fact]
    public async Task An_assertion_used_twice_is_refused_the_second_time()
    {
        var assertion = client.BuildAssertion(issuer.Issuer);

        var first = await AskAsync(client.ClientId, assertion);
        var second = await AskAsync(client.ClientId, assertion);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        second.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "jti was used before");
    }

    [Fact]
    public async Task An_unsigned_assertion_is_refused()
    {
        var answer = await AskAsync("dispenser-1", TestKey.Unsigned(Claims("dispenser-1")));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "alg must be one of");
    }

    [Fact]
    public async Task An_assertion_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var answer = await AskAsync("dispenser-1", TestKey.SignedWithSecret(client.PublicJwk, Claims("dispenser-1")));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "alg must be one of");
    }

    [Fact]
    public async Task An_assertion_signed_with_another_key_is_refused_even_when_it_brings_the_key_along()
    {
        var stranger = TestKey.Make("ES256");

        var answer = await AskAsync("dispenser-1", stranger.Sign("ES256", Claims("dispenser-1"), bringKey: true));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "signature");
    }

    [Fact]
    public async Task An_assertion_with_another_typ_is_refused()
    {
        var key = TestKey.Make("ES256");
        issuer.Register(new RegisteredClient("typ", key.PublicJwk, null, null, [ReadScope]));

        var answer = await AskAsync("typ", key.Sign("ES256", Claims("typ"), typ: "JWT"));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "typ must be");
    }

    [Fact]
    public async Task An_unknown_client_is_refused()
    {
        var answer = await AskAsync("nobody", client.BuildAssertion(issuer.Issuer));

        answer.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "no client");
    }

    [Fact]
    public async Task A_removed_client_is_refused()
    {
        Assert.True(issuer.Remove(client.ClientId));

        var refused = await Assert.ThrowsAsync<SandboxException>(() => client.FetchTokenAsync(http, issuer.BaseAddress, [], Ct));

        Assert.Equal("VKP-852", refused.Code);
    }

    [Theory]
    [InlineData("nhn:vkp/api/user/careplan.read", "not granted")]
    [InlineData("nhn:vkp/api/user/bundle.write nhn:vkp/api/user/careplan.read", "careplan.read' is not granted")]
    public async Task A_scope_that_is_not_granted_is_refused(string scope, string why)
    {
        var answer = await AskAsync("dispenser-1", client.BuildAssertion(issuer.Issuer), scope);

        answer.AssertRefused(HttpStatusCode.BadRequest, "invalid_scope", why);
    }

    [Fact]
    public async Task Other_grants_and_other_ways_to_prove_oneself_are_refused()
    {
        var password = await PostAsync(new() { ["grant_type"] = "password", ["client_id"] = "dispenser-1" });
        var secret = await PostAsync(new() { ["grant_type"] = "client_credentials", ["client_id"] = "dispenser-1", ["client_secret"] = "hemmelig" });
        var nonsense = await AskAsync("dispenser-1", "not.a.jwt");

        password.AssertRefused(HttpStatusCode.BadRequest, "unsupported_grant_type", "client_credentials");
        secret.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "private_key_jwt only");
        nonsense.AssertRefused(HttpStatusCode.Unauthorized, "invalid_client", "not a signed JWT");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("prod")]
    [InlineData("Produksjon")]
    [InlineData("")]
    public void It_refuses_to_start_anywhere_but_in_development_and_test(string environment)
    {
        var refused = Assert.Throws<SandboxException>(() => new DevelopmentIssuer(new(environment, folder.File("none"), Audiences, []), clock));

        Assert.Equal("VKP-850", refused.Code);
        Assert.False(Directory.Exists(folder.File("none")));
    }

    [Fact]
    public async Task The_signing_key_survives_a_restart_and_its_private_part_is_not_published()
    {
        var before = await http.GetStringAsync(new Uri(issuer.BaseAddress, ".well-known/openid-configuration/jwks"), Ct);
        var port = issuer.BaseAddress.Port;
        await issuer.DisposeAsync();

        issuer = await StartAsync(port);

        Assert.Equal(before, await http.GetStringAsync(new Uri(issuer.BaseAddress, ".well-known/openid-configuration/jwks"), Ct));
        Assert.DoesNotContain("\"d\"", before, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_files_can_be_read_by_their_owner_only()
    {
        _ = new DevelopmentIssuer(new("test", folder.File("fresh"), Audiences, []), clock);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("fresh/issuer.jwk")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("client.jwk")));
        }
    }

    [Fact]
    public void A_client_opened_again_has_the_same_key_and_a_broken_key_file_is_told()
    {
        Assert.Equal(client.PublicJwk, DevelopmentClient.Open("dispenser-1", folder.File("client.jwk"), clock).PublicJwk);
        File.WriteAllText(folder.File("broken.jwk"), client.PublicJwk);
        File.WriteAllText(folder.File("nonsense.jwk"), "{");

        Assert.Equal("VKP-851", Assert.Throws<SandboxException>(() => DevelopmentClient.Open("x", folder.File("broken.jwk"), clock)).Code);
        Assert.Equal("VKP-851", Assert.Throws<SandboxException>(() => DevelopmentClient.Open("x", folder.File("nonsense.jwk"), clock)).Code);
    }

    [Fact]
    public async Task A_client_holds_its_token_until_it_is_nearly_spent()
    {
        var first = await client.BearerAsync(http, issuer.BaseAddress, Ct);
        clock.Now += TimeSpan.FromMinutes(9);
        var same = await client.BearerAsync(http, issuer.BaseAddress, Ct);
        clock.Now += TimeSpan.FromSeconds(31);
        var next = await client.BearerAsync(http, issuer.BaseAddress, Ct);

        Assert.Equal(first, same);
        Assert.NotEqual(first, next);
    }

    private static string MakeIssuerKey()
    {
        using var once = new TemporaryFolder();
        _ = new DevelopmentIssuer(new("test", once.Path, Audiences, []), TimeProvider.System);
        return File.ReadAllText(once.File("issuer.jwk"));
    }

    private Task<DevelopmentIssuer> StartAsync(int port = 0) =>
        DevelopmentIssuer.StartAsync(new("test", folder.File("issuer"), Audiences, [], port), clock, Ct);

    private Dictionary<string, object> Claims(string clientId) => new()
    {
        ["iss"] = clientId,
        ["sub"] = clientId,
        ["aud"] = issuer.Issuer,
        ["exp"] = clock.Now.AddSeconds(30).ToUnixTimeSeconds(),
        ["jti"] = Guid.NewGuid().ToString(),
    };

    private async Task<Answer> AskWithAsync(Action<Dictionary<string, object>> change)
    {
        var key = TestKey.Make("ES256");
        issuer.Register(new RegisteredClient("changed", key.PublicJwk, null, null, [ReadScope]));
        var claims = Claims("changed");
        change(claims);
        return await AskAsync("changed", key.Sign("ES256", claims));
    }

    private Task<Answer> AskAsync(string clientId, string assertion, string scope = ReadScope) => PostAsync(new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = clientId,
        ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ["client_assertion"] = assertion,
        ["scope"] = scope,
    });

    private async Task<Answer> PostAsync(Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(issuer.BaseAddress, "connect/token"), form, Ct);
        return new Answer(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Ct));
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Body)
    {
        public void AssertRefused(HttpStatusCode status, string error, string why)
        {
            Assert.Equal(error, Body.GetProperty("error").GetString());
            Assert.Contains(why, Body.GetProperty("error_description").GetString(), StringComparison.Ordinal);
            Assert.Equal(status, Status);
        }
    }
}
