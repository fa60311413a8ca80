using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>A simulated EPJ with a folder of its own, and a sender that talks to it over HTTP.</summary>
internal sealed class EpjFixture : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public TemporaryFolder Folder { get; } = new();

    public SimulatedEpj Epj { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<EpjFixture> StartAsync(bool deduplicates = true)
    {
        var fixture = new EpjFixture();
        fixture.Epj = await SimulatedEpj.StartAsync(new(fixture.Folder.File("epj"), Deduplicates: deduplicates), TimeProvider.System, Ct);
        return fixture;
    }

    public async Task RestartAsync()
    {
        await Epj.DisposeAsync();
        Epj = await SimulatedEpj.StartAsync(new(Folder.File("epj")), TimeProvider.System, Ct);
    }

    public Task<EpjReply> SendAsync(JsonObject message, CancellationToken? ct = null) => SendAsync(message.ToJsonString(), ct);

    public async Task<EpjReply> SendAsync(string body, CancellationToken? ct = null)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        using var answer = await http.PostAsync(new Uri(Epj.FhirBase, "$process-message"), content, ct ?? Ct);
        return new EpjReply(answer.StatusCode, await answer.Content.ReadAsStringAsync(ct ?? Ct), answer);
    }

    public Task<string> GetAsync(string path) => http.GetStringAsync(new Uri(Epj.BaseAddress, path), Ct);

    public async Task<HttpStatusCode> PutAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync(new Uri(Epj.BaseAddress, path), content, Ct);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Epj.DisposeAsync();
        http.Dispose();
        Folder.Dispose();
    }
}

internal sealed record EpjReply(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    /// <summary>`MessageHeader.response` of the answer.</summary>
    public JsonNode Response => Header["response"]!;

    public JsonNode Header => JsonNode.Parse(Body)!["entry"]![0]!["resource"]!;

    public JsonNode Outcome => JsonNode.Parse(Body)!["entry"]![1]!["resource"]!;
}
