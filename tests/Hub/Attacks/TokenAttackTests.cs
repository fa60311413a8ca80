using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>What can be wrong with an access token and the way it is presented, on one address; that every address asks, EveryRouteTests show.</summary>
public sealed class TokenAttackTests(AttackHub attack) : IClassFixture<AttackHub>
{
    private static readonly Operation Target = Operation.OfFaces.Single(o => o.ToString() == "POST /epj/r4/{orgnr}/bundle");

    private static readonly Dictionary<string, Func<AttackHub, string>> Tokens = new(StringComparer.Ordinal)
    {
        ["alg is 'None'"] = a => Jws.Unsigned(Header(a, ("alg", "None")), a.TokenClaims(Target)),
        ["alg is empty"] = a => Jws.Unsigned(Header(a, ("alg", "")), a.TokenClaims(Target)),
        ["alg is missing"] = a => Jws.Unsigned(Header(a, ("alg", null)), a.TokenClaims(Target)),
        ["alg is RS512, which the issuer does not use"] = a => Jws.Sign(Header(a, ("alg", "RS512")), a.TokenClaims(Target), a.IssuerKey),
        ["alg is HS512 with the key id as secret"] = a => Jws.SignWithSecret(Header(a, ("alg", "HS512")), a.TokenClaims(Target), System.Text.Encoding.UTF8.GetBytes(a.IssuerKeyId)),
        ["it is an identity token"] = a => Jws.Sign(Header(a, ("typ", "JWT")), a.TokenClaims(Target), a.IssuerKey),
        ["it is a client's assertion"] = a => Jws.Sign(Header(a, ("typ", "client-authentication+jwt")), a.TokenClaims(Target), a.IssuerKey),
        ["it does not say what it is"] = a => Jws.Sign(Header(a, ("typ", null)), a.TokenClaims(Target), a.IssuerKey),
        ["the signature is empty"] = a => a.Token(Target)[..(a.Token(Target).LastIndexOf('.') + 1)],
        ["the signature is cut"] = a => a.Token(Target)[..^4],
        ["the signature is another token's"] = a => $"{string.Join('.', a.Token(Target).Split('.')[..2])}.{a.Token(Target, c => c["jti"] = "2").Split('.')[2]}",
        ["its header is cut inside a character"] = a => Cut(a.Token(Target), part: 0),
        ["its claims are cut inside a character"] = a => Cut(a.Token(Target), part: 1),
        ["its signature is cut inside a character"] = a => Cut(a.Token(Target), part: 2),
        ["there are four parts"] = a => a.Token(Target) + ".AAAA",
        ["there are five parts, as if encrypted"] = a => a.Token(Target) + ".AAAA.AAAA",
        ["the key id is missing"] = a => Jws.Sign(Header(a, ("kid", null)), a.TokenClaims(Target), a.IssuerKey),
        ["the key id is unknown"] = a => Jws.Sign(Header(a, ("kid", "none-such")), a.TokenClaims(Target), a.IssuerKey),
        ["the key id is a path"] = a => Jws.SignWithSecret(Header(a, ("alg", "HS256"), ("kid", "../../../../dev/null")), a.TokenClaims(Target), [0]),
        ["the key id is a statement"] = a => Jws.Sign(Header(a, ("kid", "' or 1=1 --")), a.TokenClaims(Target), a.IssuerKey),
        ["the header brings its own key"] = OwnKey,
        ["the header names an address for the key"] = a => OwnKeyAt(a, "jku"),
        ["the header names an address for a certificate"] = a => OwnKeyAt(a, "x5u"),
        ["the audience is only like the hub's"] = a => a.Token(Target, c => c["aud"] = "nhn:vkp2"),
        ["the audience is in other case"] = a => a.Token(Target, c => c["aud"] = "NHN:VKP"),
        ["the audience is missing"] = a => a.Token(Target, c => c.Remove("aud")),
        ["the issuer has a path more"] = a => a.Token(Target, c => c["iss"] = a.Hub.Issuer.Issuer + "/x"),
        ["the issuer is missing"] = a => a.Token(Target, c => c.Remove("iss")),
        ["the expiry is text"] = a => a.Token(Target, c => c["exp"] = "tomorrow"),
        ["the expiry is long ago"] = a => a.Token(Target, c => c["exp"] = 1),
        ["the expiry is negative"] = a => a.Token(Target, c => c["exp"] = -1),
        ["the municipality is a number with blanks"] = a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = $" {TestHub.OrgNo}"),
        ["the municipality is a list"] = a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = new JsonArray(TestHub.OrgNo, TestHub.OtherOrgNo)),
        ["the municipality is a word"] = a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = "Eksempel"),
        ["the municipality is negative"] = a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = "-88134574"),
        ["the vkp-id is another client's"] = a => a.Token(Target, c => c[AccessTokens.VkpIdClaim] = "Evondos_Test_Eksempel"),
        ["the way the client proved itself is missing"] = a => a.Token(Target, c => c.Remove("client_amr")),
        ["the token is bound to a key and sent as bearer"] = a => a.Token(Target, c => c["cnf"] = new JsonObject { ["jkt"] = Jws.Thumbprint(Jws.PublicJwk(a.ClientKey)) }),
        ["the token is bound to a certificate"] = a => a.Token(Target, c => c["cnf"] = new JsonObject { ["x5t#S256"] = "AAAA" }),
        ["the token is twenty thousand characters of nothing"] = _ => new string('A', 20_000),
        ["the token is nested JSON"] = _ => "{\"alg\":{\"alg\":{}}}",
    };

    public static TheoryData<string> TokenNames() => [.. Tokens.Keys];

    [Theory]
    [MemberData(nameof(TokenNames))]
    public async Task A_token_is_refused_when(string what)
    {
        using var answer = await attack.SendAsync(Target, $"Bearer {Tokens[what](attack)}", []);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(await AttackHub.CodeAsync(answer), (string?[])["VKP-802", "VKP-810"]);
        Assert.Equal("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.Single().Parameter);
    }

    /// <summary>Discovery found the issuer under the same address with and without it, and some issuers write it.</summary>
    [Fact]
    public async Task The_issuers_name_may_end_in_a_slash()
    {
        using var answer = await attack.SendAsync(Target, $"Bearer {attack.Token(Target, c => c["iss"] = attack.Hub.Issuer.Issuer.TrimEnd('/') + "/")}", []);
        using var usual = await attack.SendAsync(Target, $"Bearer {attack.Token(Target)}", []);

        // Let in, and then told that an empty body is none.
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(usual.StatusCode, answer.StatusCode);
    }

    private static readonly Dictionary<string, (Func<AttackHub, string> Token, string Code)> Rights = new(StringComparer.Ordinal)
    {
        ["the scope is for reading"] = (a => a.Token(Target, c => c["scope"] = "nhn:vkp/api/user/bundle.read"), "VKP-803"),
        ["the scope is for another resource"] = (a => a.Token(Target, c => c["scope"] = "nhn:vkp/api/user/composition.write"), "VKP-803"),
        ["the scope is in other case"] = (a => a.Token(Target, c => c["scope"] = "nhn:vkp/api/user/BUNDLE.write"), "VKP-803"),
        ["the scope is a wildcard"] = (a => a.Token(Target, c => c["scope"] = "nhn:vkp/api/user/*.write"), "VKP-803"),
        ["the scope is empty"] = (a => a.Token(Target, c => c["scope"] = ""), "VKP-803"),
        ["the scope is missing"] = (a => a.Token(Target, c => c.Remove("scope")), "VKP-803"),
        ["the client speaks another format"] = (a => a.Token(Target, c => { c["client_id"] = "dispensers"; c[AccessTokens.VkpIdClaim] = "Evondos_Test_Eksempel"; }), "VKP-805"),
        ["the client is in other case"] = (a => a.Token(Target, c => c["client_id"] = "RESPONSES"), "VKP-805"),
        ["the client is missing"] = (a => a.Token(Target, c => c.Remove("client_id")), "VKP-805"),
        ["the client is another municipality's"] = (a => a.Token(Target, c => c["client_id"] = "elsewhere"), "VKP-805"),
        ["the municipality is another one"] = (a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = TestHub.OtherOrgNo), "VKP-804"),
        ["the municipality is one nobody registered"] = (a => a.Token(Target, c => c[AccessTokens.OrgNoClaim] = "999999999"), "VKP-804"),
    };

    public static TheoryData<string> RightNames() => [.. Rights.Keys];

    [Theory]
    [MemberData(nameof(RightNames))]
    public async Task A_good_token_gives_no_right_when(string what)
    {
        using var answer = await attack.SendAsync(Target, $"Bearer {Rights[what].Token(attack)}", []);

        Assert.Equal((HttpStatusCode.Forbidden, Rights[what].Code), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        if (Rights[what].Code == "VKP-803") Assert.Equal($"error=\"insufficient_scope\", scope=\"{Target.Scope}\"", answer.Headers.WwwAuthenticate.Single().Parameter);
        else Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("Bearer")]
    [InlineData("{0}")]
    [InlineData("Token {0}")]
    [InlineData("Bearer: {0}")]
    public async Task A_good_token_is_not_seen_under_another_scheme(string form)
    {
        using var answer = await attack.SendAsync(Target, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, attack.Token(Target)), []);

        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-801"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        Assert.Equal(("Bearer", null), (answer.Headers.WwwAuthenticate.Single().Scheme, answer.Headers.WwwAuthenticate.Single().Parameter));
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("authorization")]
    public async Task A_good_token_in_the_address_is_not_seen(string name)
    {
        using var answer = await attack.SendAsync(Target, authorization: null, [], path: $"{Target.Path()}?{name}={attack.Token(Target)}");

        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-801"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    [Fact]
    public async Task No_refusal_repeats_anything_of_the_token()
    {
        var token = attack.Token(Target, c => c["aud"] = "other");

        using var answer = await attack.SendAsync(Target, $"Bearer {token}", []);

        var told = await answer.Content.ReadAsStringAsync() + string.Join(' ', answer.Headers.SelectMany(h => h.Value));
        Assert.All(token.Split('.'), part => Assert.DoesNotContain(part[..20], told, StringComparison.Ordinal));
        Assert.DoesNotContain("responses", told, StringComparison.Ordinal);
    }

    /// <summary>One of its parts is left with a length that no base64url text has.</summary>
    private static string Cut(string token, int part)
    {
        var parts = token.Split('.');
        parts[part] = parts[part][..((parts[part].Length / 4 * 4) - 3)];
        return string.Join('.', parts);
    }

    private static JsonObject Header(AttackHub a, params (string Name, string? Value)[] changes)
    {
        var header = a.TokenHeader();
        foreach (var (name, value) in changes)
        {
            if (value is null) header.Remove(name);
            else header[name] = value;
        }

        return header;
    }

    private static string OwnKey(AttackHub a)
    {
        using var own = RSA.Create(2048);
        var header = Header(a, ("kid", "own"));
        header["jwk"] = Jws.PublicJwk(own);
        return Jws.Sign(header, a.TokenClaims(Target), own);
    }

    private static string OwnKeyAt(AttackHub a, string name)
    {
        using var own = RSA.Create(2048);
        return Jws.Sign(Header(a, ("kid", "own"), (name, "http://127.0.0.1:9/keys")), a.TokenClaims(Target), own);
    }
}
