using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Intake;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Proofs of possession (RFC 9449 section 4.3): what each check catches, on one address; that every bound address asks for one, EveryRouteTests show.</summary>
public sealed class ProofAttackTests(AttackHub attack) : IClassFixture<AttackHub>
{
    private static readonly Operation Target = Operation.OfFaces.Single(o => o.ToString() == "GET /v1/Composition/{id}/$status");

    private static readonly ECDsa Another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa Longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private static readonly RSA Strong = RSA.Create(2048);
    private static readonly RSA Weak = RSA.Create(1024);

    private delegate string MakeProof(AttackHub attack, string token);

    private static readonly Dictionary<string, MakeProof> Proofs = new(StringComparer.Ordinal)
    {
        ["is empty"] = (_, _) => " ",
        ["is no JWT"] = (_, _) => "proof",
        ["is the access token"] = (_, t) => t,
        ["has no typ"] = Header(h => h.Remove("typ")),
        ["has the typ of an access token"] = Header(h => h["typ"] = "at+jwt"),
        ["has the typ JWT"] = Header(h => h["typ"] = "JWT"),
        ["has alg none"] = (a, t) => Jws.Unsigned(With(a.ProofHeader(), h => h["alg"] = "none"), a.ProofClaims(Target, t)),
        ["is signed with its public key as secret"] = (a, t) => Jws.SignWithSecret(With(a.ProofHeader(), h => h["alg"] = "HS256"), a.ProofClaims(Target, t), a.ClientKey.ExportSubjectPublicKeyInfo()),
        ["is signed with a secret it brings along"] = (a, t) => Jws.SignWithSecret(With(a.ProofHeader(), h => { h["alg"] = "HS256"; h["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }; }), a.ProofClaims(Target, t), [0, 0, 0]),
        ["is signed with SHA-1"] = (a, t) => Jws.Sign(a.ProofHeader(Strong, "RS1"), a.ProofClaims(Target, t), Strong),
        ["is signed with an algorithm off the list"] = (a, t) => Jws.Sign(a.ProofHeader(Strong, "RS512"), a.ProofClaims(Target, t), Strong),
        ["has no key"] = Header(h => h.Remove("jwk")),
        ["has a key that is text"] = Header(h => h["jwk"] = "AAAA"),
        ["has a key that is a list"] = Header(h => h["jwk"] = new JsonArray()),
        ["has an empty key"] = Header(h => h["jwk"] = new JsonObject()),
        ["brings its private key"] = Header(h => h["jwk"]!["d"] = "AAAA"),
        ["brings a shared key beside"] = Header(h => h["jwk"]!["k"] = "AAAA"),
        ["has a key of another curve than its algorithm"] = (a, t) => Jws.Sign(a.ProofHeader(Longer), a.ProofClaims(Target, t), Longer),
        ["has an RSA key under an EC algorithm"] = (a, t) => Jws.Sign(a.ProofHeader(Strong, "ES256"), a.ProofClaims(Target, t), Another),
        ["has a weak RSA key"] = (a, t) => Jws.Sign(a.ProofHeader(Weak, "RS256"), a.ProofClaims(Target, t), Weak),
        ["has a point that is not on the curve"] = Header(h => h["jwk"]!["y"] = Base64UrlEncoder.Encode(new byte[32])),
        ["has coordinates that are cut"] = Header(h => h["jwk"]!["x"] = "AAAA"),
        ["is signed with another key than it names"] = (a, t) => Jws.Sign(a.ProofHeader(), a.ProofClaims(Target, t), Another),
        ["is another key's, well made"] = (a, t) => Jws.Sign(a.ProofHeader(Another), a.ProofClaims(Target, t), Another),
        ["names an address for its key"] = Header(h => { h.Remove("jwk"); h["jku"] = "http://127.0.0.1:9/keys"; }),
        ["demands an extension"] = Header(h => h["crit"] = new JsonArray("exp")),
        ["has no id"] = Claims(c => c.Remove("jti")),
        ["has an empty id"] = Claims(c => c["jti"] = ""),
        ["has an id that is a number"] = Claims(c => c["jti"] = 1),
        ["has an id of 300 characters"] = Claims(c => c["jti"] = new string('j', 300)),
        ["names no method"] = Claims(c => c.Remove("htm")),
        ["is for another method"] = Claims(c => c["htm"] = "POST"),
        ["is for the method in lower case"] = Claims(c => c["htm"] = "get"),
        ["names no address"] = Claims(c => c.Remove("htu")),
        ["is for another host"] = Address(u => { u.Host = "hub.example.org"; }),
        ["is for the host's other name"] = Address(u => { u.Host = "localhost"; }),
        ["is for another port"] = Address(u => { u.Port++; }),
        ["is for https where the hub speaks http"] = Address(u => { u.Scheme = "https"; }),
        ["is for another path"] = Address(u => { u.Path += "/x"; }),
        ["is for the path of another message"] = Address(u => { u.Path = "/v1/Composition/0190a000-0000-7000-8000-000000000002/$status"; }),
        ["is for the path in other case"] = Address(u => { u.Path = u.Path.ToLowerInvariant(); }),
        ["is for an address with a user"] = Address(u => { u.UserName = "hub"; }),
        ["is for a relative address"] = Claims(c => c["htu"] = "/v1/Composition"),
        ["is for a file"] = Claims(c => c["htu"] = "file:///v1/Composition"),
        ["does not say when it was made"] = Claims(c => c.Remove("iat")),
        ["says in words when it was made"] = Claims(c => c["iat"] = "now"),
        ["was made five minutes ago"] = Claims(c => c["iat"] = Now - 300),
        ["was made five minutes from now"] = Claims(c => c["iat"] = Now + 300),
        ["was made before all time"] = Claims(c => c["iat"] = -1),
        ["was made after all time"] = Claims(c => c["iat"] = long.MaxValue),
        ["has a broken time"] = Claims(c => c["iat"] = 1.5e300),
        ["names no token"] = Claims(c => c.Remove("ath")),
        ["is for another token"] = Claims(c => c["ath"] = Base64UrlEncoder.Encode(SHA256.HashData("another"u8))),
        ["has the token's hash in hexadecimal"] = (a, t) => Sign(a, t, c => c["ath"] = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(t)))),
        ["is longer than any real one"] = Claims(c => c["more"] = new string('x', 5000)),
    };

    public static TheoryData<string> ProofNames() => [.. Proofs.Keys];

    [Theory]
    [MemberData(nameof(ProofNames))]
    public async Task A_bound_token_is_refused_when_its_proof(string what)
    {
        var token = attack.Token(Target);

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [Proofs[what](attack, token)]);

        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-808"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
        var challenge = answer.Headers.WwwAuthenticate.Single();
        Assert.Equal("DPoP", challenge.Scheme);
        Assert.Contains("error=\"invalid_dpop_proof\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains("ES256", challenge.Parameter, StringComparison.Ordinal);
    }

    private static readonly Dictionary<string, MakeProof> GoodProofs = new(StringComparer.Ordinal)
    {
        ["is of now"] = (a, t) => a.Proof(Target, t),
        ["is of thirty seconds ago"] = Claims(c => c["iat"] = Now - 30),
        ["is by a clock five seconds ahead"] = Claims(c => c["iat"] = Now + 5),
        ["has a query in its address, which is left aside"] = Claims(c => c["htu"] = (string)c["htu"]! + "?cursor=1"),
        ["has the address with escapes"] = Claims(c => c["htu"] = ((string)c["htu"]!).Replace("$", "%24", StringComparison.Ordinal)),
        ["has a key with a name and a use"] = Header(h => { h["jwk"]!["kid"] = "mine"; h["jwk"]!["use"] = "sig"; }),
    };

    public static TheoryData<string> GoodProofNames() => [.. GoodProofs.Keys];

    /// <summary>404: the door is open, and nobody has that message.</summary>
    [Theory]
    [MemberData(nameof(GoodProofNames))]
    public async Task A_bound_token_is_taken_when_its_proof(string what)
    {
        var token = attack.Token(Target);

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [GoodProofs[what](attack, token)]);

        Assert.Equal((HttpStatusCode.NotFound, "VKP-120"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("RS256")]
    public async Task A_proof_by_an_RSA_key_is_taken_with(string algorithm)
    {
        var token = attack.Token(Target, c => c["cnf"] = new JsonObject { ["jkt"] = Jws.Thumbprint(Jws.PublicJwk(Strong)) });

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [Jws.Sign(attack.ProofHeader(Strong, algorithm), attack.ProofClaims(Target, token), Strong)]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(BoundOperations))]
    public async Task A_proof_is_good_for_one_request(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);
        var token = attack.Token(target);
        var proof = attack.Proof(target, token);

        using var first = await attack.SendAsync(target, $"DPoP {token}", [proof]);
        using var replayed = await attack.SendAsync(target, $"DPoP {token}", [proof]);

        Assert.NotEqual(HttpStatusCode.Unauthorized, first.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-808"), (replayed.StatusCode, await AttackHub.CodeAsync(replayed)));
    }

    [Fact]
    public async Task The_same_proof_at_twenty_requests_at_once_is_good_for_one()
    {
        var token = attack.Token(Target);
        var proof = attack.Proof(Target, token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => attack.SendAsync(Target, $"DPoP {token}", [proof])));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.NotFound));
        Assert.Equal(19, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_proof_used_at_one_node_is_used_at_every_node()
    {
        // Both are called under one name, as behind a load balancer.
        await using var other = await attack.Hub.StartNodeAsync(o => o with { PublicAddresses = [attack.Hub.Address] });
        var token = attack.Token(Target);
        var proof = attack.Proof(Target, token);

        using var first = await attack.SendAsync(Target, $"DPoP {token}", [proof], other.Address);
        using var second = await attack.SendAsync(Target, $"DPoP {token}", [proof], attack.Hub.Address);

        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
    }

    [Theory]
    [InlineData("https://hub.example.org/", "https://hub.example.org/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", true)]
    [InlineData("https://hub.example.org/", "https://HUB.example.org:443/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", true)]
    [InlineData("https://hub.example.org/jft", "https://hub.example.org/jft/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", true)]
    [InlineData("https://hub.example.org/jft", "https://hub.example.org/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", false)]
    [InlineData("https://hub.example.org/", "http://hub.example.org/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", false)]
    [InlineData("https://hub.example.org/", "https://other.example.org/v1/Composition/0190a000-0000-7000-8000-000000000001/$status", false)]
    public async Task Behind_a_proxy_the_proof_names_the_published_address(string published, string named, bool expected)
    {
        await using var node = await attack.Hub.StartNodeAsync(o => o with { PublicAddresses = [new Uri(published)] });
        var token = attack.Token(Target);

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [Sign(attack, token, c => c["htu"] = named)], node.Address);

        Assert.Equal(expected ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(HubEnvironment.Development, 5709, HttpStatusCode.NotFound)]
    [InlineData(HubEnvironment.Development, 5710, HttpStatusCode.Unauthorized)]
    [InlineData(HubEnvironment.Test, 5709, HttpStatusCode.Unauthorized)]
    public async Task In_a_sandbox_a_proof_may_name_the_one_address_where_a_self_test_passes_requests_on(HubEnvironment environment, int port, HttpStatusCode expected)
    {
        await using var node = await attack.Hub.StartNodeAsync(o => o with { PassedOnFrom = [new Uri("http://127.0.0.1:5709/")], Environment = environment });
        var token = attack.Token(Target);

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [Sign(attack, token, c => c["htu"] = $"http://127.0.0.1:{port}/{Target.Path()}")], node.Address);
        using var own = await attack.SendAsync(Target, $"DPoP {token}", [Sign(attack, token, c => c["htu"] = new Uri(node.Address, Target.Path()).AbsoluteUri)], node.Address);

        Assert.Equal((expected, HttpStatusCode.NotFound), (answer.StatusCode, own.StatusCode));
    }

