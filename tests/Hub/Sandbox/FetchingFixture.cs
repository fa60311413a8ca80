using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>A real hub, and a simulated journal system that fetches from it. It looks when it is told, or called; never because time passes.</summary>
internal sealed class FetchingFixture : IAsyncDisposable
{
    /// <summary>The patient of the published samples.</summary>
    public const string Patient = "13717404089";

    public static readonly string OtherPatient = SyntheticPeople.All[5].NationalId;

    private const string SampleId = "7a1d0c5e-0000-4000-8000-";

    private readonly string kind;
    private readonly Func<FetchingEpjOptions, FetchingEpjOptions> change;

    private readonly string? destination;

    private FetchingFixture(string kind, Func<FetchingEpjOptions, FetchingEpjOptions> change, string? destination) => (this.kind, this.change, this.destination) = (kind, change, destination);

    public TestHub Hub { get; private set; } = null!;

    public FetchingEpj Epj { get; private set; } = null!;

    public TemporaryFolder Folder { get; } = new();

    public IEnumerable<string> Journaled => Epj.Journal.Select(entry => entry.MessageHeaderId);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="destination">What the municipality is told of it after its name, where that is not what one that fetches over HTTP is registered with.</param>
    public static async Task<FetchingFixture> StartAsync(string kind = EpjKind.Pulling, Func<FetchingEpjOptions, FetchingEpjOptions>? change = null, TimeProvider? clock = null, string? destination = null)
    {
        var at = new FetchingFixture(kind, change ?? (options => options), destination) { Hub = await TestHub.StartAsync() };
        await at.StartEpjAsync(clock: clock);
        // Its first look, which it takes by itself, is over before there is anything to find.
        await at.FetchAsync();
        await at.ConfigureAsync();
        if (kind == EpjKind.Subscribing) await at.SubscribedAsync();
        return at;
    }

    /// <summary>The municipality's one journal system is this one.</summary>
    public Task ConfigureAsync()
    {
        string Person(string number) => $"- {{ identifiers: [ {{ value: \"{number}\" }} ], services: [ MD, TA, DT, RT, DHO ] }}";
        var push = $"adapter: fhir-messaging, address: \"{Hub.Epj.FhirBase}\"";
        var file = TestHub.Configuration(Hub.Epj.FhirBase, morePatients: $"{Person(Patient)}\n      {Person(OtherPatient)}\n      {Person(SyntheticPeople.Stranger.NationalId)}");
        var first = file.IndexOf(push, StringComparison.Ordinal);
        return Hub.ConfigureAsync($"{file[..first]}{destination ?? $"adapter: jft-pull, settings: {{ client: journal, endpoints: \"{Epj.NotificationAddress}\" }}"}{file[(first + push.Length)..]}");
    }

    /// <summary>Stops it and starts another in its folder.</summary>
    public async Task RestartAsync()
    {
        var port = Epj.BaseAddress.Port;
        await Epj.DisposeAsync();
        await StartEpjAsync(port);
    }

    /// <summary>Waits until its subscription has had this many handshakes.</summary>
    public async Task SubscribedAsync(int handshakes = 1)
    {
        await FetchAsync();
        await UntilAsync(told => told.Handshakes >= handshakes);
    }

    /// <summary>Waits until the one that subscribes has been told so.</summary>
    public Task<SubscriberCounters> UntilAsync(Func<SubscriberCounters, bool> wanted) => Asking.UntilAsync(() => Task.FromResult(Epj.Subscription!), wanted);

    /// <summary>Sends one of the published samples as a message of its own.</summary>
    /// <returns>The message's id.</returns>
    public async Task<string> MessageAsync(string type, int number, string patient = Patient)
    {
        var body = Repository.ReadText("contracts", "vendors", "jft", "samples", $"{type.ToLowerInvariant()}.json")
            .Replace(SampleId, $"{SampleId[..^5]}9{number:000}-", StringComparison.Ordinal).Replace(Patient, patient, StringComparison.Ordinal)
            // Of the same hour, and not the same note twice.
            .Replace(":00+01:00", $":{number:00}+01:00", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, $"v1/{type}")) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Hub.TokenAsync("journaling"));
        using var answer = await Hub.Http.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return answer.Headers.Location!.ToString().Split('/')[3];
    }

    /// <summary>Sends notes, one after the other.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(params int[] numbers)
    {
        var sent = new List<string>();
        foreach (var number in numbers) sent.Add(await MessageAsync("Composition", number));
        return sent;
    }

    /// <summary>Waits until the hub has told so many events, and has an answer to each.</summary>
    public Task UntilToldAsync(int events) => Hub.UntilAsync(status => status.Subscribers.Sum(subscriber => subscriber.Sent) >= events);

    /// <summary>What the message's sender sees.</summary>
    public async Task<(string? State, string? Reason)> StatusAsync(string type, string id)
    {
        using var answer = await Hub.GetAsync($"v1/{type}/{id}/$status", "journaling");
        var status = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        return ((string?)status["state"], (string?)status["reason"]?["code"]);
    }

    public async Task RetryAsync(string id)
    {
        var selection = new DeadLetterSelection(TestHub.OrgNo, null, null, [Guid.Parse(id)], "test");
        using var content = new StringContent(JsonSerializer.Serialize(selection, AdminJson.Default.DeadLetterSelection), Encoding.UTF8, "application/json");
        using var retried = await Hub.AdminAsync(HttpMethod.Post, "admin/dead-letters/retry?apply=true", content);
        Assert.Equal(HttpStatusCode.OK, retried.StatusCode);
    }

    public Task<RoundReport> FetchAsync() => Epj.FetchNowAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await Epj.DisposeAsync();
        await Hub.DisposeAsync();
        Folder.Dispose();
    }

    private async Task StartEpjAsync(int port = 0, TimeProvider? clock = null)
    {
        var access = new HubAccess(Hub.Address, Hub.Issuer.BaseAddress, Hub.Client("journal"));
        Epj = await FetchingEpj.StartAsync(change(new FetchingEpjOptions(Folder.File("epj"), kind, access, port) { Interval = TimeSpan.FromDays(1) }), clock ?? TimeProvider.System, Ct);
    }
}
