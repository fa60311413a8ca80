using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>The development issuer's device authorization grant (RFC 8628).</summary>
public sealed class DeviceGrantTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-device-").FullName;
    private readonly HttpClient http = new();
    private DevelopmentIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await DevelopmentIssuer.StartAsync(
        new DevelopmentIssuerOptions("Test", folder, new Dictionary<string, string>(), []) { StaffClient = "vkp-cli" }, TimeProvider.System, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_person_chooses_who_she_is_and_the_command_line_gets_her_token_once()
    {
        var asked = await PostAsync("connect/deviceauthorization", ("client_id", "vkp-cli"));
        var page = await http.GetStringAsync(new Uri((string)asked["verification_uri_complete"]!), TestContext.Current.CancellationToken);
        Assert.Contains((string)asked["user_code"]!, page, StringComparison.Ordinal);
        Assert.Equal("authorization_pending", (string?)(await TakeAsync(asked))["error"]);

        using var approved = await FormAsync("device", ("user_code", (string)asked["user_code"]!), ("subject", "sandbox-oda"));
        var given = await TakeAsync(asked);

        Assert.Equal(200, (int)approved.StatusCode);
        var token = new JsonWebToken((string)given["access_token"]!);
        Assert.Equal(("sandbox-oda", "at+jwt", "vkp:admin", issuer.Issuer), (token.Subject, token.Typ, token.Audiences.Single(), token.Issuer));
        Assert.Equal("invalid_grant", (string?)(await TakeAsync(asked))["error"]);
    }

    [Fact]
    public async Task Nobody_else_fetches_it_and_nobody_is_approved_who_is_not_there()
    {
        var asked = await PostAsync("connect/deviceauthorization", ("client_id", "vkp-cli"));

        Assert.Equal("invalid_client", (string?)(await PostAsync("connect/deviceauthorization", ("client_id", "other")))["error"]);
        using var stranger = await FormAsync("device", ("user_code", (string)asked["user_code"]!), ("subject", "sandbox-nobody"));
        using var noCode = await FormAsync("device", ("user_code", "AAAA-AAAA"), ("subject", "sandbox-oda"));
        Assert.Equal((400, 400), ((int)stranger.StatusCode, (int)noCode.StatusCode));
        Assert.Equal("invalid_grant", (string?)(await TakeAsync(asked, "other"))["error"]);
        Assert.Equal("authorization_pending", (string?)(await TakeAsync(asked))["error"]);
    }

    private Task<JsonNode> TakeAsync(JsonNode asked, string client = "vkp-cli") => PostAsync(
        "connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", (string)asked["device_code"]!), ("client_id", client));

    private async Task<JsonNode> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var answer = await FormAsync(path, form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] form) =>
        http.PostAsync(new Uri(issuer.BaseAddress, path), new FormUrlEncodedContent(form.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))), TestContext.Current.CancellationToken);
}