    [Fact]
    public async Task What_a_caller_says_of_the_proxy_is_not_believed()
    {
        var token = attack.Token(Target);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(attack.Hub.Address, Target.Path()));
        request.Headers.Host = "hub.example.org";
        request.Headers.Add("X-Forwarded-Host", "hub.example.org");
        request.Headers.Add("Forwarded", "host=hub.example.org;proto=http");
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
        request.Headers.TryAddWithoutValidation("DPoP", Sign(attack, token, c => c["htu"] = "http://hub.example.org/" + Target.Path()));

        using var answer = await http.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-808"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    [Fact]
    public async Task Two_proofs_are_as_good_as_none()
    {
        var token = attack.Token(Target);

        using var answer = await attack.SendAsync(Target, $"DPoP {token}", [attack.Proof(Target, token), attack.Proof(Target, token)]);

        Assert.Equal((HttpStatusCode.Unauthorized, "VKP-808"), (answer.StatusCode, await AttackHub.CodeAsync(answer)));
    }

    public static TheoryData<string> BoundOperations() => [.. Operation.OfFaces.Where(o => o.IsBound).Select(o => o.ToString())];

    [Theory]
    [MemberData(nameof(BoundOperations))]
    public async Task A_bound_token_sent_as_bearer_does_not_open(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);
        var token = attack.Token(target);

