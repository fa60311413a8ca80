using Vkp.Hub.Delivery;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>
/// A journal system refuses a repeat while the call before it is still on its way there, and then that call is carried out: whoever believed the refusal said of a note in the
/// journal that it was not there.
/// </summary>
public class EarlyRefusalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_while_a_lost_owners_call_is_on_its_way_is_no_last_word_and_what_the_call_did_is_found()
    {
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 1);
        var (lost, old) = await at.NodeAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Slow, DelayMilliseconds = 3000, Times = 1 }, new FaultRule { Kind = FaultKind.Refuse, Times = 1 });
        var slow = at.TryAsync(lost, old);
        await Asking.UntilAsync(() => Task.FromResult(at.Epj.Counters.Requests), requests => requests == 1);
        await at.DieAsync();

        var (next, under) = await at.NodeAsync();
        var early = await at.TryAsync(next, under);
        Assert.Empty(at.Epj.Journal);
        await DeliveryBench.SettleAsync(next, early);
        await slow;
        Assert.Single(at.Epj.Journal);
        var later = await at.TryAsync(next, under);

        Assert.Equal(("unknown", "refused-early", "VKP-518"), (early.State, early.Outcome, early.Error?.Code));
        Assert.Equal(early.FinishedAt + Limits.CallOutstanding, early.DueAt);
        Assert.Equal("journaled", later.State);
        Assert.Single(at.Epj.Journal);
    }

    [Fact]
    public async Task A_refusal_is_believed_when_the_lost_owners_calls_must_be_over()
    {
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 1);
        await at.NodeAsync();
        await at.DieAsync();
        var (next, _) = await at.NodeAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse });

        Assert.Equal("unknown", (await at.TryAsync(next, await DeliveryBench.OwnAsync(next))).State);
        await at.AgeTakeOverAsync(Limits.CallOutstanding);

        Assert.Equal("refused", (await at.TryAsync(next, await DeliveryBench.OwnAsync(next))).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lease_that_was_given_back_casts_doubt_only_when_answers_were_not_heard(bool unheard)
    {
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 1);
        var (old, _) = await at.NodeAsync();
        await old.ReleaseAsync([DeliveryBench.Tenant], unheard ? [DeliveryBench.Tenant] : [], Ct);

        var (_, under) = await at.NodeAsync();

        Assert.Equal(unheard, under.FollowsLostCalls);
    }

    [Theory]
    [InlineData("fhir-messaging")]
    [InlineData("profil-style")]
    public async Task A_refusal_soon_after_an_unknown_outcome_is_no_last_word_and_one_after_the_calls_time_is(string kind)
    {
        var clock = new SkippingClock();
        await using var at = await DeliveryBench.StartAsync(kind, messages: 1);
        var (node, under) = await at.NodeAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Times = 1 }, new FaultRule { Kind = FaultKind.Refuse });
        await DeliveryBench.SettleAsync(node, await at.TryAsync(node, under));
        // Answered in between, and as far from known as before.
        await DeliveryBench.SettleAsync(node, await at.TryAsync(node, under, clock));
        var early = await at.TryAsync(node, under, clock);
        await DeliveryBench.SettleAsync(node, early);
        clock.Skip(Limits.CallOutstanding);
        under.Renew(new Lease(under.Epoch, false), clock.GetTimestamp());

        var last = await at.TryAsync(node, under, clock);

        Assert.Equal(("unknown", "refused-early"), (early.State, early.Outcome));
        Assert.Equal("refused", last.State);
        Assert.Empty(at.Epj.Journal);
    }

    [Fact]
    public async Task A_node_that_slept_before_its_call_does_not_make_it_when_its_lease_has_run_out()
    {
        var clock = new SkippingClock();
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 1);
        var (node, under) = await at.NodeAsync();
        under.Renew(new Lease(under.Epoch, false), clock.GetTimestamp());
        clock.Skip(Limits.DeliveryLease);

        var row = Assert.Single(await DeliveryBench.PendingAsync(node, 10));

        Assert.Null(await at.Attempt(node, clock).MakeAsync(row, under, Ct));
        Assert.Equal(0, at.Epj.Counters.Requests);
    }
}
