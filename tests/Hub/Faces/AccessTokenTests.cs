using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Faces;

public class AccessTokenTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Every_route_of_the_faces_refuses_a_request_without_token()
    {
        var hub = shared.Hub;
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "vendors/evondos-style/events"), (HttpMethod.Get, $"vendors/evondos-style/messages/{Guid.NewGuid()}/$status"),
            (HttpMethod.Post, $"epj/r4/{TestHub.OrgNo}/bundle"), (HttpMethod.Get, $"epj/r4/{TestHub.OrgNo}/bundle/{Guid.NewGuid()}/$status"),
        })
        {
            using var request = new HttpRequestMessage(method, new Uri(hub.Address, path));
            using var answer = await hub.Http.SendAsync(request);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }

        foreach (var path in new[] { "admin/status", "admin/held", "admin/tail", "admin/trace/x" })
        {
            using var answer = await hub.Http.GetAsync(new Uri(hub.Address, path));
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_token_of_another_municipality_opens_nothing()
    {
        var hub = shared.Hub;
        var token = await hub.TokenAsync("elsewhere", VendorFace.Scope, VkpFace.BundleScope);

        using var vkp = await hub.PostAsync("{}"u8.ToArray(), path: $"epj/r4/{TestHub.OrgNo}/bundle", token: token);
        Assert.Equal(HttpStatusCode.Forbidden, vkp.StatusCode);
        Assert.Contains("VKP-804", await vkp.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var vendor = await hub.PostAsync(TestHub.Event("dose.dispensed").Body, token: token);
        Assert.Equal(HttpStatusCode.Forbidden, vendor.StatusCode);
        Assert.Contains("VKP-111", await vendor.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
        Assert.Equal(0, (await hub.StatusAsync(TestHub.OtherOrgNo)).Accepted);
    }

    [Fact]
    public async Task A_municipality_does_not_see_anothers_message_status()
    {
        await using var hub = await TestHub.StartAsync();
        using var stored = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s.Journaled == 1);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, stored.Headers.Location!));
        request.Headers.Authorization = new("Bearer", await hub.TokenAsync("elsewhere", VendorFace.Scope));
        using var answer = await hub.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_client_is_good_for_its_own_format_only()
    {
        var hub = shared.Hub;
        hub.Issuer.Register(hub.Client("responses").AsRegistered("Respons_Test_Eksempel", TestHub.OrgNo, [VendorFace.Scope]));

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed").Body, token: await hub.TokenAsync("responses", VendorFace.Scope));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("VKP-805", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, HttpStatusCode, string> Forgeries => new()
    {
        { "own key", HttpStatusCode.Unauthorized, "VKP-802" },
        { "no signature", HttpStatusCode.Unauthorized, "VKP-802" },
        { "public key as secret", HttpStatusCode.Unauthorized, "VKP-802" },
        { "changed claim", HttpStatusCode.Unauthorized, "VKP-802" },
        { "other audience", HttpStatusCode.Unauthorized, "VKP-802" },
        { "no scope", HttpStatusCode.Forbidden, "VKP-803" },
        { "gibberish", HttpStatusCode.Unauthorized, "VKP-802" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_made_or_changed_by_somebody_else_is_refused(string forgery, HttpStatusCode expected, string code)
    {
        var hub = shared.Hub;
        hub.Issuer.Register(hub.Client("dispensers").AsRegistered("Evondos_Test_Eksempel", TestHub.OrgNo, [VendorFace.Scope, VkpFace.BundleScope, "other/read"]));
        var token = await ForgeAsync(hub, forgery);

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed").Body, token: token);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((expected, code), (answer.StatusCode, (string)JsonNode.Parse(text)!["code"]!));
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    private static async Task<string> ForgeAsync(TestHub hub, string forgery)
    {
        var good = await hub.TokenAsync("dispensers");
        var parts = good.Split('.');
        using var rsa = RSA.Create(2048);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        string Sign(SigningCredentials? credentials) => handler.CreateToken(Base64UrlEncoder.Decode(parts[1]), credentials!);
        switch (forgery)
        {
            case "own key":
                return Sign(new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = new JsonWebToken(good).Kid }, SecurityAlgorithms.RsaSha256));
            case "no signature":
                return $"{Base64UrlEncoder.Encode("{\"alg\":\"none\"}")}.{parts[1]}.";
            case "public key as secret":
                var jwks = await hub.Http.GetStringAsync(new Uri(hub.Issuer.BaseAddress, ".well-known/openid-configuration/jwks")).ContinueWith(
                    t => t.IsCompletedSuccessfully ? t.Result : new string('k', 64), TaskScheduler.Default);
                return Sign(new SigningCredentials(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(jwks)), SecurityAlgorithms.HmacSha256));
            case "changed claim":
                var payload = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
                payload[AccessTokens.OrgNoClaim] = TestHub.OtherOrgNo;
                return $"{parts[0]}.{Base64UrlEncoder.Encode(payload.ToJsonString())}.{parts[2]}";
            case "other audience":
                return await hub.TokenAsync("dispensers", "other/read");
            case "no scope":
                return await hub.TokenAsync("dispensers", VkpFace.BundleScope);
            default:
                return "not.a.token";
        }
    }
}
