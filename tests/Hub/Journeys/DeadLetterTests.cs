using System.Net;
using System.Text;
using System.Text.Json;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

public class DeadLetterTests
{
    [Fact]
    public async Task Refusals_are_grouped_by_cause_in_plain_words_and_sent_again_as_one()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(
            new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 3 },
            new FaultRule { Kind = FaultKind.Refuse, Code = "2.1", Times = 1 });
        await PostAsync(hub, 4);
        await hub.UntilAsync(s => s.Failed == 4);

        var groups = await GroupsAsync(hub);
        Assert.Equal([3L, 1L], groups.Select(g => g.Count));
        Assert.Equal("Journalsystemet sier at pasienten ikke har en aktiv tjeneste.", groups[0].Cause);

        Assert.Equal((0, 4, true), Summary(await ActAsync(hub, "retry", apply: false)));
        Assert.Empty(hub.Epj.Journal);
        Assert.Equal((4, 4, false), Summary(await ActAsync(hub, "retry", apply: true)));

        await hub.UntilAsync(s => s is { Journaled: 4, Failed: 0, Open: 0 });
        AssertEachOnce(hub.Epj, 4);
        Assert.Empty(await GroupsAsync(hub));
    }

    [Fact]
    public async Task A_message_sent_again_keeps_its_id_and_gets_a_new_bundle_id_however_often_the_button_is_pressed()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 1 });
        await PostAsync(hub, 1);
        await hub.UntilAsync(s => s.Failed == 1);

        var presses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ActAsync(hub, "retry", apply: true)));

        Assert.Equal(1, presses.Sum(lines => lines[^1].Done));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var message = Assert.Single(hub.Epj.Counters.Messages);
        Assert.Equal((2, 1), (message.Received, message.Journaled));
        Assert.NotEqual(Hub.Routing.RoutingSubscription.BundleId(Guid.Parse(message.MessageHeaderId), "epj").ToString(), Assert.Single(hub.Epj.Journal).BundleId);
    }

    [Fact]
    public async Task What_must_not_be_journaled_is_withdrawn_counted_as_settled_and_can_be_taken_back()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 2 });
        await PostAsync(hub, 2);
        await hub.UntilAsync(s => s.Failed == 2);

        Assert.Equal((2, 2, false), Summary(await ActAsync(hub, "withdraw", apply: true)));
        var withdrawn = await hub.UntilAsync(s => s is { Settled: 2, Failed: 0, Open: 0 });
        Assert.Equal(2, withdrawn.SettledBy["withdrawn"]);
        Assert.Equal(0, Summary(await ActAsync(hub, "retry", apply: true)).Done);

        Assert.Equal((2, 2, false), Summary(await ActAsync(hub, "restore", apply: true)));
        await hub.UntilAsync(s => s is { Failed: 2, Settled: 0 });
        Assert.Equal((2, 2, false), Summary(await ActAsync(hub, "retry", apply: true)));
        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
        AssertEachOnce(hub.Epj, 2);
    }

    [Fact]
    public async Task A_message_refused_by_two_destinations_has_failed_until_a_person_has_dealt_with_both()
    {
        await using var hub = await TestHub.StartAsync();
        var one = $"{{ name: epj, adapter: fhir-messaging, address: \"{hub.Epj.FhirBase}\" }}";
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase).Replace($"[ {one} ]", $"[ {one}, {one.Replace("name: epj", "name: response-centre", StringComparison.Ordinal)} ]", StringComparison.Ordinal));
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 2 });
        await PostAsync(hub, 1);
        await hub.DeliveredAsync();

        Assert.Equal((1, 1, false), Summary(await ActAsync(hub, "withdraw", apply: true, new DeadLetterSelection(TestHub.OrgNo, null, "response-centre", null, "test"))));
        await hub.RoutedAsync();
        var between = await hub.StatusAsync();
        Assert.Equal((1, 0), (between.Failed, between.Settled));

        Assert.Equal((1, 1, false), Summary(await ActAsync(hub, "withdraw", apply: true)));
        await hub.UntilAsync(s => s is { Failed: 0, Open: 0, Settled: 1 });
        Assert.Empty(hub.Epj.Journal);
    }

    [Fact]
    public async Task A_message_not_yet_sent_is_withdrawn_by_naming_it_and_the_rest_goes_on()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 503, RetryAfterSeconds = 2, Times = 1 });
        var first = (await PostAsync(hub, 1))[0];
        await hub.Epj.WaitForRequestsAsync(1, default);
        await PostAsync(hub, 1);

        Assert.Equal(0, Summary(await ActAsync(hub, "withdraw", apply: true)).Done);
        // The row may still be written by the first try's settling; the act waits for it and then finds it.
        Assert.Equal(1, Summary(await ActAsync(hub, "withdraw", apply: true, first)).Done);

        await hub.UntilAsync(s => s is { Settled: 1, Journaled: 1, Open: 0 });
        Assert.Single(hub.Epj.Journal);
    }

    [Fact]
    public async Task An_unknown_outcome_where_nobody_can_be_asked_waits_for_a_person_and_holds_its_patients_next_back()
    {
        await using var hub = await TestHub.StartAsync();
        var epj = await hub.UseEpjAsync("gerica-style");
        epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 });
        await PostAsync(hub, 1);
        await epj.WaitForJournaledAsync(1, default);
        await UntilGroupAsync(hub, "unknown");
        await PostAsync(hub, 1);

        var group = Assert.Single(await GroupsAsync(hub));
        Assert.Equal("Ingen vet om journalsystemet har fått meldingen.", group.Cause);
        Assert.Single(epj.Journal);

        Assert.Equal((1, 1, false), Summary(await ActAsync(hub, "confirm", apply: true)));

        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
        AssertEachOnce(epj, 2);
    }

    [Fact]
    public async Task An_EPJ_that_can_be_asked_is_asked_after_a_lost_answer_and_nothing_is_written_twice()
    {
        await using var hub = await TestHub.StartAsync();
        var epj = await hub.UseEpjAsync("profil-style");
        epj.SetFaults(
            new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 },
            new FaultRule { Kind = FaultKind.Status, Status = 503, LookUps = true, Times = 1 });
        await PostAsync(hub, 1);

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        Assert.Equal(1, Assert.Single(epj.Counters.Messages).Received);
        Assert.Single(epj.Journal);
    }

    [Fact]
    public async Task Acts_need_the_administrations_token()
    {
        await using var hub = await TestHub.StartAsync();
        foreach (var path in (string[])["admin/dead-letters/retry?apply=true", "admin/dead-letters/withdraw?apply=true"])
        {
            using var answer = await hub.Http.PostAsync(new Uri(hub.Address, path), new StringContent("{}", Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static void AssertEachOnce(SimulatedEpj epj, int messages)
    {
        Assert.Equal(messages, epj.Journal.Count);
        Assert.All(epj.Counters.Messages, message => Assert.Equal(1, message.Journaled));
    }

    private static async Task<IReadOnlyList<Guid>> PostAsync(TestHub hub, int events)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < events; i++)
        {
            using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            ids.Add(body.RootElement.GetProperty("messageId").GetGuid());
        }

        return ids;
    }

    private static async Task<IReadOnlyList<CauseGroup>> GroupsAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/dead-letters/groups?tenant={TestHub.OrgNo}");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.IReadOnlyListCauseGroup)!;
    }

    private static Task UntilGroupAsync(TestHub hub, string state) => Asking.UntilAsync(() => GroupsAsync(hub), groups => groups.Any(g => g.State == state));

    private static Task<IReadOnlyList<ActProgress>> ActAsync(TestHub hub, string act, bool apply, params Guid[] ids) =>
        ActAsync(hub, act, apply, new DeadLetterSelection(TestHub.OrgNo, null, null, ids.Length > 0 ? ids : null, "test"));

    private static async Task<IReadOnlyList<ActProgress>> ActAsync(TestHub hub, string act, bool apply, DeadLetterSelection selection)
    {
        using var content = new StringContent(JsonSerializer.Serialize(selection, AdminJson.Default.DeadLetterSelection), Encoding.UTF8, "application/json");
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/dead-letters/{act}?apply={(apply ? "true" : "false")}", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonSerializer.Deserialize(line, AdminJson.Default.ActProgress)!)];
    }

    private static (long Done, long Total, bool IsDryRun) Summary(IReadOnlyList<ActProgress> lines) => (lines[^1].Done, lines[^1].Total, lines[^1].IsDryRun);
}
