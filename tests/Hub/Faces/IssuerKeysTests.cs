using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Outbound;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Faces;

/// <summary>The issuer's keys: found by discovery, kept, rotated, and never hammered for.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private static readonly RSA Key = RSA.Create(2048);

    private readonly JumpingClock clock = new();
    private readonly HashSet<string> published = ["first"];
    private RecordingHub issuer = null!;
    private string? otherName;
    private bool isDevelopment;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        issuer = await RecordingHub.StartAsync(Ct);
        (issuer.Answer, issuer.Body) = ((_, _) => 200, Told);
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task Keys_are_fetched_once_and_kept_for_an_hour()
    {
        using var keys = Keys();

        for (var i = 0; i < 100; i++) Assert.Equal(["first"], await NamesAsync(keys, "first"));

        Assert.Equal(1, Fetches);
        await MoveAsync(TimeSpan.FromMinutes(61));
        await NamesAsync(keys, "first");
        Assert.Equal(2, Fetches);
    }

    [Fact]
    public async Task A_new_key_is_found_by_one_refresh_and_a_withdrawn_one_is_gone()
    {
        using var keys = Keys();
        await NamesAsync(keys, "first");
        await MoveAsync(Limits.IssuerRefreshMin + TimeSpan.FromSeconds(1));
        (_, _) = (published.Remove("first"), published.Add("second"));

        Assert.Equal(["second"], await NamesAsync(keys, "second"));

        Assert.Equal(2, Fetches);
    }

    [Fact]
    public async Task A_thousand_tokens_with_invented_keys_make_one_request_in_ten_seconds()
    {
        using var keys = Keys();
        await NamesAsync(keys, "first");
        await MoveAsync(Limits.IssuerRefreshMin + TimeSpan.FromSeconds(1));

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => NamesAsync(keys, $"invented-{i}")));

        Assert.Equal(2, Fetches);
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_known_keys_go_on()
    {
        using var keys = Keys();
        await NamesAsync(keys, "first");
        issuer.Answer = (_, _) => 503;
        await MoveAsync(TimeSpan.FromHours(2));

        Assert.Equal(["first"], await NamesAsync(keys, "first"));
    }

    [Fact]
    public async Task An_issuer_that_calls_itself_by_another_name_has_no_keys()
    {
        otherName = "https://helseid.example.org";
        using var keys = Keys();

        Assert.Null(await keys.GetAsync("first", Ct));
    }

    [Theory]
    [InlineData(HubEnvironment.Production, false)]
    [InlineData(HubEnvironment.Test, true)]
    public async Task In_production_a_development_issuer_has_no_keys_however_it_is_reached(HubEnvironment environment, bool expected)
    {
        isDevelopment = true;
        using var keys = Keys(environment);

        Assert.Equal(expected, await keys.GetAsync("first", Ct) is not null);
    }

    [Theory]
    [InlineData("http://helseid.example.org/")]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1:5702/")]
    [InlineData("https://[::1]/")]
    public void In_production_an_issuer_on_this_machine_or_without_https_is_refused_at_start(string authority)
    {
        var refused = Assert.Throws<HubStartException>(() => IssuerKeys.Check(new Uri(authority), HubEnvironment.Production));

        Assert.Equal("VKP-903", refused.Error.Code);
        IssuerKeys.Check(new Uri(authority), HubEnvironment.Test);
        IssuerKeys.Check(new Uri("https://helseid-sts.nhn.no"), HubEnvironment.Production);
    }

    private int Fetches => issuer.Requests.Count(r => r.Path.EndsWith("jwks", StringComparison.Ordinal));

    private IssuerKeys Keys(HubEnvironment environment = HubEnvironment.Development) => new(issuer.Address, environment, OutboundPolicy.OfPerson, clock);

    private static async Task<IEnumerable<string>?> NamesAsync(IssuerKeys keys, string keyId) => (await keys.GetAsync(keyId, Ct))?.Select(k => k.KeyId);

    /// <summary>The clock has moved on by every wait that is asked of it.</summary>
    private async Task MoveAsync(TimeSpan by)
    {
        await using var timer = clock.CreateTimer(_ => { }, null, by, Timeout.InfiniteTimeSpan);
    }

    private string Told(HttpContext http)
    {
        var body = http.Request.Path.Value!.EndsWith("jwks", StringComparison.Ordinal)
            ? new JsonObject { ["keys"] = new JsonArray([.. published.Select(name => (JsonNode)JwkOf(name))]) }
            : new JsonObject { ["issuer"] = otherName ?? issuer.Address.AbsoluteUri.TrimEnd('/'), ["jwks_uri"] = new Uri(issuer.Address, "jwks").AbsoluteUri };
        if (isDevelopment) body["vkp_development_issuer"] = true;
        return body.ToJsonString();
    }

    private static JsonObject JwkOf(string name)
    {
        var parts = Key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = name, ["use"] = "sig", ["n"] = Base64UrlEncoder.Encode(parts.Modulus), ["e"] = Base64UrlEncoder.Encode(parts.Exponent) };
    }
}
