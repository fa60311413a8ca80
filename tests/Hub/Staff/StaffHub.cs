using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Hub.Tests.Attacks;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Staff;

/// <summary>A hub whose two municipalities have people with roles, and the key of the issuer that signs them in.</summary>
public sealed class StaffHub : IAsyncLifetime
{
    /// <summary>One role each in the first municipality.</summary>
    public const string Watcher = "oda", Actor = "anders", Granter = "berit";

    /// <summary>Every role in the other municipality, and none in the first.</summary>
    public const string Elsewhere = "egil";

    /// <summary>Every role in the first municipality, until yesterday.</summary>
    public const string Former = "fredrik";

    public const string Nobody = "nina";

    private readonly HttpClient raw = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private RSA key = null!;
    private string keyId = null!;

    public TestHub Hub { get; private set; } = null!;

    public string Issuer => Hub.Issuer.Issuer;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        key = Jws.Load(Hub.IssuerKeyFile);
        keyId = (string)JsonNode.Parse(await File.ReadAllTextAsync(Hub.IssuerKeyFile))!["kid"]!;
        (string, StaffRole)[] granted = [(Granter, StaffRole.Brukeradmin), (Watcher, StaffRole.Overvaking), (Actor, StaffRole.Administrasjon)];
        foreach (var (subject, role) in granted) await GrantAsync(TestHub.OrgNo, subject, role);
        foreach (var role in Enum.GetValues<StaffRole>()) await GrantAsync(TestHub.OtherOrgNo, Elsewhere, role);
        await WriteEndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        raw.Dispose();
        key.Dispose();
    }

    /// <summary>A token as the issuer makes it, or changed in one thing.</summary>
    internal string Token(string subject, Action<JsonObject>? change = null, string type = "at+jwt", RSA? signer = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Issuer, ["aud"] = StaffOptions.DefaultAudience, ["sub"] = subject, ["client_id"] = StaffOptions.DefaultClient, ["iat"] = now, ["nbf"] = now, ["exp"] = now + 600 };
        change?.Invoke(claims);
        return Jws.Sign(new JsonObject { ["alg"] = "RS256", ["typ"] = type, ["kid"] = keyId }, claims, signer ?? key);
    }

    /// <summary>Sends as a person; the answer's body is read by the caller, for some never end.</summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? authorization, string? body = null, string? purpose = null, string? forwarded = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Hub.Address, path));
        if (method == HttpMethod.Post) request.Content = new StringContent(body ?? "{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (purpose is not null) request.Headers.Add(Purpose.Header, Uri.EscapeDataString(purpose));
        if (forwarded is not null) request.Headers.Add("X-Forwarded-For", forwarded);
        return await raw.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>As a person with nothing wrong; status and body.</summary>
    internal async Task<(int Status, JsonNode? Body)> AskAsync(string subject, HttpMethod method, string path, string? body = null, string? purpose = null)
    {
        using var answer = await SendAsync(method, path, $"Bearer {Token(subject)}", body, purpose);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private async Task<int> GrantsAsync()
    {
        using var answer = await Hub.AdminAsync(HttpMethod.Get, $"admin/staff/{TestHub.OrgNo}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["grants"]!.AsArray().Count;
    }

    private async Task GrantAsync(string orgNo, string subject, StaffRole role)
    {
        using var answer = await Hub.AdminAsync(HttpMethod.Post, $"admin/staff/{orgNo}/grant", new StringContent($$"""{"subject":"{{subject}}","role":"{{StaffRoles.Name(role)}}"}""", Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Written as they stand in the log a day after their end: no face takes a grant that is over.</summary>
    private async Task WriteEndedAsync()
    {
        await using var database = NpgsqlDataSource.Create(Database.AppConnectionString(Hub.Database.ConnectionString, Hub.Database.Schema));
        await using var store = new EventLog(database);
        var registry = new MunicipalityRegistry(store, new Vault(database, Hub.MasterKey, TimeProvider.System), TimeProvider.System);
        var ended = TimeProvider.System.GetUtcNow().AddDays(-1);
        var grants = Enum.GetValues<StaffRole>().Select(role => new StaffGranted(Issuer, Former, role, ended)).ToArray();
        Assert.Null(await registry.ApplyAsync(await registry.CurrentAsync(int.Parse(TestHub.OrgNo), default), grants, "test", default));
        // The hub's own copy of the registry may be a second old.
        await Asking.UntilAsync(GrantsAsync, grants => grants >= 6);
    }
}
