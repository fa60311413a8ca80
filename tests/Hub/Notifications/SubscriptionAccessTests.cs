using System.Net;
using System.Text.Json.Nodes;
using Vkp.Fhir.Model;
using Task = System.Threading.Tasks.Task;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>Who may have what told, and where to: no other municipality, no unapproved address, no secret that can be read again.</summary>
public class SubscriptionAccessTests
{
    private const string Secret = "hemmelig-abc123";

    [Fact]
    public async Task A_secret_reaches_the_endpoint_and_nobody_else()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked(header: $"Authorization: Bearer {Secret}"));

        var shown = await subscriber.GetAsync($"fhir/Subscription/{id}");
        var listed = await subscriber.GetAsync("fhir/Subscription?status=active");

        Assert.Equal($"Bearer {Secret}", subscriber.Endpoint.Requests.Single().Authorization);
        Assert.Equal("Authorization: ********", (string?)shown["channel"]!["header"]![0]);
        Assert.Equal(1, (int?)listed["total"]);
        Assert.DoesNotContain(Secret, listed.ToJsonString() + shown.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await subscriber.Hub.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mask_sent_back_keeps_the_secret_and_does_not_carry_it_to_another_endpoint()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked(header: $"Authorization: Bearer {Secret}"));
        using var same = await subscriber.SendAsync(HttpMethod.Put, $"fhir/Subscription/{id}", subscriber.Asked(maxCount: 5, header: "Authorization: ********"));
        await subscriber.UntilReceivedAsync("handshake", all => all.Count == 2);

        var elsewhere = subscriber.Asked(header: "Authorization: ********");
        elsewhere.Channel!.Endpoint = $"{subscriber.Endpoint.Address}hook/another";
        using var moved = await subscriber.SendAsync(HttpMethod.Put, $"fhir/Subscription/{id}", elsewhere);

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.All(subscriber.Endpoint.Requests, request => Assert.Equal($"Bearer {Secret}", request.Authorization));
        Assert.Equal(HttpStatusCode.BadRequest, moved.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_municipality_finds_nothing_and_changes_nothing()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked());
        var message = await subscriber.MessageAsync(1);
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 1);

        (HttpMethod Method, string Path, Resource? Body)[] tries =
        [
            (HttpMethod.Get, $"fhir/Subscription/{id}", null), (HttpMethod.Put, $"fhir/Subscription/{id}", subscriber.Asked()), (HttpMethod.Delete, $"fhir/Subscription/{id}", null),
            (HttpMethod.Get, $"fhir/Subscription/{id}/$status", null), (HttpMethod.Get, $"fhir/Subscription/{id}/$events", null), (HttpMethod.Get, $"fhir/Composition/{message}", null),
        ];
        foreach (var (method, path, body) in tries)
        {
            using var answer = await subscriber.SendAsync(method, path, body, "journal-elsewhere");
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {answer.StatusCode}");
        }

        Assert.Equal(0, (int?)(await subscriber.GetAsync("fhir/Subscription", "journal-elsewhere"))["total"]);
        Assert.Equal(0, (int?)(await subscriber.GetAsync("fhir/Subscription/$status", "journal-elsewhere"))["total"]);
        Assert.Equal("active", (string?)(await subscriber.GetAsync($"fhir/Subscription/{id}"))["status"]);
        using var sender = await subscriber.SendAsync(HttpMethod.Get, $"fhir/Subscription/{id}", client: "journaling");
        Assert.Equal(HttpStatusCode.Forbidden, sender.StatusCode);
    }

    [Fact]
    public async Task An_endpoint_the_municipality_has_not_approved_is_refused_and_never_called()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var asked = subscriber.Asked();
        asked.Channel!.Endpoint = $"{subscriber.Endpoint.Address}hooks";

        using var refused = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", asked);
        using var elsewhere = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", subscriber.Asked(), "journal-elsewhere");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.StatusCode, elsewhere.StatusCode));
        Assert.Contains("VKP-632", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(subscriber.Endpoint.Requests);
    }

    [Theory]
    [InlineData(false, "VKP-632")]
    [InlineData(true, "VKP-633")]
    public async Task An_approval_taken_back_ends_the_calls_and_shows_and_given_again_they_go_on(bool isAnothersNow, string code)
    {
        await using var subscriber = await Subscriber.StartAsync();
        var id = await subscriber.SubscribeAsync(subscriber.Asked());
        var approved = $"{subscriber.Endpoint.Address}hook";
        await subscriber.ApproveAsync(isAnothersNow ? approved : null, isAnothersNow ? "another-journal" : "journal");
        await subscriber.MessageAsync(1);

        await Asking.UntilAsync(() => subscriber.Hub.DumpAsync(), dump => dump.Contains($",error,", StringComparison.Ordinal) && dump.Contains($",{code},", StringComparison.Ordinal));
        Assert.Single(subscriber.Endpoint.Requests);
        await subscriber.ApproveAsync(approved);

        await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 1);
        await subscriber.UntilStatusAsync(id, "active");
    }

    [Fact]
    public async Task A_body_that_asks_for_what_the_hub_cannot_do_is_refused_with_all_that_is_wrong()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var asked = subscriber.Asked(content: "everything", filter: "Patient?name=Nordmann", header: "Host: evil");
        asked.Criteria = "Observation?code=1";
        asked.Channel!.Type = Subscription.SubscriptionChannelType.Email;

        using var refused = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", asked);

        var told = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(5, JsonNode.Parse(told)!["issue"]!.AsArray().Count(issue => issue!.ToJsonString().Contains("VKP-630", StringComparison.Ordinal)));
        Assert.DoesNotContain("Nordmann", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_system_has_a_limited_number_of_subscriptions()
    {
        await using var subscriber = await Subscriber.StartAsync();
        for (var number = 0; number < Limits.SubscriptionsPerDestinationMax; number++)
        {
            using var taken = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", subscriber.Asked());
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        }

        using var tooMany = await subscriber.SendAsync(HttpMethod.Post, "fhir/Subscription", subscriber.Asked());

        Assert.Equal(HttpStatusCode.Conflict, tooMany.StatusCode);
    }
}
