using System.Net;
using System.Net.Sockets;
using System.Text;
using Vkp.Cli;
using Vkp.Cli.SelfTest.Fetching;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>The door alone, before a hub that remembers what it was asked.</summary>
public sealed class FetchDoorTests : IAsyncLifetime
{
    private static readonly Guid One = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-7000-8000-000000000002");

    private readonly SetClock clock = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private RecordingHub hub = null!;
    private FetchDoor door = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await RecordingHub.StartAsync(Ct);
        door = await FetchDoor.StartAsync(0, hub.Address, clock, Ct);
        http.BaseAddress = door.Address;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await door.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_request_and_its_answer_go_by_byte_for_byte()
    {
        (string Target, string Signed, string Host)? asked = null;
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i} æøå "));
        hub.Body = _ => text;
        hub.Answer = (_, context) =>
        {
            asked = (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget, context.Request.Headers["DPoP"].ToString(), context.Request.Host.Value!);
            context.Response.Headers.Location = "/v1/Composition/x/$status";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Vkp-Two"] = new(["a", "b"]);
            context.Response.ContentType = "application/fhir+json";
            return 200;
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Exact("v1/Composition/_search?_tag=a%7Cb&cursor=%2E%2E%2F_-")) { Content = new ByteArrayContent([0xC3, 0xB8, 0x00, 0xFF]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded;odd");
        request.Headers.Add("DPoP", "proof");

        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal(("/v1/Composition/_search?_tag=a%7Cb&cursor=%2E%2E%2F_-", "proof", hub.Address.Authority), asked);
        var sent = Assert.Single(hub.Requests);
        Assert.Equal(("application/x-www-form-urlencoded;odd", "w7gA/w=="), (sent.ContentType, Convert.ToBase64String(sent.Body)));
        Assert.Equal((HttpStatusCode.OK, "/v1/Composition/x/$status"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal((true, "a,b"), (answer.Headers.CacheControl!.NoStore, string.Join(',', answer.Headers.GetValues("Vkp-Two"))));
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Encoding.UTF8.GetBytes(text), await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("POST", "/v1/Composition/_search", 200, Passing.Through), Seen().Select(exchange => (exchange.Method, exchange.Path, exchange.Status, exchange.Passing)).Single());
    }

    [Fact]
    public async Task A_redirect_or_an_error_is_the_askers_to_see_with_the_hubs_code_noted()
    {
        hub.Body = _ => """{"issue":[{"details":{"coding":[{"code":"VKP-602"},{"code":"3"}]}}]}""";
        hub.Answer = (number, context) =>
        {
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return number == 0 ? 307 : 409;
        };

        using var redirect = await http.GetAsync("v1/Bundle", Ct);
        using var refused = await http.PostAsync(Acknowledge(One), null, Ct);

        Assert.Equal((HttpStatusCode.TemporaryRedirect, HttpStatusCode.Conflict), (redirect.StatusCode, refused.StatusCode));
        await Asking.UntilAsync(() => Task.FromResult(door.Seen), seen => seen.Count == 2);
        Assert.Equal((409, "VKP-602", false), Seen().Where(exchange => exchange.Answer is not null).Select(exchange => (exchange.Status, exchange.Code, exchange.IsTaken)).Single());
    }

    [Theory]
    [InlineData("GET http://127.0.0.1:1/v1/Bundle HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    public async Task Nothing_but_the_one_hub_is_ever_called(string line)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, door.Address.Port, Ct);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n"), Ct);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 400", await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task A_host_in_the_address_is_a_path_at_the_one_hub()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Exact("/127.0.0.1:1/v1/Bundle"));

        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal("//127.0.0.1:1/v1/Bundle", Assert.Single(hub.Requests).Path);
    }

    [Fact]
    public async Task A_hub_that_is_away_is_502_and_is_noted_as_no_answer()
    {
        await hub.DisposeAsync();

        using var answer = await http.PostAsync(Acknowledge(One), null, Ct);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal((null, false), Seen().Select(exchange => (exchange.Status, exchange.IsTaken)).Single());
    }

    [Fact]
    public async Task A_body_of_more_than_the_hub_drains_is_not_passed_on()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/Composition/_search") { Content = new ByteArrayContent(new byte[Limits.BodyBytesDrainedMax + 1]) };
        // Asked first, so that the answer is read before the connection is closed.
        request.Headers.ExpectContinue = true;
        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task The_answer_to_the_first_acknowledgement_that_the_hub_takes_is_lost_and_no_other()
    {
        door.LoseAnswer(One);
        hub.Answer = (number, _) => number == 0 ? 503 : 202;

        using var notTaken = await http.PostAsync(Acknowledge(One), null, Ct);
        using var other = await http.PostAsync(Acknowledge(Two), null, Ct);
        // With a body, so that the library does not repeat it by itself.
        using var said = new StringContent("reference");
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(Acknowledge(One), said, Ct));
        using var again = new StringContent("reference");
        using var answer = await http.PostAsync(Acknowledge(One), again, Ct);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted, HttpStatusCode.Accepted), (notTaken.StatusCode, other.StatusCode, answer.StatusCode));
        Assert.Equal(4, hub.Requests.Count);
        await Asking.UntilAsync(() => Task.FromResult(door.Seen), seen => seen.Count == 4);
        var taken = Seen().Where(exchange => exchange.Answer?.Message == One && exchange.IsTaken).ToList();
        Assert.Equal([(Passing.AnswerLost, "reference"), (Passing.Through, "reference")], taken.Select(exchange => (exchange.Passing, exchange.Said)));
    }

    [Fact]
    public async Task An_outage_begins_with_the_next_request_and_everybody_is_told_how_long_it_lasts()
    {
        door.BeginOutage(TimeSpan.FromSeconds(10));
        Assert.Null(door.Outage);
        var began = clock.Now;

        using var first = await http.GetAsync("v1/Bundle", Ct);
        clock.Now += TimeSpan.FromSeconds(6.5);
        using var second = await http.PostAsync(Acknowledge(One), null, Ct);
        clock.Now = began + TimeSpan.FromSeconds(10);
        using var third = await http.GetAsync("v1/Bundle", Ct);

        Assert.Equal(new Outage(began, began + TimeSpan.FromSeconds(10)), door.Outage);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(10)), (first.StatusCode, first.Headers.RetryAfter!.Delta));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(4)), (second.StatusCode, second.Headers.RetryAfter!.Delta));
        Assert.Equal(HttpStatusCode.Accepted, third.StatusCode);
        Assert.Single(hub.Requests);
        Assert.Equal([Passing.TurnedAway, Passing.TurnedAway, Passing.Through], Seen().Select(exchange => exchange.Passing));
    }

    [Fact]
    public async Task An_outage_that_nobody_met_can_be_called_off()
    {
        door.BeginOutage(TimeSpan.FromSeconds(10));
        door.EndOutage();

        using var answer = await http.GetAsync("v1/Bundle", Ct);

        Assert.Equal((HttpStatusCode.Accepted, null), (answer.StatusCode, door.Outage));
    }

    [Fact]
    public async Task Whoever_comes_while_it_is_held_waits_for_what_is_to_become_of_the_answer()
    {
        Task<HttpResponseMessage> asking;
        using (door.Hold())
        {
            using var said = new StringContent("reference");
            asking = http.PostAsync(Acknowledge(One), said, Ct);
            await Assert.ThrowsAsync<TimeoutException>(() => Asking.UntilAsync(() => Task.FromResult(hub.Requests.Count), count => count > 0, TimeSpan.FromMilliseconds(300)));
            door.LoseAnswer(One);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
        Assert.Single(hub.Requests);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_before_anything_is_tried()
    {
        var taken = await Assert.ThrowsAsync<CommandException>(() => FetchDoor.StartAsync(door.Address.Port, hub.Address, clock, Ct));

        Assert.StartsWith("VKP-946", taken.Message, StringComparison.Ordinal);
        Assert.Equal(69, taken.ExitCode);
    }

    private static string Acknowledge(Guid message) => $"v1/Composition/{message}/$journaling-acknowledged";

    private IReadOnlyList<Exchange> Seen() => door.Seen;

    private Uri Exact(string path) => new(door.Address + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
