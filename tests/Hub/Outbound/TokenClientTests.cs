using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Faces;
using Vkp.Hub.Identity;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Outbound;

/// <summary>The hub as a client: against the sandbox's issuer, which reads assertions and proofs as strictly as HelseID and without the hub's code.</summary>
public sealed class TokenClientTests : IAsyncLifetime
{
    private const string ClientId = "hub-at-epj", EpjScope = "other/journal.write";

    private static string? s_issuerKey;

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-token-client-").FullName;
    private readonly SetClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly List<(string Authorization, string? Proof, Uri Address)> seen = [];
    private DevelopmentIssuer issuer = null!;
    private RecordingHub epj = null!;
    private EpjChannel channel = null!;
    private string keyText = "";

    private string IssuerKeyFile => Path.Combine(folder, "issuer.jwk");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // RSA keys take long to make.
        if (s_issuerKey is not null) await File.WriteAllTextAsync(IssuerKeyFile, s_issuerKey, Ct);
        issuer = await DevelopmentIssuer.StartAsync(new DevelopmentIssuerOptions("Test", folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["other/"] = "epj" }, []), clock, Ct);
        s_issuerKey ??= await File.ReadAllTextAsync(IssuerKeyFile, Ct);
        epj = await RecordingHub.StartAsync(Ct);
        epj.Answer = (_, http) => Note(http, 200);
        channel = new EpjChannel(OutboundPolicy.OfPerson, clock);
        UseKey("first");
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await epj.DisposeAsync();
        await issuer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_bound_token_is_fetched_once_and_every_request_proves_the_key_it_is_bound_to()
    {
        await SendAsync("journal?x=1");
        await SendAsync("journal");

        Assert.Equal(seen[0].Authorization, seen[1].Authorization);
        var token = seen[0].Authorization.Split(' ') is ["DPoP", var value] ? value : null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, text, address) in seen)
        {
            var (proof, fault) = await PossessionProof.ReadAsync(text!);
            Assert.Null(fault);
            Assert.Equal(new JsonWebToken(token).GetPayloadValue<JsonElement>("cnf").GetProperty("jkt").GetString(), proof!.Thumbprint);
            Assert.Equal(("POST", address.GetLeftPart(UriPartial.Path)), (proof.Method, proof.Address));
            Assert.Equal(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token!))), proof.TokenHash);
            Assert.True(ids.Add(proof.Id));
        }
    }

    [Fact]
    public async Task Where_the_journal_system_takes_bearer_tokens_one_is_sent_as_such()
    {
        await SendAsync("journal", use: "bearer");

        var (authorization, proof, _) = Assert.Single(seen);
        Assert.StartsWith("Bearer ", authorization, StringComparison.Ordinal);
        Assert.Null(proof);
        Assert.False(new JsonWebToken(authorization[7..]).TryGetPayloadValue<JsonElement>("cnf", out _));
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_one_that_is_refused_is_replaced_once()
    {
        await SendAsync("journal");
        clock.Now += TimeSpan.FromMinutes(10) - Limits.TokenMargin;
        await SendAsync("journal");
        Assert.NotEqual(seen[0].Authorization, seen[1].Authorization);

        clock.Now += TimeSpan.FromSeconds(2);
        epj.Answer = (number, http) => Note(http, number == 2 ? 401 : 200);
        Assert.Equal(200, ((EpjAnswer.Response)await SendAsync("journal")).Status);
        Assert.Equal(4, seen.Count);
        Assert.NotEqual(seen[2].Authorization, seen[3].Authorization);

        epj.Answer = (_, http) => Note(http, 401);
        Assert.Equal(401, ((EpjAnswer.Response)await SendAsync("journal")).Status);
        Assert.Equal(6, seen.Count);
    }

    [Fact]
    public async Task A_changed_key_works_without_a_restart_and_a_withdrawn_one_sends_nothing()
    {
        await SendAsync("journal");
        UseKey("second");
        Assert.IsType<EpjAnswer.Response>(await SendAsync("journal"));

        keyText = "";
        Assert.IsType<EpjAnswer.NotSent>(await SendAsync("journal"));
        keyText = new DevelopmentKey(folder, "stranger").Text;
        Assert.IsType<EpjAnswer.NotSent>(await SendAsync("journal"));
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_issuer_is_not_hammered()
    {
        await using var away = await RecordingHub.StartAsync(Ct);
        away.Answer = (_, _) => 503;

        for (var i = 0; i < 20; i++) Assert.IsType<EpjAnswer.NotSent>(await SendAsync("journal", at: away.Address));
        Assert.Single(away.Requests);
        clock.Now += Limits.TokenAskedAgainAfter;
        await SendAsync("journal", at: away.Address);

        Assert.Equal(2, away.Requests.Count);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_delivery_and_a_look_up_show_a_token_and_the_adapter_never_sees_the_key()
    {
        await using var hub = await TestHub.StartAsync();
        Environment.SetEnvironmentVariable("VKP_TEST_TOKEN_KEY", keyText);
        hub.Issuer.Register(new DevelopmentKey(folder, "first").Client.AsRegistered(null, null, [EpjScope]));
        hub.Issuer.Register(hub.Client("responses").AsRegistered("Respons_Test_Eksempel", TestHub.OrgNo, [.. LookUpFace.Scopes]));
        await hub.ConfigureAsync(hub.CurrentConfiguration.Replace($"address: \"{hub.Epj.FhirBase}\"", $"address: \"{epj.Address}\", settings: {{ tokenIssuer: \"{hub.Issuer.Issuer}\", tokenClient: {ClientId}, tokenKey: \"env:VKP_TEST_TOKEN_KEY\" }}", StringComparison.Ordinal)
            .Replace("vendor: vkp-r4,", "vendor: vkp-r4, serviceCodes: [ TA ],", StringComparison.Ordinal));

        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        while (seen.Count == 0) await Task.Yield();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"epj/r4/{TestHub.OrgNo}/careplan/_search"))
        {
            Content = new FormUrlEncodedContent([new("patient.identifier", SyntheticPeople.All[0].NationalId)]),
            Headers = { Authorization = new("Bearer", await hub.TokenAsync("responses", [.. LookUpFace.Scopes])) },
        };
        request.Headers.Add("ServiceCodes", "ta");
        using var looked = await hub.Http.SendAsync(request, Ct);

        Assert.Contains(seen, call => call.Address.AbsolutePath == "/$process-message");
        Assert.Contains(seen, call => call.Address.AbsolutePath == "/CarePlan/_search");
        Assert.All(seen, call => Assert.StartsWith("DPoP ", call.Authorization, StringComparison.Ordinal));
        Assert.DoesNotContain("tokenKey", DestinationSettings.Resolve(Settings(issuer.BaseAddress, "dpop"), _ => keyText).Keys);
    }

    private void UseKey(string name)
    {
        var key = new DevelopmentKey(folder, name);
        issuer.Register(key.Client.AsRegistered(null, null, [EpjScope]));
        keyText = key.Text;
    }

    private Task<EpjAnswer> SendAsync(string path, string use = "dpop", Uri? at = null) =>
        channel.To(888134574, new Destination("epj", "fhir-messaging", epj.Address.AbsoluteUri) { Settings = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, Settings(at ?? issuer.BaseAddress, use)) }, _ => keyText)(
            new EpjRequest("POST", path, "application/json", "{}"u8.ToArray()), Ct);

    private static Dictionary<string, string> Settings(Uri issuer, string use) => new(StringComparer.Ordinal)
    {
        [TokenSettings.Issuer] = issuer.AbsoluteUri, [TokenSettings.Client] = ClientId, [TokenSettings.Key] = "env:VKP_TEST_TOKEN_KEY", [TokenSettings.Scope] = EpjScope, [TokenSettings.Use] = use,
    };

    private int Note(Microsoft.AspNetCore.Http.HttpContext http, int status)
    {
        lock (seen) seen.Add((http.Request.Headers.Authorization.ToString(), http.Request.Headers["DPoP"], new Uri(epj.Address, http.Request.Path.Value)));
        return status;
    }

    /// <summary>The same client with a key of that name.</summary>
    private sealed class DevelopmentKey(string folder, string name)
    {
        private string File => Path.Combine(folder, name + ".jwk");

        public DevelopmentClient Client => DevelopmentClient.Open(ClientId, File, TimeProvider.System);

        public string Text => Client is not null ? System.IO.File.ReadAllText(File) : "";
    }
}
