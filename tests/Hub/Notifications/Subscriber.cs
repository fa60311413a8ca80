using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>A journal system that fetches and subscribes: a real endpoint on a socket, and a client of the hub.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private Subscriber(TestHub hub, RecordingHub endpoint) => (Hub, Endpoint) = (hub, endpoint);

    public TestHub Hub { get; }

    public RecordingHub Endpoint { get; }

    public string EndpointAddress => $"{Endpoint.Address}hook?place=1";

    public static async Task<Subscriber> StartAsync(TimeProvider? clock = null)
    {
        var subscriber = new Subscriber(await TestHub.StartAsync(clock: clock), await RecordingHub.StartAsync(default));
        subscriber.Endpoint.Answer = (_, _) => 200;
        await subscriber.ApproveAsync($"{subscriber.Endpoint.Address}hook");
        return subscriber;
    }

    /// <summary>Both municipalities' journal systems fetch; only the first one's may be notified, at these addresses.</summary>
    public Task ApproveAsync(string? endpoints, string client = "journal")
    {
        var approved = endpoints is null ? "" : $", endpoints: \"{endpoints}\"";
        var pulled = TestHub.Configuration(Hub.Epj.FhirBase, morePatients: "- { identifiers: [ { value: \"13717404089\" } ], services: [ MD, TA, DT, RT, DHO ] }");
        var push = $"adapter: fhir-messaging, address: \"{Hub.Epj.FhirBase}\"";
        var first = pulled.IndexOf(push, StringComparison.Ordinal);
        pulled = $"{pulled[..first]}adapter: jft-pull, settings: {{ client: {client}{approved} }}{pulled[(first + push.Length)..]}";
        return Hub.ConfigureAsync(pulled.Replace(push, "adapter: jft-pull, settings: { client: journal-elsewhere }", StringComparison.Ordinal));
    }

    public Subscription Asked(string content = "id-only", int? maxCount = null, int? heartbeat = null, int? timeout = null, string? filter = null, string? header = null)
    {
        var asked = new Subscription
        {
            Status = Subscription.SubscriptionStatus.Requested,
            Reason = "Hent journaldokumenter",
            Criteria = SubscriptionsBackport.DocumentOffered,
            Channel = new Subscription.ChannelComponent { Type = Subscription.SubscriptionChannelType.RestHook, Endpoint = EndpointAddress, Payload = "application/fhir+json" },
        };
        asked.Channel.PayloadElement!.AddExtension(SubscriptionsBackport.PayloadContent, new Code(content));
        if (maxCount is { } count) asked.Channel.AddExtension(SubscriptionsBackport.MaxCount, new PositiveInt(count));
        if (heartbeat is { } period) asked.Channel.AddExtension(SubscriptionsBackport.HeartbeatPeriod, new UnsignedInt(period));
        if (timeout is { } seconds) asked.Channel.AddExtension(SubscriptionsBackport.Timeout, new UnsignedInt(seconds));
        if (filter is not null) asked.CriteriaElement!.AddExtension(SubscriptionsBackport.FilterCriteria, new FhirString(filter));
        if (header is not null) asked.Channel.Header = [header];
        return asked;
    }

    /// <summary>Asks for a subscription and waits for its handshake to be answered.</summary>
    public async Task<string> SubscribeAsync(Subscription asked)
    {
        using var answer = await SendAsync(HttpMethod.Post, "fhir/Subscription", asked);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var id = (string)JsonNode.Parse(text)!["id"]!;
        await UntilStatusAsync(id, "active");
        return id;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Resource? body = null, string client = "journal")
    {
        using var request = new HttpRequestMessage(method, new Uri(Hub.Address, path));
        if (body is not null) request.Content = new ByteArrayContent(FhirJson.Serialize(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/fhir+json") } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Hub.TokenAsync(client, JftFace.Scope));
        return await Hub.Http.SendAsync(request);
    }

    public async Task<JsonNode> GetAsync(string path, string client = "journal")
    {
        using var answer = await SendAsync(HttpMethod.Get, path, client: client);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public Task<JsonNode> UntilStatusAsync(string id, string status) => Asking.UntilAsync(() => GetAsync($"fhir/Subscription/{id}"), found => (string?)found["status"] == status);

    /// <summary>Sends a message that becomes one document; returns its id.</summary>
    public async Task<string> MessageAsync(int number, string path = "Composition")
    {
        var body = Repository.ReadText("contracts", "vendors", "jft", "samples", "composition.json").Replace("000000000011", $"0000000009{number:00}", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, $"v1/{path}")) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Hub.TokenAsync("journaling"));
        using var answer = await Hub.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString().Split('/')[3];
    }

    /// <summary>What the endpoint was sent, oldest first, of one kind of notification.</summary>
    public IReadOnlyList<Notification> Received(string kind) => [.. Endpoint.Requests.ToArray().Select(request => new Notification(JsonNode.Parse(request.Body)!)).Where(told => told.Kind == kind)];

    public async Task<IReadOnlyList<Notification>> UntilReceivedAsync(string kind, Func<IReadOnlyList<Notification>, bool> wanted) => await Asking.UntilAsync(() => Task.FromResult(Received(kind)), wanted);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Endpoint.DisposeAsync();
    }
}

/// <summary>One notification as it came over the wire.</summary>
internal sealed record Notification(JsonNode Bundle)
{
    public string? Kind => (string?)Named("type")?["valueCode"];

    public string? Status => (string?)Named("status")?["valueCode"];

    public string? Count => (string?)Named("events-since-subscription-start")?["valueString"];

    public string? Topic => (string?)Named("topic")?["valueCanonical"];

    public IReadOnlyList<long> Numbers => [.. Parts("event-number").Select(part => long.Parse((string)part["valueString"]!))];

    public IReadOnlyList<string> Focuses => [.. Parts("focus").Select(part => (string)part["valueReference"]!["reference"]!)];

    /// <summary>Everything after the status.</summary>
    public IReadOnlyList<JsonNode> Documents => [.. Bundle["entry"]!.AsArray().Skip(1).Select(entry => entry!)];

    /// <summary>The events as told, and the entries: what must not change when they are told again.</summary>
    public string Content => string.Join('\n', Events.Concat(Documents).Select(node => node.ToJsonString()));

    private IEnumerable<JsonNode> Events => Parameters.Where(parameter => (string?)parameter["name"] == "notification-event");

    private IEnumerable<JsonNode> Parameters => Bundle["entry"]![0]!["resource"]!["parameter"]!.AsArray().Select(parameter => parameter!);

    private JsonNode? Named(string name) => Parameters.FirstOrDefault(parameter => (string?)parameter["name"] == name);

    private IEnumerable<JsonNode> Parts(string name) => Events.SelectMany(told => told["part"]!.AsArray()).Select(part => part!).Where(part => (string?)part["name"] == name);
}
