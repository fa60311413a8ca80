using System.Net;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>Every way the simulated EPJ misbehaves, seen from a sender.</summary>
public sealed class EpjFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Busy_answers_come_as_often_as_told_and_then_the_message_is_taken()
    {
        await using var at = await EpjFixture.StartAsync();
        var status = await at.PutAsync("control/faults", """[{"kind":"status","status":429,"retryAfterSeconds":2,"times":2}]""");

        var first = await at.SendAsync(TestMessages.Alert(1, 2));
        await at.SendAsync(TestMessages.Alert(1, 2));
        var third = await at.SendAsync(TestMessages.Alert(1, 2));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.TooManyRequests, first.Status);
        Assert.Equal(TimeSpan.FromSeconds(2), first.Message.Headers.RetryAfter?.Delta);
        Assert.Equal("ok", (string?)third.Response["code"]);
        Assert.Equal(3, at.Epj.Counters.Requests);
        Assert.Contains("\"times\": 0", await at.GetAsync("control/faults"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_dropped_before_journaling_leaves_no_entry()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => at.SendAsync(TestMessages.Alert(1, 2)));

        Assert.Empty(at.Epj.Journal);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Cut)]
    public async Task A_connection_lost_after_journaling_leaves_one_entry_and_the_repeat_gets_its_answer(FaultKind kind)
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = kind, Stage = FaultStage.AfterJournaling, Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => at.SendAsync(TestMessages.Alert(1, 2)));
        Assert.Single(at.Epj.Journal);
        var repeat = await at.SendAsync(TestMessages.Alert(1, 2));

        Assert.Equal("ok", (string?)repeat.Response["code"]);
        Assert.Equal(new MessageCount(TestMessages.Id(1), Received: 2, Journaled: 1), Assert.Single(at.Epj.Counters.Messages));
    }

    [Fact]
    public async Task What_is_journaled_already_is_not_refused_when_it_comes_again()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(1, 2));
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse });

        var repeat = await at.SendAsync(TestMessages.Alert(1, 2));
        var other = await at.SendAsync(TestMessages.Alert(3, 4));

        Assert.Equal(("ok", "fatal-error"), ((string?)repeat.Response["code"], (string?)other.Response["code"]));
    }

    [Theory]
    [InlineData(FaultStage.BeforeJournaling, 0)]
    [InlineData(FaultStage.AfterJournaling, 1)]
    public async Task A_hanging_EPJ_never_answers(FaultStage stage, int entries)
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang, Stage = stage });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var hanging = at.SendAsync(TestMessages.Alert(1, 2), patience.Token);
        await at.Epj.WaitForRequestsAsync(1, Ct);
        await at.Epj.WaitForJournaledAsync(entries, Ct);
        Assert.False(hanging.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.Equal(entries, at.Epj.Journal.Count);
    }

    [Fact]
    public async Task An_EPJ_that_hangs_can_still_be_stopped()
    {
        var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang });
        var hanging = at.SendAsync(TestMessages.Alert(1, 2));
        await at.Epj.WaitForRequestsAsync(1, Ct);

        await at.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => hanging);
    }

    [Fact]
    public async Task A_slow_EPJ_journals_and_answers_late()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Slow, DelayMilliseconds = 60 });
        var started = TimeProvider.System.GetTimestamp();

        var reply = await at.SendAsync(TestMessages.Alert(1, 2));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromMilliseconds(55), Asking.Patience);
        Assert.Equal("ok", (string?)reply.Response["code"]);
    }

    [Fact]
    public async Task A_refusal_strikes_the_named_patient_only_and_is_not_remembered()
    {
        await using var at = await EpjFixture.StartAsync();
        var refused = SyntheticPeople.All[4];
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Patient = refused.NationalId, Code = "1.1", Text = "Pasienten er ikke aktiv." });

        var other = await at.SendAsync(TestMessages.Alert(1, 2));
        var reply = await at.SendAsync(TestMessages.Alert(3, 4, patient: refused));
        at.Epj.SetFaults();
        var later = await at.SendAsync(TestMessages.Alert(3, 4, patient: refused));

        Assert.Equal("ok", (string?)other.Response["code"]);
        Assert.Equal("fatal-error", (string?)reply.Response["code"]);
        Assert.Equal("1.1", (string?)reply.Outcome["issue"]![0]!["details"]!["coding"]![0]!["code"]);
        Assert.Equal("Pasienten er ikke aktiv.", (string?)reply.Outcome["issue"]![0]!["details"]!["text"]);
        Assert.Equal("ok", (string?)later.Response["code"]);
        Assert.Equal(2, at.Epj.Journal.Count);
    }

    [Fact]
    public async Task A_rule_for_an_event_leaves_other_events_alone()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.PutAsync("control/faults", """[{"kind":"transientError","event":"dose.dispensed"}]""");

        var hit = await at.SendAsync(TestMessages.Alert(1, 2, kind: "dose.dispensed"));
        var missed = await at.SendAsync(TestMessages.Alert(3, 4, kind: "alert.closed"));

        Assert.Equal("transient-error", (string?)hit.Response["code"]);
        Assert.Equal("ok", (string?)missed.Response["code"]);
    }

    [Fact]
    public async Task A_redirect_points_elsewhere_and_journals_nothing()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Redirect });

        var reply = await at.SendAsync(TestMessages.Alert(1, 2));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, reply.Status);
        Assert.NotNull(reply.Message.Headers.Location);
        Assert.Empty(at.Epj.Journal);
    }

    [Fact]
    public async Task Garbage_comes_with_a_good_status()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Garbage });

        var reply = await at.SendAsync(TestMessages.Alert(1, 2));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.StartsWith("<html>", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_goes_on_past_any_cap()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Endless });
        using var capped = new HttpClient { MaxResponseContentBufferSize = 4 * 1024 * 1024 };
        using var content = new StringContent(TestMessages.Alert(1, 2).ToJsonString());

        var cut = await Assert.ThrowsAsync<HttpRequestException>(() => capped.PostAsync(new Uri(at.Epj.FhirBase, "$process-message"), content, Ct));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, cut.HttpRequestError);
    }

    [Theory]
    [InlineData("""[{"kind":"explode"}]""")]
    [InlineData("""[{"kind":"drop","tiems":2}]""")]
    [InlineData("""{}""")]
    public async Task Instructions_that_cannot_be_read_are_refused_and_change_nothing(string body)
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Garbage });

        Assert.Equal(HttpStatusCode.BadRequest, await at.PutAsync("control/faults", body));

        Assert.StartsWith("<html>", (await at.SendAsync(TestMessages.Alert(1, 2))).Body, StringComparison.Ordinal);
    }
}
