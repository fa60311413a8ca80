using Npgsql;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

public class DeliveryJourneyTests
{
    [Fact]
    public async Task Edge_case_16_An_EPJ_that_is_away_gets_its_messages_when_it_returns()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults([new FaultRule { Kind = FaultKind.Status, Status = 503, Times = 2 }]);

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Single(hub.Epj.Journal);
        Assert.Equal(1, Assert.Single(hub.Epj.Counters.Messages).Journaled);
    }

    [Fact]
    public async Task An_answer_lost_after_the_EPJ_journaled_leads_to_a_repeat_and_one_entry()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults([new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 }]);

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var message = Assert.Single(hub.Epj.Counters.Messages);
        Assert.Equal((2, 1), (message.Received, message.Journaled));
    }

    [Fact]
    public async Task Edge_case_20_A_refusal_is_parked_at_once_with_its_code_and_blocks_nothing_else()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults([new FaultRule { Kind = FaultKind.Refuse, Times = 1 }]);

        using var refused = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s.Failed == 1);
        using var next = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        var counts = await hub.UntilAsync(s => s is { Journaled: 1, Failed: 1, Open: 0 });
        Assert.Equal(1, counts.FailedBy.Values.Sum());
        Assert.All(counts.FailedBy.Keys, code => Assert.StartsWith("VKP-", code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_whose_clock_is_set_back_goes_on_holding_its_leases()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var ask = superuser.CreateCommand($"select max(until) from {hub.Database.Schema}.delivery_lease");
        async Task<DateTime> HeldUntilAsync() => (await ask.ExecuteScalarAsync()) as DateTime? ?? DateTime.MinValue;
        await hub.RoutedAsync();

        clock.Set(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(60));

        // A round that was under way at that moment renews once more; the next one would not come.
        var (held, changed) = (await HeldUntilAsync(), TimeProvider.System.GetTimestamp());
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var renewals = 0; renewals < 2 && await look.WaitForNextTickAsync();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(changed) < Asking.Patience, "nobody renews the leases");
            if (await HeldUntilAsync() is var now && now > held) (held, renewals) = (now, renewals + 1);
        }
    }

    [Fact]
    public async Task A_paused_destination_gets_nothing_until_it_is_resumed()
    {
        await using var hub = await TestHub.StartAsync();
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=upgrade"))
        {
        }

        await hub.RestartAsync();
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 1 });
        Assert.True((await hub.StatusAsync()).Destinations[0].Paused);

        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/resume"))
        {
        }

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
    }

    [Fact]
    public async Task What_was_accepted_before_a_restart_is_delivered_after_it()
    {
        await using var hub = await TestHub.StartAsync();
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=restart"))
        {
        }

        await hub.RestartAsync();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        }

        await hub.RestartAsync();
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/resume"))
        {
        }

        await hub.UntilAsync(s => s is { Journaled: 5, Open: 0 });
        Assert.Equal(5, hub.Epj.Journal.Count);
    }

    [Fact]
    public async Task One_patients_messages_are_journaled_in_the_order_they_were_accepted()
    {
        await using var hub = await TestHub.StartAsync();
        var expected = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
            expected.Add(answer.Headers.Location!.ToString().Split('/')[4]);
        }

        await hub.UntilAsync(s => s is { Journaled: 20, Open: 0 });

        Assert.Equal(expected, hub.Epj.Journal.Select(entry => entry.MessageHeaderId));
    }
}
