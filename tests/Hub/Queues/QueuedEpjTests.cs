using Vkp.Hub.Tests.Sandbox;
using Vkp.Messages;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Queues;

/// <summary>The sandbox's journal system that takes messages from a queue, on both transports: what it must survive, and what the hub must make of it.</summary>
public sealed class QueuedEpjTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [EpjKind.PostgreSqlQueue, EpjKind.AmqpQueue];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_published_is_journaled_once_in_order_and_journaled_at_the_hub(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        var sent = new List<string>();
        // Notes are of one lane. What was dispensed is of another, and keeps no order with them.
        foreach (var (type, number) in ((string, int)[])[("Composition", 1), ("Bundle", 2), ("Composition", 3)]) sent.Add(await at.MessageAsync(type, number));
        var dispensed = await at.MessageAsync("MedicationDispense", 4);

        await at.Hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });

        Assert.Equal(sent, at.Journaled.Where(id => id != dispensed));
        Assert.Equal(new EpjCount(Journaled: 4, Doubled: 0), at.Epj.Count);
        Assert.All(at.Epj.Journal, entry => Assert.Equal((FetchingFixture.Patient, "Journalforing_Test_Eksempel"), (entry.PatientValue, entry.Source)));
        Assert.All(at.Epj.Counters.Messages, message => Assert.Equal((1, 1), (message.Received, message.Journaled)));
        await world.UntilWaitingAsync(0);
        Assert.Equal(new QueueCounters(Waiting: 0, Acknowledged: 4, Rejected: 0, Garbage: 0, Silent: 0, Gone: 0, Unreadable: 0), at.Epj.Queue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stopped_between_journaling_and_answering_it_answers_after_the_restart_and_doubles_nothing(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang, Stage = FaultStage.AfterJournaling });
        var id = await at.MessageAsync("Composition", 1);
        await world.UntilJournaledAsync(1);
        Assert.Equal(1, (await at.Hub.StatusAsync()).Open);

        await at.RestartAsync();

        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Equal([id], at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 1, Doubled: 0), at.Epj.Count);
        Assert.Equal((1, 0), (at.Epj.Queue!.Acknowledged, at.Epj.Counters.ChangedRepeats));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_coded_reason_reaches_the_hub_as_its_code(string kind)
    {
        string[] reasons =
        [
            RejectionReasons.PatientUnknown, RejectionReasons.PatientNotOurs, RejectionReasons.ServiceMissing, RejectionReasons.Duplicate, RejectionReasons.ContentInvalid, RejectionReasons.NotForJournal,
            RejectionReasons.Other,
        ];
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(reasons.Select(reason => new FaultRule { Kind = FaultKind.Refuse, Code = reason, Times = 1 }));
        for (var number = 1; number <= reasons.Length; number++) await at.MessageAsync("Composition", number);

        var status = await at.Hub.UntilAsync(s => s.Failed == reasons.Length);

        Assert.Equal(["VKP-610", "VKP-611", "VKP-612", "VKP-613", "VKP-614", "VKP-615", "VKP-619"], status.FailedBy.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(at.Epj.Journal);
        await world.UntilWaitingAsync(0);
        Assert.Equal(reasons.Length, at.Epj.Queue!.Rejected);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_rejected_and_is_sent_again_by_a_person_is_journaled_though_later_messages_are(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 1 });
        var id = await at.MessageAsync("Composition", 1);
        var next = await at.MessageAsync("Composition", 2);
        await at.Hub.UntilAsync(s => s is { Journaled: 1, Failed: 1 });

        await at.RetryAsync(id);

        await at.Hub.UntilAsync(s => s is { Journaled: 2, Failed: 0, Open: 0 });
        Assert.Equal([next, id], at.Journaled);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answered_twice_is_answered_once_and_the_second_time_is_set_aside_by_nobody(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Twice, Times = 1 }, new FaultRule { Kind = FaultKind.Garbage });
        await at.MessageAsync("Composition", 1);
        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        // Answers are read in their order: with this one both before it have been.
        await at.MessageAsync("Composition", 2);

        Assert.Equal("VKP-603", await world.SetAsideAsync());
        Assert.Equal((2, 1), (at.Epj.Queue!.Acknowledged, at.Epj.Queue.Garbage));
        Assert.Equal((1L, 1L), ((await at.Hub.StatusAsync()).Journaled, (await at.Hub.StatusAsync()).Open));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_an_answer_the_message_stays_open_though_it_is_in_the_journal(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Silent, Times = 1 });
        var silent = await at.MessageAsync("Composition", 1);
        var answered = await at.MessageAsync("Composition", 2);

        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 1 });

        Assert.Equal([silent, answered], at.Journaled);
        await world.UntilWaitingAsync(0);
        Assert.Equal(("read", null), await at.StatusAsync("Composition", silent));
        Assert.Equal(1, at.Epj.Queue!.Silent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_left_in_the_queue_is_kept_and_only_what_follows_it_about_the_patient_in_its_lane_waits(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.TransientError, Event = "Bundle" });
        var left = await at.MessageAsync("Bundle", 1);
        var follows = await at.MessageAsync("Composition", 2);
        await world.UntilWaitingAsync(2);
        var other = await at.MessageAsync("Composition", 3, FetchingFixture.OtherPatient);
        await world.UntilJournaledAsync(1);
        var otherLane = await at.MessageAsync("MedicationDispense", 4);
        await world.UntilJournaledAsync(2);
        // However often it looks: more often than a broker lets a message come back.
        for (var look = 0; look < 30; look++) await at.FetchAsync();
        Assert.Equal([other, otherLane], at.Journaled);

        at.Epj.SetFaults();

        await at.Hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });
        Assert.Equal([other, otherLane, left, follows], at.Journaled);
        Assert.Equal(0, at.Epj.Count.Doubled);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task With_the_document_in_the_message_nothing_is_fetched(string kind)
    {
        var nowhere = new Uri("http://127.0.0.1:1/");
        await using var world = await QueuedEpj.StartAsync(kind, ", body: full", options => options with { Access = options.Access with { Hub = nowhere, Issuer = nowhere } });
        var id = await world.At.MessageAsync("Composition", 1);

        await world.At.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        var entry = Assert.Single(world.At.Epj.Journal);
        Assert.Equal((id, FetchingFixture.Patient, "Journalforing_Test_Eksempel"), (entry.MessageHeaderId, entry.PatientValue, entry.Source));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_on_one_queue_are_one_that_works_and_one_that_waits_its_turn(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        var access = new HubAccess(at.Hub.Address, at.Hub.Issuer.BaseAddress, at.Hub.Client("journal"));
        await using var other = await FetchingEpj.StartAsync(
            new FetchingEpjOptions(at.Folder.File("other"), kind, access) { Interval = TimeSpan.FromMilliseconds(100), Queue = world.Access }, TimeProvider.System, Ct);

        // A broker keeps the one behind waiting by itself, and tells it nothing.
        Assert.Equal(kind == EpjKind.PostgreSqlQueue ? $"VKP-955 Another process takes messages from '{QueueAccess.DefaultQueue}'." : null, (await other.FetchNowAsync(Ct)).Problem);
        for (var number = 1; number <= 4; number++) await at.MessageAsync("Composition", number);
        await at.Hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });

        Assert.Equal((4, 0), (at.Epj.Journal.Count, other.Journal.Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_login_that_is_refused_is_told_by_its_code_and_tried_again(string kind)
    {
        await using var world = await QueuedEpj.StartAsync(kind);
        var at = world.At;
        await using var refused = await FetchingEpj.StartAsync(
            new FetchingEpjOptions(at.Folder.File("refused"), kind, new HubAccess(at.Hub.Address, at.Hub.Issuer.BaseAddress, at.Hub.Client("journal"))) { Queue = world.Access with { Password = "wrong" } },
            TimeProvider.System, Ct);

        Assert.Equal(kind == EpjKind.PostgreSqlQueue ? "VKP-956 The transport refused: SQLSTATE 28P01." : "VKP-956 The transport refused: login.", (await refused.FetchNowAsync(Ct)).Problem);
        Assert.DoesNotContain("wrong", world.Access.ToString(), StringComparison.Ordinal);
        Assert.False(refused.Ended.IsCompleted);
    }

    [Fact]
    public async Task What_is_no_announcement_stays_where_it_is_and_what_comes_after_it_is_journaled()
    {
        await using var world = await QueuedEpj.StartAsync(EpjKind.PostgreSqlQueue);
        await world.SendAsync("Epj.Other, Epj", "{}");
        await world.SendAsync("Vkp.Messages.DocumentReady", """{"messageId":"6f0f2a1c-0000-5000-8000-000000000001","deliveryId":"6f0f2a1c-0000-5000-8000-000000000002","fetchFrom":"v1/Bundle/1"}""");
        await world.SendAsync("Vkp.Messages.DocumentReady", "not JSON");
        await world.At.MessageAsync("Composition", 1);

        await world.At.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        var report = await world.At.FetchAsync();
        Assert.Equal((3, 3), (report.Documents, report.Left));
        Assert.StartsWith("VKP-957", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_hub_has_no_more_is_taken_out_and_answered_to_nobody()
    {
        await using var world = await QueuedEpj.StartAsync(EpjKind.PostgreSqlQueue);
        var gone = Guid.NewGuid();
        await world.SendAsync("Vkp.Messages.DocumentReady", $$"""{"MessageId":"{{gone}}","DeliveryId":"{{Guid.NewGuid()}}","FetchFrom":"v1/Bundle/{{gone}}"}""");
        await world.At.MessageAsync("Composition", 1);

        await world.At.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        await world.UntilWaitingAsync(0);
        Assert.Equal((1, 1), (world.At.Epj.Queue!.Gone, world.At.Epj.Queue.Acknowledged));
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_made_again()
    {
        await using var world = await QueuedEpj.StartAsync(EpjKind.PostgreSqlQueue);
        await world.CutAsync();
        await world.At.MessageAsync("Composition", 1);

        await world.At.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
    }

    [Fact]
    public async Task It_shows_its_queue_its_faults_and_its_journal_over_HTTP()
    {
        await using var world = await QueuedEpj.StartAsync(EpjKind.PostgreSqlQueue);
        using var http = new HttpClient { BaseAddress = world.At.Epj.BaseAddress };
        using var rules = new StringContent("""[{"kind":"twice","times":1},{"kind":"silent"}]""", System.Text.Encoding.UTF8, "application/json");
        using (var put = await http.PutAsync("control/faults", rules, Ct)) Assert.True(put.IsSuccessStatusCode);
        await world.At.MessageAsync("Composition", 1);
        await world.At.MessageAsync("Composition", 2);
        await world.UntilJournaledAsync(2);
        await world.UntilWaitingAsync(0);

        Assert.Equal("""{"waiting":0,"acknowledged":2,"rejected":0,"garbage":0,"silent":1,"gone":0,"unreadable":0}""", await http.GetStringAsync("control/queue", Ct));
        Assert.Equal("""{"journaled":2,"doubled":0}""", await http.GetStringAsync("journal/count", Ct));
    }
}
