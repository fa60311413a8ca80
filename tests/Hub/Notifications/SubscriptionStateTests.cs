using Vkp.Fhir.Model;
using Vkp.Hub.Notifications;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>The fold alone: what a subscription wants done, and where it stands after what came of it.</summary>
public class SubscriptionStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    private static readonly SubscriptionTerms Terms = new(
        new Uri("https://epj.example.org/hook"), [], PayloadContent.IdOnly, EventsMax: 10, TimeSpan.FromHours(1), TimeSpan.FromSeconds(15), [], End: null);

    private static SubscriptionState Fresh => new(
        888134574, Guid.Empty, "epj", "journal", Subscription.SubscriptionStatus.Requested, ConfigPosition: 7, Confirmed: false, DateTimeOffset.MinValue, Last: 0, Sent: 0, Failures: 0, Code: null,
        Noon, Noon, Noon, Noon, Epoch: 1);

    private static SubscriptionState Active => Fresh.Succeeded(new SubscriptionStep.Handshake(), Terms, Noon);

    [Fact]
    public void Nothing_is_told_before_the_handshake_is_answered() => Assert.IsType<SubscriptionStep.Handshake>((Fresh with { Last = 5 }).Next(Terms, null, Noon));

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(0, 25, 1, 10)]
    [InlineData(20, 25, 21, 25)]
    public void Events_are_told_from_the_first_not_taken_at_most_so_many_as_asked(long sent, long last, long from, long through) =>
        Assert.Equal(new SubscriptionStep.Notify(from, through), (Active with { Sent = sent, Last = last }).Next(Terms, null, Noon));

    [Fact]
    public void A_failure_moves_no_number_and_the_same_events_come_next()
    {
        var before = Active with { Last = 3 };
        var failed = before.Failed(Errors.EndpointAnswered(500), null, Noon);

        Assert.Equal((Subscription.SubscriptionStatus.Error, 0L, "VKP-634"), (failed.Status!, failed.Sent, failed.Code));
        Assert.Equal(new SubscriptionStep.Rest(Noon.AddSeconds(1)), failed.Next(Terms, null, Noon));
        Assert.Equal(before.Next(Terms, null, Noon), failed.Next(Terms, null, Noon.AddSeconds(1)));
    }

    [Fact]
    public void However_often_it_fails_it_is_never_turned_off_and_asked_again_within_a_minute()
    {
        var (state, now) = (Active with { Last = 1 }, Noon);
        for (var failure = 0; failure < 1000; failure++)
        {
            state = state.Failed(Errors.EndpointSilent("no answer"), null, now);
            Assert.Equal(Subscription.SubscriptionStatus.Error, state.Status);
            Assert.InRange(state.DueAt - now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            now = state.DueAt;
            Assert.IsType<SubscriptionStep.Notify>(state.Next(Terms, null, now));
        }

        var back = state.Succeeded(new SubscriptionStep.Notify(1, 1), Terms, now);
        Assert.Equal((Subscription.SubscriptionStatus.Active, 1L, null, 0), (back.Status, back.Sent, back.Code, back.Failures));
    }

    [Fact]
    public void An_endpoint_that_asks_for_time_gets_it() =>
        Assert.Equal(Noon.AddMinutes(5), Active.Failed(Errors.EndpointAnswered(503), TimeSpan.FromMinutes(5), Noon).DueAt);

    [Fact]
    public void A_heartbeat_is_due_after_its_period_of_silence_and_an_event_counts_as_heard()
    {
        Assert.Equal(new SubscriptionStep.Rest(Noon.AddHours(1)), Active.Next(Terms, null, Noon.AddMinutes(59)));
        Assert.IsType<SubscriptionStep.Heartbeat>(Active.Next(Terms, null, Noon.AddHours(1)));

        var told = (Active with { Last = 1 }).Succeeded(new SubscriptionStep.Notify(1, 1), Terms, Noon.AddMinutes(30));
        Assert.Equal(new SubscriptionStep.Rest(Noon.AddMinutes(90)), told.Next(Terms, null, Noon.AddHours(1)));
        Assert.Equal(Noon.AddMinutes(90), told.NextAt);
    }

    [Fact]
    public void Without_a_heartbeat_it_rests_until_something_is_new()
    {
        var quiet = Terms with { Heartbeat = null };
        Assert.Equal(new SubscriptionStep.Rest(DateTimeOffset.MaxValue), Active.Next(quiet, null, Noon.AddYears(1)));
    }

    [Fact]
    public void Its_end_comes_before_anything_else_and_only_then_or_by_its_owner_is_it_off()
    {
        var ending = Terms with { End = Noon.AddHours(2) };
        Assert.Equal(new SubscriptionStep.Notify(1, 2), (Active with { Last = 2 }).Next(ending, null, Noon.AddHours(1)));
        Assert.IsType<SubscriptionStep.End>((Active with { Last = 2 }).Next(ending, Errors.SubscriberGone("epj"), Noon.AddHours(2)));
        Assert.Equal(new SubscriptionStep.Rest(DateTimeOffset.MaxValue), (Active with { Last = 2 }).Ended(Noon).Next(Terms, null, Noon.AddYears(1)));
    }

    [Fact]
    public void An_obstacle_comes_before_a_call_and_is_looked_at_again()
    {
        var gone = Errors.SubscriberGone("epj");
        Assert.Equal(new SubscriptionStep.Obstacle(gone), (Active with { Last = 1 }).Next(Terms, gone, Noon));
        Assert.Equal(new SubscriptionStep.Notify(1, 1), (Active with { Last = 1 }).Failed(gone, null, Noon).Next(Terms, null, Noon.AddMinutes(1)));
    }

    [Fact]
    public void Only_a_change_of_status_is_a_fact()
    {
        var failed = Active.Failed(Errors.EndpointAnswered(500), null, Noon);
        Assert.Equal(SubscriptionFacts.Failed, SubscriptionFacts.Of(Active, failed)!.Events[0].Type);
        Assert.Null(SubscriptionFacts.Of(failed, failed.Failed(Errors.EndpointAnswered(500), null, Noon)));
        Assert.Null(SubscriptionFacts.Of(Active, Active.Succeeded(new SubscriptionStep.Heartbeat(), Terms, Noon)));
    }
}
