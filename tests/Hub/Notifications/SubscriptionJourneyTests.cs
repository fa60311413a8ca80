using System.Net;
using System.Text.Json.Nodes;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>A subscription's whole life over real HTTP: the endpoint answers, refuses, hangs up, is away and comes back.</summary>
public class SubscriptionJourneyTests
{
    [Fact]
    public async Task A_subscription_is_active_only_after_its_endpoint_took_the_handshake()
    {
        await using var subscriber = await Subscriber.StartAsync();
        subscriber.Endpoint.Answer = (number, _) => number < 2 ? 500 : 200;
        using var answer = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", subscriber.Asked(header: "Authorization: Basic aGVtbWVsaWc="));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var taken = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("requested", (string?)taken["status"]);
        Assert.Equal($"/fhir/Subscription/{taken["id"]}", answer.Headers.Location!.ToString());

        var failing = await subscriber.UntilStatusAsync((string)taken["id"]!, "error");
        Assert.Contains("VKP-634", (string?)failing["error"], StringComparison.Ordinal);
        await subscriber.UntilStatusAsync((string)taken["id"]!, "active");

        var handshakes = subscriber.Received("handshake");
        Assert.Equal(3, handshakes.Count);
        Assert.All(handshakes, told => Assert.Equal(("requested", "0"), (told.Status, told.Count)));
        Assert.All(subscriber.Endpoint.Requests, request => Assert.Equal(("Basic aGVtbWVsaWc=", "application/fhir+json"), (request.Authorization, request.ContentType)));
    }

    [Fact]
    public async Task Events_are_numbered_from_one_without_a_hole_and_told_in_order_one_at_a_time()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await subscriber.SubscribeAsync(subscriber.Asked());
        var sent = new List<string>();
        for (var number = 1; number <= 7; number++) sent.Add(await subscriber.MessageAsync(number));

