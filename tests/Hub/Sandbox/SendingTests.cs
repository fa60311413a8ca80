using System.Net;
using System.Text.Json;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>The simulated vendors as the hub meets them, over real HTTP.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private static readonly DispenserSite Site = new("312229544");

    private readonly HttpClient http = new();
    private readonly JumpingClock clock = new();
    private RecordingHub hub = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await RecordingHub.StartAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task An_event_is_posted_with_its_token_to_the_vendor_face()
    {
        var happened = Fresh();

        var report = await Sender().SendAsync(happened, Ct);

        var request = Assert.Single(hub.Requests);
        Assert.Equal(("/vendors/evondos-style/events", "application/json", "Bearer token-1"), (request.Path, request.ContentType, request.Authorization));
        Assert.Equal(happened.Body.ToArray(), request.Body);
        Assert.True(report.IsAccepted);
        Assert.Equal((HttpStatusCode.Accepted, 1), (report.Status, report.Attempts));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task The_same_bytes_are_sent_again_until_the_hub_takes_them(int trouble)
    {
        hub.Answer = (number, _) => number < 3 ? trouble : 202;

        var report = await Sender().SendAsync(Fresh(), Ct);

        Assert.True(report.IsAccepted);
        Assert.Equal(4, report.Attempts);
        Assert.Single(hub.Requests.Select(request => Convert.ToHexString(request.Body)).Distinct());
        Assert.Equal([250, 500, 1000], clock.Waits.Select(wait => wait.TotalMilliseconds));
    }

    [Fact]
    public async Task A_longer_wait_that_the_hub_asks_for_is_kept()
    {
        hub.Answer = (number, context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return number == 0 ? 503 : 202;
        };

        await Sender().SendAsync(Fresh(), Ct);

        Assert.Equal([TimeSpan.FromSeconds(7)], clock.Waits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(409)]
    public async Task An_answer_that_no_repeat_can_change_ends_it(int status)
    {
        hub.Answer = (_, _) => status;

        var report = await Sender().SendAsync(Fresh(), Ct);

        Assert.False(report.IsAccepted);
        Assert.Equal(((HttpStatusCode)status, 1), (report.Status, report.Attempts));
    }

    [Fact]
    public async Task A_token_that_expired_on_its_way_is_exchanged_for_another_once()
    {
        var tokens = 0;
        var sender = new VendorSender(http, hub.Address, _ => Task.FromResult($"token-{++tokens}"), clock);
        hub.Answer = (number, _) => number < 1 ? 401 : 202;

        Assert.True((await sender.SendAsync(Fresh(), Ct)).IsAccepted);
        Assert.Equal(2, hub.Requests.Select(request => request.Authorization).Distinct().Count());

        hub.Answer = (_, _) => 401;
        var refused = await sender.SendAsync(Fresh(), Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, 2), (refused.Status, refused.Attempts));
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_hub_that_never_comes_back_is_given_up_with_a_report()
    {
        await hub.DisposeAsync();

        var report = await Sender(attemptsMax: 5).SendAsync(Fresh(), Ct);

        Assert.False(report.IsAccepted);
        Assert.Equal((null, 5), (report.Status, report.Attempts));
    }

    [Fact]
    public async Task The_park_plays_a_day_in_minutes_and_reports_each_answer()
    {
        var park = new DispenserPark(new DispenserParkOptions(Site, Duration: TimeSpan.FromMinutes(2), People: [SyntheticPeople.All[0]]), Sender(), clock);
        var planned = park.Plan(clock.GetUtcNow());
        var reports = new List<SendReport>();

        var summary = await park.RunAsync(reports.Add, Ct);

        Assert.InRange(planned.Count, 4, 12);
        Assert.Equal(planned.Select(happened => happened.EventId), reports.Select(report => report.EventId));
        Assert.Equal((planned.Count, planned.Count), (summary.Sent, summary.Accepted));
        Assert.Equal(planned.Count, summary.ByType.Values.Sum());
        Assert.InRange(clock.GetUtcNow() - SetClock.Noon, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(121));
    }

    [Fact]
    public async Task The_park_keeps_the_order_of_each_dispenser_and_tells_what_was_refused()
    {
        hub.Answer = (number, _) => number % 10 == 9 ? 422 : 202;
        var park = new DispenserPark(new DispenserParkOptions(Site, Duration: TimeSpan.Zero), Sender(), TimeProvider.System);

        var summary = await park.RunAsync(null, Ct);

        Assert.True(summary.Sent > 80);
        Assert.Equal(summary.Sent / 10, summary.Refused.Count);
        Assert.Equal(summary.Sent, summary.Accepted + summary.Refused.Count);
        var perDevice = hub.Requests
            .Select(request => JsonDocument.Parse(request.Body).RootElement)
            .GroupBy(root => root.GetProperty("data").GetProperty("device").GetProperty("serial").GetString());
        Assert.All(perDevice, device =>
        {
            var sentAt = device.Select(root => root.GetProperty("sentAt").GetDateTimeOffset()).ToArray();
            Assert.Equal(sentAt.Order(), sentAt);
        });
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_ends_the_run_with_the_reason()
    {
        var sender = new VendorSender(http, hub.Address, _ => throw new InvalidOperationException("no token"), clock);
        var park = new DispenserPark(new DispenserParkOptions(Site, Duration: TimeSpan.Zero), sender, TimeProvider.System);

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => park.RunAsync(null, Ct));

        Assert.Equal("no token", failed.Message);
    }

    [Fact]
    public async Task The_sample_flow_goes_through_both_ways_in_and_repeats_one_event_byte_for_byte()
    {
        byte[] document = "{}"u8.ToArray();
        var flow = SampleFlow.Create(Site, clock.GetUtcNow(), document);

        var sent = await flow.RunAsync(Sender("dispensers"), Sender("vkp"), Ct);

        Assert.Equal(15, sent.Count);
        Assert.Equal((14, 9), (flow.AcceptedExpected, flow.JournalEntriesExpected));
        Assert.Equal((3, 2), (flow.Messages.Count(one => one.Expected == EndState.Folded), flow.Messages.Count(one => one.Expected == EndState.Settled)));
        var repeat = Assert.Single(flow.Messages, one => one.IsRepeat);
        Assert.Equal(2, hub.Requests.Count(request => request.Body.AsSpan().SequenceEqual(repeat.Body.Span)));
        var last = hub.Requests.Last();
        Assert.Equal(("/epj/r4/312229544/bundle", "application/fhir+json", "Bearer vkp"), (last.Path, last.ContentType, last.Authorization));
        Assert.Equal(document, last.Body);
        Assert.All(hub.Requests.SkipLast(1), request => Assert.Equal("Bearer dispensers", request.Authorization));
    }

    [Fact]
    public void In_the_sample_flow_every_missed_dose_is_closed_later_by_a_closure_that_names_it()
    {
        var flow = SampleFlow.Create(Site, clock.GetUtcNow(), vkpDocument: null);
        var bodies = flow.Messages.Select(message => JsonDocument.Parse(message.Body).RootElement).ToArray();

        var raised = bodies.Where(body => Kind(body) == "dose.notTaken").Select(body => body.GetProperty("data").GetProperty("alertId").GetString());
        var closed = bodies.Where(body => Kind(body) == "alert.closed").Select(body => body.GetProperty("data").GetProperty("alertIds").EnumerateArray().Select(id => id.GetString()).ToArray()).ToArray();

        Assert.Equal([2, 1], closed.Select(ids => ids.Length));
        Assert.Equal(raised.Order(), closed.SelectMany(ids => ids).Order());
        Assert.Contains(bodies, body => Kind(body) == "dose.dispensed" && body.GetProperty("data").GetProperty("mode").GetString() == "assisted");
        Assert.All(bodies, body => Assert.True(body.GetProperty("occurredAt").GetDateTimeOffset() <= clock.GetUtcNow()));
    }

    [Fact]
    public void Every_name_triggers_an_event_of_that_type_and_an_unknown_name_none()
    {
        var id = Guid.NewGuid();

        foreach (var name in TriggerEvents.Names)
        {
            var happened = TriggerEvents.Create(name, Site, SyntheticPeople.All[0], clock.GetUtcNow(), id);
            Assert.Equal((name, id.ToString("D")), (happened?.EventType, happened?.EventId));
        }

        Assert.Null(TriggerEvents.Create("dose.stolen", Site, SyntheticPeople.All[0], clock.GetUtcNow(), id));
    }

    [Fact]
    public void A_triggered_closure_closes_the_alert_that_the_same_id_raised()
    {
        var id = Guid.NewGuid();
        var raised = TriggerEvents.Create("dose.notTaken", Site, SyntheticPeople.All[0], clock.GetUtcNow(), id)!;
        var closed = TriggerEvents.Create("alert.closed", Site, SyntheticPeople.All[0], clock.GetUtcNow(), Guid.NewGuid(), [TriggerEvents.AlertIdOf(id)])!;

        Assert.Equal(
            JsonDocument.Parse(raised.Body).RootElement.GetProperty("data").GetProperty("alertId").GetString(),
            JsonDocument.Parse(closed.Body).RootElement.GetProperty("data").GetProperty("alertIds")[0].GetString());
    }

    private static string? Kind(JsonElement body) => body.GetProperty("eventType").GetString();

    private DispenserEvent Fresh() => TriggerEvents.Create("dose.dispensed", Site, SyntheticPeople.All[0], clock.GetUtcNow(), Guid.NewGuid())!;

    private VendorSender Sender(string token = "token-1", int attemptsMax = 40) =>
        new(http, hub.Address, _ => Task.FromResult(token), clock) { AttemptsMax = attemptsMax };
}
