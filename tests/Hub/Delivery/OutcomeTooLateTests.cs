using System.Text.Json;
using Npgsql;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>The database is away when a journal system answers, and comes back when the lease has run out and nobody else has taken it.</summary>
public class OutcomeTooLateTests
{
    [Fact]
    public async Task A_receiver_that_can_neither_deduplicate_nor_be_asked_is_not_sent_again_what_it_answered_while_nothing_could_be_written()
    {
        var clock = new SkippingClock();
        await using var hub = await TestHub.StartAsync(clock: clock);
        var epj = await hub.UseEpjAsync("gerica-style");
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var schema = hub.Database.Schema;
        epj.SetFaults(new FaultRule { Kind = FaultKind.Slow, Stage = FaultStage.AfterJournaling, DelayMilliseconds = 700, Times = 1 });
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await Asking.UntilAsync(() => Task.FromResult(epj.Journal.Count), written => written == 1);

        // No lease can be looked at, so nothing can be settled, and the lease is over by this node's clock.
        await ExecuteAsync(superuser, $"alter table \"{schema}\".delivery_lease rename to delivery_lease_away");
        clock.Skip(Limits.DeliveryLease + TimeSpan.FromSeconds(1));
        await Asking.UntilAsync(() => WaitingAsync(hub), waiting => waiting == 0);
        await ExecuteAsync(superuser, $"alter table \"{schema}\".delivery_lease_away rename to delivery_lease");
        clock.Skip(TimeSpan.FromMinutes(1));

        await Asking.UntilAsync(() => ScalarAsync(superuser, $"select state || ' ' || due_at from \"{schema}\".delivery"), state => state == "unknown infinity");
        Assert.Single(epj.Journal);
        Assert.NotNull(await ScalarAsync(superuser, $"select max(calls_lost_at)::text from \"{schema}\".delivery_lease"));
    }

    [Theory]
    [InlineData(true, "journaled")]
    [InlineData(false, null)]
    public async Task A_try_that_ended_in_the_journal_has_a_row_only_where_no_fact_says_so(bool isOvertaken, string? row)
    {
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 1);
        var (node, under) = await at.NodeAsync();
        var settlement = await at.TryAsync(node, under);
        if (isOvertaken) await at.ConfirmAsync();

        var settled = await node.SettleAsync([settlement], TestContext.Current.CancellationToken);

        Assert.Equal((isOvertaken, !isOvertaken), (settled.Overtaken.Contains(settlement), settled.Written.Contains(settlement)));
        Assert.Equal(row, await at.AttemptsAsync());
    }

    [Theory]
    [InlineData(FaultKind.Hang, false)]
    [InlineData(FaultKind.Refuse, true)]
    public async Task A_hub_that_stops_leaves_word_of_calls_it_did_not_hear_to_the_end(FaultKind fault, bool isHeard)
    {
        await using var hub = await TestHub.StartAsync();
        var epj = await hub.UseEpjAsync("fhir-messaging");
        epj.SetFaults(new FaultRule { Kind = fault });
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        if (isHeard) await Asking.UntilAsync(() => ScalarAsync(superuser, $"select state from \"{hub.Database.Schema}\".delivery"), state => state == "refused");
        else await Asking.UntilAsync(() => Task.FromResult(epj.Counters.Requests), requests => requests == 1);

        await hub.StopAsync();

        Assert.Equal(isHeard, await ScalarAsync(superuser, $"select max(calls_lost_at)::text from \"{hub.Database.Schema}\".delivery_lease") is null);
    }

    private static async Task<int> WaitingAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, "admin/status");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.StatusReport)!.WaitingDeliveries;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> ScalarAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return await command.ExecuteScalarAsync() as string;
    }
}