        var told = await subscriber.UntilReceivedAsync("event-notification", all => all.Count >= 7);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], told.SelectMany(notification => notification.Numbers));
        Assert.Equal(sent.Select(id => $"Composition/{id}"), told.SelectMany(notification => notification.Focuses));
        Assert.All(told, notification => Assert.Empty(notification.Documents));
    }

    [Fact]
    public async Task What_gathered_while_the_endpoint_failed_comes_in_order_in_batches_of_the_asked_size()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var isAway = false;
        subscriber.Endpoint.Answer = (_, _) => Volatile.Read(ref isAway) ? 503 : 200;
        var id = await subscriber.SubscribeAsync(subscriber.Asked(maxCount: 3));
        Volatile.Write(ref isAway, true);
        for (var number = 1; number <= 8; number++) await subscriber.MessageAsync(number);
        await subscriber.UntilStatusAsync(id, "error");
        await Asking.UntilAsync(() => subscriber.GetAsync($"fhir/Subscription/{id}/$status"), status => status.ToJsonString().Contains("\"valueString\":\"8\"", StringComparison.Ordinal));
        var refused = subscriber.Received("event-notification").Count;
        Volatile.Write(ref isAway, false);

        var told = (await subscriber.UntilReceivedAsync("event-notification", all => all.Skip(refused).Sum(notification => notification.Numbers.Count) >= 8)).Where(notification => notification.Numbers.Count > 0).ToList();

        Assert.All(told, notification => Assert.InRange(notification.Numbers.Count, 1, 3));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], told.SelectMany(notification => notification.Numbers).Distinct());
        Assert.Equal("8", told[^1].Count);
        await subscriber.UntilStatusAsync(id, "active");
    }

    [Fact]
    public async Task An_event_whose_answer_was_lost_is_told_again_under_its_number_with_the_same_content()
    {
        await using var subscriber = await Subscriber.StartAsync();
        subscriber.Endpoint.Answer = (number, _) => number switch { 1 => 0, 2 => 307, 3 => 500, _ => 200 };
        await subscriber.SubscribeAsync(subscriber.Asked("full-resource"));
        await subscriber.MessageAsync(1);

        var told = await subscriber.UntilReceivedAsync("event-notification", all => all.Count >= 4);

        Assert.Single(told.Select(notification => notification.Content).Distinct());
        Assert.Single(told.Select(notification => (string?)notification.Bundle["id"]).Distinct());
        Assert.All(told, notification => Assert.Equal([1L], notification.Numbers));
    }

    [Theory]
    [InlineData("empty", false, false)]
    [InlineData("id-only", true, false)]
    [InlineData("full-resource", true, true)]
    public async Task A_notification_holds_as_much_as_was_asked_for_and_is_valid(string content, bool hasFocus, bool hasDocument)
    {
        await using var subscriber = await Subscriber.StartAsync();
        await subscriber.SubscribeAsync(subscriber.Asked(content));
        var message = await subscriber.MessageAsync(1);

        var told = Assert.Single(await subscriber.UntilReceivedAsync("event-notification", all => all.Count > 0));

        Assert.Equal(("history", "active", "1"), ((string?)told.Bundle["type"], told.Status, told.Count));
        Assert.Equal(hasFocus ? [$"Composition/{message}"] : [], told.Focuses);
        Assert.Equal(hasFocus, told.Topic is not null);
        Assert.Equal(hasDocument ? [message] : [], told.Documents.Select(entry => (string?)entry["resource"]!["id"]));
        var read = FhirJson.ParseStrict(subscriber.Endpoint.Requests.Last().Body);
        Assert.DoesNotContain(read.Issues.Concat(FhirValidator.Validate(read.Resource!)), issue => issue.Severity >= FhirSeverity.Error);
        // Its sender sees that it was read only when it was handed over.
        await Asking.UntilAsync(() => subscriber.GetAsync($"v1/Composition/{message}/$status"), status => (string?)status["state"] == (hasDocument ? "read" : "registered"));
        var fetched = await subscriber.GetAsync($"fhir/Composition/{message}");
        Assert.Equal(message, (string?)fetched["id"]);
        await Asking.UntilAsync(() => subscriber.GetAsync($"v1/Composition/{message}/$status"), status => (string?)status["state"] == "read");
    }

    [Fact]
    public async Task Missed_events_are_asked_for_by_their_numbers()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked());
        for (var number = 1; number <= 5; number++) await subscriber.MessageAsync(number);
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count >= 5);

        var middle = new Notification(await subscriber.GetAsync($"fhir/Subscription/{id}/$events?eventsSinceNumber=2&eventsUntilNumber=4&content=full-resource"));
        var rest = new Notification(await subscriber.GetAsync($"fhir/Subscription/{id}/$events?eventsSinceNumber=5"));
        var none = new Notification(await subscriber.GetAsync($"fhir/Subscription/{id}/$events?eventsSinceNumber=6"));
        using var wrong = await subscriber.SendAsync(HttpMethod.Get, $"fhir/Subscription/{id}/$events?eventsSinceNumber=0");

        Assert.Equal(("query-event", "5", 3), (middle.Kind, middle.Count, middle.Documents.Count));
        Assert.Equal([2L, 3L, 4L], middle.Numbers);
        Assert.Equal([5L], rest.Numbers);
        Assert.Empty(rest.Documents);
        Assert.Empty(none.Numbers);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_heartbeat_comes_when_nothing_was_heard_for_the_asked_time_and_counts_as_no_event()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var subscriber = await Subscriber.StartAsync(clock);
        await subscriber.SubscribeAsync(subscriber.Asked(heartbeat: 3600));
        Assert.Empty(subscriber.Received("heartbeat"));

        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(61));
        var first = Assert.Single(await subscriber.UntilReceivedAsync("heartbeat", all => all.Count > 0));

        Assert.Equal(("active", "0"), (first.Status, first.Count));
        Assert.Empty(first.Numbers);
    }

    [Fact]
    public async Task A_subscription_is_turned_off_by_its_owner_alone_and_goes_on_where_it_stood()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked());
        var asked = subscriber.Asked();
        asked.Status = Vkp.Fhir.Model.Subscription.SubscriptionStatus.Off;
        using var off = await subscriber.SendAsync(HttpMethod.Put, $"fhir/Subscription/{id}", asked);
        Assert.Equal("off", (string?)JsonNode.Parse(await off.Content.ReadAsStringAsync())!["status"]);
        await subscriber.MessageAsync(1);
        await subscriber.Hub.RoutedAsync();
        Assert.Empty(subscriber.Received("event-notification"));

        using var on = await subscriber.SendAsync(HttpMethod.Put, $"fhir/Subscription/{id}", subscriber.Asked());
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count > 0);

        Assert.Equal(2, subscriber.Received("handshake").Count);
        Assert.Equal([1L], subscriber.Received("event-notification").SelectMany(told => told.Numbers));
        using var removed = await subscriber.SendAsync(HttpMethod.Delete, $"fhir/Subscription/{id}");
        using var gone = await subscriber.SendAsync(HttpMethod.Get, $"fhir/Subscription/{id}");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task A_slow_endpoint_is_given_the_time_it_asked_for_and_no_other_waits_for_it()
    {
        await using var subscriber = await Subscriber.StartAsync();
        using var isSlow = new ManualResetEventSlim(initialState: true);
        await subscriber.SubscribeAsync(subscriber.Asked(timeout: 1));
        var slow = await subscriber.SubscribeAsync(subscriber.Asked(header: "X-Slow: yes", timeout: 1));
        subscriber.Endpoint.Answer = (_, http) =>
        {
            if (http.Request.Headers.ContainsKey("X-Slow")) isSlow.Wait(http.RequestAborted);
            return 200;
        };
        isSlow.Reset();

        await subscriber.MessageAsync(1);

        var failing = await subscriber.UntilStatusAsync(slow, "error");
        Assert.Contains("VKP-635", (string?)failing["error"], StringComparison.Ordinal);
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count > 0);
        isSlow.Set();
        await subscriber.UntilStatusAsync(slow, "active");
    }

    [Fact]
    public async Task What_a_correction_took_back_before_it_was_told_is_told_as_taken_back_and_leaves_no_hole()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var isAway = false;
        subscriber.Endpoint.Answer = (_, _) => Volatile.Read(ref isAway) ? 503 : 200;
        await subscriber.SubscribeAsync(subscriber.Asked("full-resource", maxCount: 10));
        Volatile.Write(ref isAway, true);
        var earlier = await subscriber.MessageAsync(1);
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count > 0);
        var later = await subscriber.MessageAsync(2, $"Composition/{earlier}/$correct");
        await Asking.UntilAsync(() => subscriber.GetAsync($"v1/Composition/{earlier}/$status"), status => (string?)status["state"] == "settled");
        var before = subscriber.Endpoint.Requests.Count;
        Volatile.Write(ref isAway, false);

        await subscriber.UntilReceivedAsync("event-notification", all => all.Any(told => told.Focuses.Contains($"Composition/{later}")));

        var told = subscriber.Endpoint.Requests.Skip(before).Select(request => new Notification(JsonNode.Parse(request.Body)!)).SelectMany(notification => notification.Documents).ToList();
        Assert.Contains(told, entry => (string?)entry["request"]!["method"] == "DELETE" && (string?)entry["request"]!["url"] == $"Composition/{earlier}" && entry["resource"] is null);
        Assert.Contains(told, entry => (string?)entry["resource"]?["id"] == later);
    }
}
