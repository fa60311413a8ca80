using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>A journal system that asks (JFT's read side), against a real hub: what it must survive, and what the hub must make of it.</summary>
public sealed class PullingEpjTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_offered_is_journaled_once_in_order_and_journaled_at_the_hub()
    {
        await using var at = await FetchingFixture.StartAsync(change: options => options with { PageSize = 2 });
        var sent = new List<string>();
        foreach (var (type, number) in ((string, int)[])[("Composition", 1), ("MedicationDispense", 2), ("Bundle", 3), ("Composition", 4), ("Composition", 5), ("Composition", 6)]) sent.Add(await at.MessageAsync(type, number));
        await at.Hub.RoutedAsync();

        var report = await at.FetchAsync();
        var again = await at.FetchAsync();

        Assert.Equal(new RoundReport(Documents: 6, Acknowledged: 6, Rejected: 0, Left: 0), report);
        Assert.Equal(0, again.Documents);
        Assert.Equal(sent, at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 6, Doubled: 0), at.Epj.Count);
        Assert.All(at.Epj.Journal, entry => Assert.Equal((FetchingFixture.Patient, "Journalforing_Test_Eksempel"), (entry.PatientValue, entry.Source)));
        Assert.All(at.Epj.Counters.Messages, message => Assert.Equal((1, 1), (message.Received, message.Journaled)));
        await at.Hub.UntilAsync(s => s is { Journaled: 6, Open: 0 });
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Status)]
    public async Task An_acknowledgement_that_was_lost_is_repeated_and_nothing_is_journaled_twice(FaultKind kind)
    {
        await using var at = await FetchingFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = kind, Stage = FaultStage.AfterJournaling, Times = 1 });
        var id = await at.MessageAsync("Composition", 1);
        var next = await at.MessageAsync("Composition", 2);
        await at.Hub.RoutedAsync();

        var first = await at.FetchAsync();
        Assert.Equal(("read", null), await at.StatusAsync("Composition", id));
        var second = await at.FetchAsync();

        Assert.Equal((2, 1, 1), (first.Documents, first.Acknowledged, first.Left));
        Assert.Equal((1, 1, 0), (second.Documents, second.Acknowledged, second.Left));
        Assert.Equal([id, next], at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 2, Doubled: 0), at.Epj.Count);
        Assert.Equal(2, at.Epj.Counters.Messages.Single(message => message.MessageHeaderId == id).Received);
        Assert.Equal(0, at.Epj.Counters.ChangedRepeats);
        await at.Hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
    }

    [Fact]
    public async Task An_EPJ_that_does_not_look_for_repeats_shows_what_doubling_looks_like()
    {
        await using var at = await FetchingFixture.StartAsync(change: options => options with { Deduplicates = false });
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 });
        await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();

        await at.FetchAsync();
        await at.FetchAsync();

        Assert.Equal(new EpjCount(Journaled: 2, Doubled: 1), at.Epj.Count);
    }

    [Fact]
    public async Task Somebody_it_does_not_know_is_rejected_with_a_code()
    {
        await using var at = await FetchingFixture.StartAsync();
        var id = await at.MessageAsync("Composition", 1, SyntheticPeople.Stranger.NationalId);
        await at.Hub.RoutedAsync();

        var report = await at.FetchAsync();

        Assert.Equal((1, 1, 0), (report.Documents, report.Rejected, report.Left));
        Assert.Empty(at.Epj.Journal);
        Assert.Equal(("failed", "VKP-610"), await Asking.UntilAsync(() => at.StatusAsync("Composition", id), status => status.State == "failed"));
    }

    [Fact]
    public async Task What_was_rejected_and_is_sent_again_by_a_person_is_journaled()
    {
        await using var at = await FetchingFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 });
        var id = await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        await at.FetchAsync();
        Assert.Equal(("failed", "VKP-612"), await Asking.UntilAsync(() => at.StatusAsync("Composition", id), status => status.State == "failed"));
        Assert.Equal(0, (await at.FetchAsync()).Documents);

        await at.RetryAsync(id);
        var report = await at.FetchAsync();

        Assert.Equal((1, 1), (report.Documents, report.Acknowledged));
        Assert.Equal([id], at.Journaled);
        await at.Hub.UntilAsync(s => s is { Journaled: 1, Open: 0, Failed: 0 });
    }

    [Fact]
    public async Task A_rejection_that_the_hub_does_not_know_settles_nothing_and_the_document_comes_again()
    {
        await using var at = await FetchingFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "vet-ikke" });
        var id = await at.MessageAsync("Composition", 1);
        var next = await at.MessageAsync("MedicationDispense", 2);
        await at.Hub.RoutedAsync();

        var misunderstood = await at.FetchAsync();
        at.Epj.SetFaults();
        var report = await at.FetchAsync();

        Assert.StartsWith("400 VKP-601", misunderstood.Problem, StringComparison.Ordinal);
        Assert.Equal((2, 0, 2), (misunderstood.Documents, misunderstood.Rejected, misunderstood.Left));
        Assert.Equal(2, report.Acknowledged);
        Assert.Equal([id, next], at.Journaled);
    }

    [Fact]
    public async Task One_that_hangs_goes_on_when_the_rules_are_replaced()
    {
        await using var at = await FetchingFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang, Times = 1 });
        var id = await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        using var http = new HttpClient();
        var hanging = at.FetchAsync();
        await Asking.UntilAsync(() => http.GetStringAsync(new Uri(at.Epj.BaseAddress, "control/faults"), Ct), rules => rules.Contains("\"times\": 0", StringComparison.Ordinal));
        Assert.False(hanging.IsCompleted);

        at.Epj.SetFaults();

        Assert.Equal(1, (await hanging).Left);
        await at.FetchAsync();
        Assert.Equal([id], at.Journaled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_between_journaling_and_acknowledging_it_acknowledges_after_the_restart_and_doubles_nothing(bool isPlaceLost)
    {
        await using var at = await FetchingFixture.StartAsync();
        var before = await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        await at.FetchAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang, Stage = FaultStage.AfterJournaling });
        var id = await at.MessageAsync("Composition", 2);
        await at.Hub.RoutedAsync();
        var hanging = at.FetchAsync();
        await at.Epj.WaitForJournaledAsync(2, Ct);
        Assert.False(hanging.IsCompleted);
        if (isPlaceLost) File.Delete(at.Folder.File("epj/fetched.json"));

        await at.RestartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await at.Hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
        Assert.Equal([before, id], at.Journaled);
        Assert.Equal(new EpjCount(Journaled: 2, Doubled: 0), at.Epj.Count);
    }

    [Fact]
    public async Task Of_one_patient_nothing_is_journaled_before_what_came_before_it_and_others_do_not_wait()
    {
        await using var at = await FetchingFixture.StartAsync();
        var first = await at.MessageAsync("MedicationDispense", 1);
        var other = await at.MessageAsync("Composition", 2, FetchingFixture.OtherPatient);
        var second = await at.MessageAsync("Composition", 3);
        var third = await at.MessageAsync("Bundle", 4);
        await at.Hub.RoutedAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.TransientError, Event = "MedicationDispense", Times = 1 });

        var waiting = await at.FetchAsync();
        Assert.Equal([other], at.Journaled);
        await at.FetchAsync();

        Assert.Equal((4, 1, 3), (waiting.Documents, waiting.Acknowledged, waiting.Left));
        Assert.Equal([other, first, second, third], at.Journaled);
        await at.Hub.UntilAsync(s => s is { Journaled: 4, Open: 0 });
    }

    [Fact]
    public async Task A_list_that_was_lost_on_its_way_is_read_again()
    {
        await using var at = await FetchingFixture.StartAsync();
        var id = await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, LookUps = true, Times = 1 });

        Assert.Equal(0, (await at.FetchAsync()).Documents);
        Assert.Equal(("read", null), await Asking.UntilAsync(() => at.StatusAsync("Composition", id), status => status.State == "read"));
        await at.FetchAsync();

        Assert.Equal([id], at.Journaled);
    }

    [Fact]
    public async Task A_hub_that_asks_to_be_left_alone_is_not_asked_before()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        await using var at = await FetchingFixture.StartAsync(clock: clock);
        await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        using (await at.Hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=oppgradering")) { }
        var paused = await at.FetchAsync();
        using (await at.Hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/resume")) { }

        var early = await at.FetchAsync();
        clock.Now = paused.NotBefore!.Value;
        var later = await at.FetchAsync();

        Assert.StartsWith("503 VKP-592", paused.Problem, StringComparison.Ordinal);
        Assert.Equal((0, paused.NotBefore, null), (early.Documents, early.NotBefore, early.Problem));
        Assert.Equal((1, null, null), (later.Acknowledged, later.NotBefore, later.Problem));
    }

    [Fact]
    public async Task What_is_offered_as_one_kind_while_another_is_listed_comes_before_what_is_younger()
    {
        using var folder = new TemporaryFolder();
        await using var hub = await RecordingHub.StartAsync(Ct);
        var client = DevelopmentClient.Open("journal", folder.File("client.jwk"), TimeProvider.System);
        await using var issuer = await DevelopmentIssuer.StartAsync(
            new DevelopmentIssuerOptions("test", folder.File("issuer"), new Dictionary<string, string>(StringComparer.Ordinal) { ["nhn:jft/"] = "nhn:jft" }, [client.AsRegistered(null, TestHub.OrgNo, ["nhn:jft/api"])]),
            TimeProvider.System, Ct);
        var isYoungerListed = false;
        hub.Answer = (_, _) => 200;
        hub.Body = http =>
        {
            var path = http.Request.Path.Value!.Split('/')[^1];
            if (path == "Bundle") return isYoungerListed ? List("Bundle", "elder", 1) : List();
            isYoungerListed |= path == "Composition";
            return path == "Composition" && !http.Request.QueryString.Value!.Contains("gt", StringComparison.Ordinal) ? List("Composition", "younger", 2) : List();
        };

        await using var epj = await FetchingEpj.StartAsync(new FetchingEpjOptions(folder.File("epj"), EpjKind.Pulling, new HubAccess(hub.Address, issuer.BaseAddress, client)), TimeProvider.System, Ct);
        await epj.WaitForJournaledAsync(2, Ct);

        Assert.Equal(["elder", "younger"], epj.Journal.Select(entry => entry.MessageHeaderId));
    }

    [Fact]
    public async Task It_is_told_over_HTTP_to_fetch_and_shows_its_journal_there()
    {
        await using var at = await FetchingFixture.StartAsync();
        var id = await at.MessageAsync("Composition", 1);
        await at.Hub.RoutedAsync();
        using var http = new HttpClient { BaseAddress = at.Epj.BaseAddress };
        using var rules = new StringContent("""[{"kind":"drop","stage":"afterJournaling","times":1}]""", Encoding.UTF8, "application/json");
        using (var put = await http.PutAsync("control/faults", rules, Ct)) Assert.True(put.IsSuccessStatusCode);

        using var first = await http.PostAsync("control/fetch", null, Ct);
        using var second = await http.PostAsync("control/fetch", null, Ct);

        Assert.Equal("""{"documents":1,"acknowledged":0,"rejected":0,"left":1}""", await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal("""{"documents":1,"acknowledged":1,"rejected":0,"left":0}""", await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal("""{"journaled":1,"doubled":0}""", await http.GetStringAsync("journal/count", Ct));
        Assert.Equal(id, (string?)(await http.GetFromJsonAsync<JsonNode>("journal", Ct))![0]!["messageHeaderId"]);
    }

    /// <summary>A list of one document, offered in that microsecond; or of none.</summary>
    private static string List(string? type = null, string? id = null, int microsecond = 0)
    {
        var entries = type is null ? "" : $$"""{ "resource": { "resourceType": "{{type}}", "id": "{{id}}", "meta": { "lastUpdated": "2026-03-02T08:00:00.00000{{microsecond}}Z" } } }""";
        return $$"""{ "resourceType": "Bundle", "type": "searchset", "entry": [ {{entries}} ] }""";
    }
}
