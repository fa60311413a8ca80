using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Adapters;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Replay;
using Vkp.Hub.Routing;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Retention;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Replay;

public sealed class ResendTests : IDisposable
{
    private static readonly ReplayRequest Everything = new(TestHub.OrgNo, Purpose: "journalen er satt tilbake", Rate: 0, As: ReplayKinds.Resend);

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-resend-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Documents_sent_again_keep_their_message_ids_get_new_bundle_ids_and_stand_in_the_journal_once()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 4);
        await hub.UntilAsync(s => s.Journaled == 4);

        var rehearsed = await Replays.ReplayAsync(hub, Everything with { DryRun = true });
        Assert.All(hub.Epj.Counters.Messages, m => Assert.Equal(1, m.Received));

        var planned = await Replays.PlanAsync(hub, Everything);
        var part = Assert.Single(planned.Parts!);
        Assert.Equal(("epj", "journaled", 4L, true), (part.Destination, part.State, part.Documents, part.IsSent));
        await Replays.ActAsync(hub, planned, "run");
        var sent = await Replays.CompletedAsync(hub, planned);

        Assert.All(hub.Epj.Counters.Messages, m => Assert.Equal((2, 1), (m.Received, m.Journaled)));
        Assert.Equal(4, (await hub.UntilAsync(s => s.Open == 0)).Journaled);
        Assert.Equal((string?)Result(rehearsed)["digest"], (string?)Result(sent)["digest"]);
        Assert.Equal(4, (long)Result(sent)["sent"]!);
        Assert.Equal(4, (long)Result(sent)["documents"]!["epj: journaled now"]!);
        var bundles = string.Join(',', hub.Epj.Counters.Messages.Select(m => $"'{RoutingSubscription.BundleId(Guid.Parse(m.MessageHeaderId), "epj", resends: 1)}'"));
        Assert.Equal(4, await CountAsync(hub, $"resends = 1 and lane = 3 and state = 'journaled' and bundle_id in ({bundles})"));

        // A receiver that says no because it has it already says that it has it.
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "duplicate", Times = 4 });
        Assert.Equal(4, (long)Result(await Replays.ReplayAsync(hub, Everything))["documents"]!["epj: journaled now"]!);
        Assert.Equal((4L, 0L), ((await hub.StatusAsync()).Journaled, (await hub.StatusAsync()).Failed));

        // What was deleted under retention is left out, and the report says so.
        await hub.RoutedAsync();
        Assert.Equal(4, await DeletedContent.MakeAsync(hub));
        var gone = Result(await Replays.ReplayAsync(hub, Everything with { DryRun = true }));
        Assert.Equal((0, 4), ((long)gone["sent"]!, (long)gone["documents"]!["epj, journaled: left out, its content was deleted under retention"]!));
    }

    [Fact]
    public async Task An_abort_puts_back_what_nobody_has_taken_and_sends_no_more()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 });
        await PostAsync(hub, 1);
        await hub.UntilAsync(s => s.Failed == 1);
        await PostAsync(hub, 3);
        await hub.UntilAsync(s => s.Journaled == 3);
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 503, RetryAfterSeconds = 1 });

        var planned = await Replays.PlanAsync(hub, Everything);
        await Replays.ActAsync(hub, planned, "run");
        await Replays.UntilAsync(hub, planned, s => s.Sent == 4);
        // The failed one is on its way again; the others stay what the journal system said of them.
        await hub.UntilAsync(s => s is { Journaled: 3, Failed: 0, Open: 1 });

        Assert.Equal("aborted", (await Replays.ActAsync(hub, planned, "abort")).State);
        await hub.UntilAsync(s => s is { Journaled: 3, Failed: 1, Open: 0 });
        Assert.Equal(3, await CountAsync(hub, "state = 'journaled'"));
        Assert.Equal(1, await CountAsync(hub, "state = 'refused' and parked and code = 'VKP-504'"));

        hub.Epj.SetFaults();
        var before = hub.Epj.Counters.Messages.Sum(m => m.Received);
        await PostAsync(hub, 1);
        await hub.UntilAsync(s => s.Journaled == 4);
        Assert.Equal(before + 1, hub.Epj.Counters.Messages.Sum(m => m.Received));
    }

    [Fact]
    public async Task A_resend_killed_in_the_middle_of_its_pages_sends_each_document_again_once()
    {
        await using var hub = await TestHub.StartAsync();
        // Pages of two. Each death is followed by one page or by two: the second process may come when the first is done.
        await PostAsync(hub, 20);
        await hub.UntilAsync(s => s.Journaled == 20);
        await hub.StopAsync();
        Guid id;
        await using (var bench = new ReplayBench(hub, [], folder)) id = await bench.StartAsync(Everything with { Rate = 40 });

        for (var kills = 0; kills < 5; kills++)
        {
            using var death = new CancellationTokenSource();
            var asked = 0;
            await using var life = new ReplayBench(hub, [], folder, asked: () => { if (++asked == 2) death.Cancel(); });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => life.Engine.RunOnceAsync(death.Token));
            await using var next = new ReplayBench(hub, [], folder);
            // Two processes at once: one has the page, the other passes it over.
            await using var other = new ReplayBench(hub, [], folder);
            await Task.WhenAll(next.Engine.RunOnceAsync(default), other.Engine.RunOnceAsync(default));
        }

        await hub.RestartAsync();
        await Replays.UntilAsync(hub, await StatusAsync(hub, id), s => s.State == ReplayStates.Completed);

        Assert.Equal(20, await CountAsync(hub, "resends = 1 and state = 'journaled'"));
        Assert.Equal(20, await CountAsync(hub, "type = 'MessageResent'", "event"));
        Assert.All(hub.Epj.Counters.Messages, m => Assert.Equal((2, 1), (m.Received, m.Journaled)));
    }

    [Fact]
    public async Task A_receiver_that_can_be_asked_is_asked_and_one_that_cannot_is_left_alone()
    {
        await using var hub = await TestHub.StartAsync();
        var epj = await hub.UseEpjAsync("profil-style");
        await PostAsync(hub, 2);
        await hub.UntilAsync(s => s.Journaled == 2);
        var asked = Result(await Replays.ReplayAsync(hub, Everything));
        Assert.Equal(2, (long)asked["documents"]!["epj, journaled: asked for, and sent when it is not there"]!);
        Assert.Equal(2, (long)asked["documents"]!["epj: journaled now"]!);
        Assert.Equal(2, epj.Journal.Count);

        epj = await hub.UseEpjAsync("gerica-style");
        var left = await Replays.PlanAsync(hub, Everything);
        Assert.Equal((2L, false), (Assert.Single(left.Parts!).Documents, left.Parts![0].IsSent));
        await Replays.ActAsync(hub, left, "run");
        Assert.Equal(0, (long)Result(await Replays.CompletedAsync(hub, left))["sent"]!);
        Assert.Empty(epj.Journal);
    }

    [Fact]
    public async Task What_goes_to_a_live_journal_or_is_large_needs_another_person_and_a_dry_run_does_not()
    {
        await using var hub = await TestHub.StartAsync(signsIn: false);
        await PostAsync(hub, 1);
        await hub.UntilAsync(s => s.Journaled == 1);
        await using var live = new ReplayBench(hub, [], folder, HubEnvironment.Production);
        var (planned, _) = await live.Office.PlanAsync(Everything, Replays.Operator, isProven: true, default);
        Assert.True(planned!.NeedsApproval);
        var path = $"admin/replays/{planned.OrgNo}/{planned.ReplayId}/";

        Assert.Equal("VKP-715", await Replays.RefusedAsync(hub, HttpMethod.Post, path + "run"));
        Assert.Equal("VKP-713", await Replays.RefusedAsync(hub, HttpMethod.Post, path + "approve"));
        Assert.Equal("approved", (await Replays.ActAsync(hub, planned, "approve", "Ola")).State);
        await Replays.ActAsync(hub, planned, "run");
        await Replays.CompletedAsync(hub, planned);
        Assert.Equal(2, Assert.Single(hub.Epj.Counters.Messages).Received);

        var (rehearsal, _) = await live.Office.PlanAsync(Everything with { DryRun = true }, Replays.Operator, isProven: false, default);
        Assert.False(rehearsal!.NeedsApproval);
        Assert.Equal("VKP-109", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/replays", $$"""{"orgNo":"{{TestHub.OrgNo}}","purpose":"x","as":"anything"}"""));
    }

    [Theory]
    [InlineData(HubEnvironment.Production, false, 1, true)]
    [InlineData(HubEnvironment.Production, true, 1, false)]
    [InlineData(HubEnvironment.Test, false, Limits.ResendWithoutApprovalMax, false)]
    [InlineData(HubEnvironment.Test, false, Limits.ResendWithoutApprovalMax + 1, true)]
    [InlineData(HubEnvironment.Test, true, Limits.ResendWithoutApprovalMax + 1, false)]
    public void A_second_person_is_asked_for_a_live_journal_and_for_many_documents(HubEnvironment environment, bool isDryRun, long sent, bool needed) =>
        Assert.Equal(needed, ResendRules.NeedsApproval(environment, isDryRun, sent));

    [Theory]
    [InlineData("refused", ReceiverClass.Neither, "available")]
    [InlineData("refused", ReceiverClass.Deduplicates, "available")]
    [InlineData("journaled", ReceiverClass.Deduplicates, "available")]
    [InlineData("journaled", ReceiverClass.CanBeAsked, "unknown")]
    [InlineData("journaled", ReceiverClass.Neither, null)]
    [InlineData("refused", null, null)]
    public void What_could_be_journaled_twice_is_never_sent(string state, ReceiverClass? receiver, string? next) => Assert.Equal(next, ResendRules.Decide(state, receiver).State);

    private static JsonNode Result(SignedReport report) => JsonNode.Parse(report.Report)!["result"]!;

    private static async Task PostAsync(TestHub hub, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed", i % 2));
            Assert.True(posted.IsSuccessStatusCode);
        }
    }

    private static async Task<ReplayStatus> StatusAsync(TestHub hub, Guid id)
    {
        using var answer = await Replays.SendAsync(hub, HttpMethod.Get, $"admin/replays/{TestHub.OrgNo}/{id}");
        return System.Text.Json.JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.ReplayStatus)!;
    }

    private static async Task<long> CountAsync(TestHub hub, string where, string table = "delivery")
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var count = superuser.CreateCommand($"select count(*) from \"{hub.Database.Schema}\".{table} where {where}");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
