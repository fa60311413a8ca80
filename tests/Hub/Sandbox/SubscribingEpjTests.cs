using System.Net;
using System.Text;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>A journal system that is told by a FHIR Subscription that there is something, against a real hub. Nothing here looks because time passes.</summary>
public sealed class SubscribingEpjTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("empty")]
    [InlineData("id-only")]
    [InlineData("full-resource")]
    public async Task What_it_is_told_of_is_journaled_once_in_order_and_journaled_at_the_hub(string payload)
    {
        await using var at = await StartAsync(payload);
        var sent = await at.MessagesAsync(1, 2, 3);

        await at.Hub.UntilAsync(s => s is { Journaled: 3, Open: 0 });

        Assert.Equal(sent, at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 3, Doubled: 0), at.Epj.Count);
        var told = await at.UntilAsync(told => told.Taken == 3);
        Assert.Equal((3, 1, 0, 0), (told.Told, told.Handshakes, told.Gaps, payload == "empty" ? 0 : told.CaughtUp));
    }

    [Fact]
    public async Task A_call_that_was_answered_and_lost_shows_as_a_gap_and_is_asked_for()
    {
        await using var at = await StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 200, LookUps = true, Times = 1 });
        var lost = await at.MessageAsync("Composition", 1);
        await at.UntilToldAsync(1);
        Assert.Equal((0, 0), (at.Epj.Subscription!.Told, at.Epj.Count.Journaled));

        var next = await at.MessageAsync("MedicationDispense", 2);
        await at.Hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });

        Assert.Equal([lost, next], at.Journaled);
        var told = await at.UntilAsync(told => told.Taken == 2);
        Assert.Equal((2, 1, 1), (told.Told, told.Gaps, told.CaughtUp));
    }

    [Fact]
    public async Task A_call_that_was_lost_with_none_after_it_is_found_when_it_asks_where_it_stands()
    {
        await using var at = await StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 200, LookUps = true, Times = 1 });
        var lost = await at.MessageAsync("Composition", 1);
        await at.UntilToldAsync(1);

        var report = await at.FetchAsync();

        Assert.Equal(1, report.Acknowledged);
        Assert.Equal([lost], at.Journaled);
    }

    [Theory]
    [InlineData(FaultStage.BeforeJournaling)]
    [InlineData(FaultStage.AfterJournaling)]
    public async Task A_call_whose_answer_the_hub_did_not_get_is_repeated_and_journaled_once(FaultStage stage)
    {
        await using var at = await StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Stage = stage, LookUps = true, Times = 1 });
        var id = await at.MessageAsync("Composition", 1);

        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        await at.UntilToldAsync(1);

        Assert.Equal([id], at.Journaled);
        var told = await at.UntilAsync(told => told.Taken == 1);
        Assert.Equal(stage == FaultStage.BeforeJournaling ? (1, 0) : (2, 1), (told.Notifications, told.Repeats));
        Assert.Equal(new EpjCount(Journaled: 1, Doubled: 0), at.Epj.Count);
    }

    [Fact]
    public async Task An_acknowledgement_that_was_lost_is_repeated_and_nothing_is_journaled_twice()
    {
        await using var at = await StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 });
        var id = await at.MessageAsync("Composition", 1);
        await at.Epj.WaitForJournaledAsync(1, Ct);

        await at.FetchAsync();
        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        Assert.Equal([id], at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 1, Doubled: 0), at.Epj.Count);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_with_its_subscription_and_asks_for_what_it_missed()
    {
        await using var at = await StartAsync();
        var before = await at.MessageAsync("Composition", 1);
        await at.UntilAsync(told => told.Taken == 1);
        var subscription = at.Epj.Subscription!.Subscription;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 200, LookUps = true });
        var missed = await at.MessagesAsync(2, 3);
        await at.UntilToldAsync(3);

        await at.RestartAsync();
        await at.Hub.UntilAsync(s => s is { Journaled: 3, Open: 0 });
        var after = await at.MessageAsync("Composition", 4);
        await at.Hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });

        Assert.Equal([before, .. missed, after], at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 4, Doubled: 0), at.Epj.Count);
        Assert.Equal(subscription, at.Epj.Subscription!.Subscription);
    }

    [Fact]
    public async Task A_subscription_that_somebody_removed_is_asked_for_anew()
    {
        await using var at = await StartAsync();
        await at.MessageAsync("Composition", 1);
        await at.UntilAsync(told => told.Taken == 1);
        var removed = at.Epj.Subscription!.Subscription;
        using (var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(at.Hub.Address, $"fhir/Subscription/{removed}")))
        {
            request.Headers.Authorization = new("Bearer", await at.Hub.TokenAsync("journal", "nhn:jft/api"));
            using var gone = await at.Hub.Http.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        await at.FetchAsync();
        await at.SubscribedAsync(handshakes: 2);
        await at.MessageAsync("Composition", 2);
        await at.Hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });

        var told = await at.UntilAsync(told => told.Taken == 1);
        Assert.NotEqual(removed, told.Subscription);
    }

    [Fact]
    public async Task Whoever_does_not_show_what_it_gave_the_hub_is_not_heard()
    {
        await using var at = await StartAsync();
        using var http = new HttpClient();
        using var call = new StringContent("""{"resourceType":"Bundle","type":"history"}""", Encoding.UTF8, "application/fhir+json");

        using var refused = await http.PostAsync(at.Epj.NotificationAddress, call, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(0, at.Epj.Subscription!.Notifications);
        Assert.Contains("\"told\":0", await http.GetStringAsync(new Uri(at.Epj.BaseAddress, "control/subscription"), Ct), StringComparison.Ordinal);
    }

    private static Task<FetchingFixture> StartAsync(string payload = "id-only") => FetchingFixture.StartAsync(EpjKind.Subscribing, options => options with { Payload = payload });
}
