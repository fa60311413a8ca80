using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>Cases from the field (docs/edge-cases.md) that need a whole hub and have no other home.</summary>
public class EdgeCaseTests
{
    [Fact]
    public async Task Edge_case_23_A_message_too_large_is_refused_with_what_to_do_and_nothing_is_stored()
    {
        await using var hub = await TestHub.StartAsync();
        var large = Encoding.UTF8.GetBytes($$"""{ "eventId": "{{new string('x', Limits.BodyBytesMax)}}" }""");

        using var answer = await hub.PostAsync(large);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("VKP-101", "Send large attachments as links, or split the batch."), ((string?)problem["code"], (string?)problem["detail"]));
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    [Fact]
    public async Task Edge_case_26_After_a_death_new_alerts_are_rejected_with_their_reason_and_nobody_is_chased_for_the_old()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        using var before = await hub.PostAsync(TestHub.Event("dose.notTaken"));
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 1 });

        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase).Replace("services: [ MD, TA ]", "services: []", StringComparison.Ordinal));
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O");
        using var after = await hub.PostAsync(new VendorEvents(person: 0).Alert("dose.notTaken", "A-2", later, later));
        await hub.UntilAsync(s => s.Held.GetValueOrDefault("VKP-115") == 1);
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(25));

        var status = await hub.UntilAsync(s => s is { Failed: 1, Open: 1 });
        Assert.Equal(1, status.FailedBy["VKP-115"]);
        Assert.Equal(0, status.Overdue.Count);
        Assert.Empty(hub.Epj.Journal);
    }

    /// <summary>The municipality's log is held by somebody else, so that nothing can be stored: the vendor's own escalation must not be what tells people.</summary>
    [Fact]
    public async Task Edge_case_27_A_hub_that_cannot_store_says_when_to_return_and_sends_a_device_to_its_next_receiver()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        var dose = TestHub.Event("dose.dispensed");
        var alarm = Encoding.UTF8.GetBytes("<mrq><ref>81</ref><mty>ME</mty><cid>4712345678</cid><dty>0003</dty><stc>0010</stc></mrq>");
        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var holder = await superuser.OpenConnectionAsync())
        await using (var held = await holder.BeginTransactionAsync())
        {
            await using (var hold = new NpgsqlCommand($"select 1 from \"{hub.Database.Schema}\".log_head for update", holder, held)) await hold.ExecuteNonQueryAsync();
            var posts = await Task.WhenAll(hub.PostAsync(dose), hub.PostAsync(alarm, "scaip", "vendors/scaip/events"));
            using var refused = posts[0];
            using var passedOn = posts[1];

            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
            Assert.Contains("<snu>5</snu>", await passedOn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var again = await hub.PostAsync(dose);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await hub.UntilAsync(s => s is { Accepted: 1, Journaled: 1, Open: 0 });
    }
}