        using var alone = await attack.SendAsync(target, $"Bearer {token}", []);
        using var withProof = await attack.SendAsync(target, $"Bearer {token}", [attack.Proof(target, token)]);

        Assert.Equal(("VKP-810", "VKP-810"), (await AttackHub.CodeAsync(alone), await AttackHub.CodeAsync(withProof)));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (alone.StatusCode, withProof.StatusCode));
    }

    [Theory]
    [MemberData(nameof(BoundOperations))]
    public async Task A_token_bound_to_no_key_does_not_open(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);
        var token = attack.Token(target, c => c.Remove("cnf"));

        using var asBearer = await attack.SendAsync(target, $"Bearer {token}", []);
        using var withProof = await attack.SendAsync(target, token);

        Assert.Equal(("VKP-809", "VKP-809"), (await AttackHub.CodeAsync(asBearer), await AttackHub.CodeAsync(withProof)));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (asBearer.StatusCode, withProof.StatusCode));
    }

    [Theory]
    [MemberData(nameof(BoundOperations))]
    public async Task A_stolen_token_without_the_key_does_not_open(string operation)
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == operation);
        var token = attack.Token(target);

        using var without = await attack.SendAsync(target, $"DPoP {token}", []);
        using var thief = await attack.SendAsync(target, $"DPoP {token}", [Jws.Sign(attack.ProofHeader(Another), attack.ProofClaims(target, token), Another)]);
        using var elsewhere = await attack.SendAsync(target, $"DPoP {token}", [Jws.Sign(attack.ProofHeader(), With(attack.ProofClaims(target, token), c => c["htu"] = "https://other.example.org/"), attack.ClientKey)]);

        Assert.Equal(("VKP-808", "VKP-808", "VKP-808"), (await AttackHub.CodeAsync(without), await AttackHub.CodeAsync(thief), await AttackHub.CodeAsync(elsewhere)));
    }

    /// <summary>A vendor may bind its tokens where none is demanded; then the proof counts there too.</summary>
    [Fact]
    public async Task Where_bearer_tokens_are_taken_a_bound_one_is_taken_with_its_proof_only()
    {
        var target = Operation.OfFaces.Single(o => o.ToString() == "GET /vendors/{vendor}/messages/{id}/$status");
        var token = attack.Token(target, c => c["cnf"] = new JsonObject { ["jkt"] = Jws.Thumbprint(Jws.PublicJwk(attack.ClientKey)) });

        using var bearer = await attack.SendAsync(target, $"Bearer {token}", []);
        using var proven = await attack.SendAsync(target, $"DPoP {token}", [attack.Proof(target, token)]);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), (bearer.StatusCode, proven.StatusCode));
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static MakeProof Header(Action<JsonObject> change) => (a, t) => Jws.Sign(With(a.ProofHeader(), change), a.ProofClaims(Target, t), a.ClientKey);

    private static MakeProof Claims(Action<JsonObject> change) => (a, t) => Sign(a, t, change);

    private static MakeProof Address(Action<UriBuilder> change) => (a, t) => Sign(a, t, c =>
    {
        var address = new UriBuilder((string)c["htu"]!);
        change(address);
        c["htu"] = address.Uri.AbsoluteUri;
    });

    private static string Sign(AttackHub a, string token, Action<JsonObject> change) => Jws.Sign(a.ProofHeader(), With(a.ProofClaims(Target, token), change), a.ClientKey);

    private static JsonObject With(JsonObject value, Action<JsonObject> change)
    {
        change(value);
        return value;
    }
}
