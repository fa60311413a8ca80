using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Every operation of every face against every way of having no right to it: a row each, named by the attack and the operation.</summary>
public sealed class EveryRouteTests(AttackHub attack) : IClassFixture<AttackHub>
{
    /// <summary>The attack, what the token becomes by it, and the expected answer.</summary>
    private static readonly (string Name, Func<AttackHub, Operation, string?> Token, HttpStatusCode Status, string Code)[] TokenAttacks =
    [
        ("without a token", (_, _) => null, HttpStatusCode.Unauthorized, "VKP-801"),
        ("with a token that is none", (_, _) => "not.a.token", HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token signed by nobody", (a, o) => Jws.Unsigned(Header(a, "none"), a.TokenClaims(o)), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token signed with the issuer's public key as secret", (a, o) => Jws.SignWithSecret(Header(a, "HS256"), a.TokenClaims(o), a.IssuerPublicKey), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token signed with another key under the issuer's name", SignedByAnother, HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token whose municipality was changed after signing", Tampered, HttpStatusCode.Unauthorized, "VKP-802"),
        ("with an expired token", (a, o) => a.Token(o, c => c["exp"] = Now - 60), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token that is not valid yet", (a, o) => a.Token(o, c => c["nbf"] = Now + 60), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token that never expires", (a, o) => a.Token(o, c => c.Remove("exp")), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token for another audience", (a, o) => a.Token(o, c => c["aud"] = "other"), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token of another issuer", (a, o) => a.Token(o, c => c["iss"] = "https://issuer.example.org"), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token of a client that proved itself by a shared secret", (a, o) => a.Token(o, c => c["client_amr"] = "client_secret_post"), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token that names no municipality", (a, o) => a.Token(o, c => c.Remove(AccessTokens.OrgNoClaim)), HttpStatusCode.Unauthorized, "VKP-802"),
        ("with a token of another scope", (a, o) => a.Token(o, c => c["scope"] = new JsonArray("nhn:vkp/api/user/patient.read.all")), HttpStatusCode.Forbidden, "VKP-803"),
        ("with a token whose scope only begins alike", (a, o) => a.Token(o, c => c["scope"] = o.Scope + "x"), HttpStatusCode.Forbidden, "VKP-803"),
        ("with a token of a client that nobody registered", (a, o) => a.Token(o, c => c["client_id"] = "stranger"), HttpStatusCode.Forbidden, "VKP-805"),
    ];

    private static readonly RSA AnotherKey = RSA.Create(2048);

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static TheoryData<string, string> TokenRows() =>
        [.. from operation in Operation.OfFaces from token in TokenAttacks select new TheoryDataRow<string, string>(operation.ToString(), token.Name)];

    [Theory]
    [MemberData(nameof(TokenRows))]
    public async Task No_face_opens(string operation, string name)
    {
        var (_, makeToken, status, code) = TokenAttacks.Single(a => a.Name == name);
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);
        var token = makeToken(attack, target);

        using var answer = token is null ? await attack.SendAsync(target, authorization: null, []) : await attack.SendAsync(target, token);

        Assert.Equal((status, code), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        if (status == HttpStatusCode.Unauthorized) Assert.Equal(target.IsBound ? "DPoP" : "Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    public static TheoryData<string> FaceRows() => [.. Operation.OfFaces.Select(o => o.ToString())];

    /// <summary>Without this, the rows above could all fail for a reason they do not name.</summary>
    [Theory]
    [MemberData(nameof(FaceRows))]
    public async Task The_same_request_with_nothing_wrong_passes_the_door(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);

        using var answer = await attack.SendAsync(target, attack.Token(target));

        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
        Assert.NotEqual("VKP-401", await AttackHub.CodeAsync(answer));
    }

    [Theory]
    [MemberData(nameof(FaceRows))]
    public async Task A_token_of_another_municipality_does_not_open(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);

        using var answer = await attack.SendAsync(target, attack.Token(target, c => c[AccessTokens.OrgNoClaim] = TestHub.OtherOrgNo));

        Assert.Equal((HttpStatusCode.Forbidden, target.NamesMunicipality ? "VKP-804" : "VKP-805"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    public static TheoryData<string, string> AdministrationRows() =>
        [.. from operation in Operation.OfAdministration from credential in Credentials.Keys select new TheoryDataRow<string, string>(operation.ToString(), credential)];

    /// <summary>What is sent, and with which code it is refused; what a person's token may lack, AdminMatrixTests try.</summary>
    private static readonly Dictionary<string, (Func<AttackHub, string?> Header, string Code)> Credentials = new(StringComparer.Ordinal)
    {
        ["without a token"] = (_ => null, "VKP-806"),
        ["with a vendor's access token"] = (a => $"Bearer {a.Token(Operation.OfFaces[0])}", "VKP-802"),
        ["with another token"] = (_ => "Bearer for-testS", "VKP-802"),
        ["with the token and more"] = (_ => $"Bearer {TestHub.AdminToken}2", "VKP-802"),
        ["with the token under another scheme"] = (_ => $"Basic {TestHub.AdminToken}", "VKP-806"),
    };

    [Theory]
    [MemberData(nameof(AdministrationRows))]
    public async Task The_administration_does_not_open(string operation, string credential)
    {
        var target = Operation.OfAdministration.Single(o => o.ToString() == operation);

        var (header, code) = Credentials[credential];

        using var answer = await attack.SendAsync(target, header(attack), []);

        Assert.Equal((HttpStatusCode.Unauthorized, code), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public void Only_the_signs_of_life_what_the_hub_can_do_and_what_is_signed_take_no_token() =>
        Assert.Equal(["GET /fhir/metadata", "GET /livez", "GET /readyz", "POST /vendors/{vendor}/webhooks/{orgnr}/{client}", "POST /vendors/{vendor}/webhooks/{orgnr}/{client}/$status"], Operation.All.Except(Operation.OfFaces).Except(Operation.OfAdministration).Select(o => o.ToString()).Order(StringComparer.Ordinal));

    private static JsonObject Header(AttackHub a, string algorithm)
    {
        var header = a.TokenHeader();
        header["alg"] = algorithm;
        return header;
    }

    private static string SignedByAnother(AttackHub a, Operation o) => Jws.Sign(a.TokenHeader(), a.TokenClaims(o), AnotherKey);

    private static string Tampered(AttackHub a, Operation o)
    {
        var (good, other) = (a.Token(o).Split('.'), a.Token(o, c => c[AccessTokens.OrgNoClaim] = TestHub.OtherOrgNo).Split('.'));
        return $"{good[0]}.{other[1]}.{good[2]}";
    }
}
