using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

public class JourneyTests
{
    [Fact]
    public async Task A_dispensed_dose_becomes_one_journal_entry_and_its_sender_sees_each_step()
    {
        await using var hub = await TestHub.StartAsync();

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var status = await StatusAsync(hub, answer.Headers.Location!);
        Assert.Equal("journaled", status.State);
        Assert.True(status.Registered <= status.Forwarded && status.Forwarded <= status.Journaled);
        var entry = Assert.Single(hub.Epj.Journal);
        Assert.Equal(SyntheticPeople.All[0].NationalId, entry.PatientValue);
        Assert.Equal(status.MessageId.ToString(), entry.MessageHeaderId);
    }

    [Fact]
    public async Task A_missed_dose_and_its_closing_become_one_document_that_carries_both()
    {
        await using var hub = await TestHub.StartAsync();
        var missed = Guid.CreateVersion7();
        using var opened = await hub.PostAsync(TestHub.Event("dose.notTaken", id: missed));
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 1 });
        Assert.Empty(hub.Epj.Journal);

        using var closed = await hub.PostAsync(TestHub.Event("alert.closed", alerts: [TriggerEvents.AlertIdOf(missed)]));

        var counts = await hub.UntilAsync(s => s.Open == 0 && s.Accepted == 2);
        Assert.Equal((1, 1), (counts.Journaled, counts.Settled));
        Assert.Single(hub.Epj.Journal);
        var first = await StatusAsync(hub, opened.Headers.Location!);
        var second = await StatusAsync(hub, closed.Headers.Location!);
        Assert.Equal(("settled", "folded-into-case", second.MessageId), (first.State, first.Reason, first.InDocumentOf!.Value));
    }

    [Fact]
    public async Task A_closing_never_folds_an_alert_of_another_patient()
    {
        await using var hub = await TestHub.StartAsync();
        var missed = Guid.CreateVersion7();
        using var opened = await hub.PostAsync(TestHub.Event("dose.notTaken", person: 0, id: missed));

        using var closed = await hub.PostAsync(TestHub.Event("alert.closed", person: 1, alerts: [TriggerEvents.AlertIdOf(missed)]));

        var counts = await hub.UntilAsync(s => s is { Journaled: 1, Accepted: 2 });
        Assert.Equal(1, counts.Open);
        Assert.Equal(SyntheticPeople.All[1].NationalId, Assert.Single(hub.Epj.Journal).PatientValue);
    }

    [Fact]
    public async Task The_real_submission_is_journaled_and_its_sender_hears_what_was_put_right()
    {
        await using var hub = await TestHub.StartAsync();

        using var answer = await hub.PostBundleAsync(File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("OperationOutcome", (string?)outcome["resourceType"]);
        Assert.Contains(outcome["issue"]!.AsArray(), i => ((string?)i!["expression"]?[0])?.Contains("identifier[0].value", StringComparison.Ordinal) == true);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Equal("1302", Assert.Single(hub.Epj.Journal).PatientValue);
    }

    [Fact]
    public async Task Edge_case_01_The_same_event_again_gets_the_same_answer_and_no_second_entry()
    {
        await using var hub = await TestHub.StartAsync();
        var happened = TestHub.Event("dose.dispensed");
        using var first = await hub.PostAsync(happened);
        await hub.UntilAsync(s => s.Journaled == 1);

        using var second = await hub.PostAsync(happened);

        Assert.Equal(
            (first.StatusCode, first.Headers.Location, await first.Content.ReadAsStringAsync()),
            (second.StatusCode, second.Headers.Location, await second.Content.ReadAsStringAsync()));
        Assert.Equal(1, (await hub.StatusAsync()).Accepted);
        Assert.Single(hub.Epj.Journal);
    }

    [Fact]
    public async Task A_thousand_posts_of_one_event_at_once_store_it_once()
    {
        await using var hub = await TestHub.StartAsync();
        var happened = TestHub.Event("dose.dispensed");
        var token = await hub.TokenAsync("dispensers");

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => hub.PostAsync(happened.Body, token: token)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        Assert.Single(answers.Select(a => a.Headers.Location!.ToString()).Distinct());
        await hub.UntilAsync(s => s is { Accepted: 1, Journaled: 1 });
        Assert.Equal(1, Assert.Single(hub.Epj.Counters.Messages).Received);
    }

    [Fact]
    public async Task Edge_case_01_Another_content_under_a_used_id_is_refused_quarantined_and_never_routed()
    {
        await using var hub = await TestHub.StartAsync();
        var id = Guid.CreateVersion7();
        using var first = await hub.PostAsync(TestHub.Event("dose.dispensed", id: id));

        using var second = await hub.PostAsync(TestHub.Event("dose.notTaken", id: id));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("VKP-110", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var counts = await hub.UntilAsync(s => s is { Journaled: 1, Accepted: 2 });
        Assert.Equal(1, counts.Held["VKP-110"]);
        Assert.Single(hub.Epj.Journal);
    }

    [Fact]
    public async Task Edge_case_22_An_unknown_kind_of_event_is_held_in_sight_and_never_dropped()
    {
        await using var hub = await TestHub.StartAsync();
        var unknown = JsonNode.Parse(TestHub.Event("dose.dispensed").Body.Span)!;
        unknown["eventType"] = "dose.teleported";

        using var answer = await hub.PostAsync(JsonSerializer.SerializeToUtf8Bytes(unknown));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("held", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["state"]);
        var counts = await hub.UntilAsync(s => s.Accepted == 1);
        Assert.Equal((1, 1), (counts.Open, counts.Held.Values.Sum()));
        using var held = await hub.AdminAsync(HttpMethod.Get, "admin/held");
        Assert.Contains("dose.teleported", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_an_unassigned_device_is_held_and_goes_on_when_the_device_is_assigned()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 3));
        var id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;
        Assert.Equal(1, (await hub.UntilAsync(s => s.Accepted == 1)).Held["VKP-113"]);
        Assert.False((await ReleaseAsync(hub, id)).Released);

        // A device's first assignment counts from the file's own date, so the event's time lies in it.
        var person = SyntheticPeople.All[3];
        await hub.ConfigureAsync(TestHub.Configuration(
            hub.Epj.FhirBase,
            morePatients: $$"""- { identifiers: [ { value: "{{person.NationalId}}" } ], services: [ MD ], devices: [ { system: "https://example.org/fhir/device-serial", value: {{person.DispenserSerial}} } ] }"""));

        // By hand, unless the hub has let it go by itself already; then it says that the message is not held any more, and nothing else.
        var (released, refusals) = await ReleaseAsync(hub, id);
        Assert.True(released ? refusals.Count == 0 : refusals is ["VKP-121"], string.Join(' ', refusals));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0, Accepted: 1 });
        Assert.Single(hub.Epj.Journal);
    }

    [Fact]
    public async Task An_event_of_a_patient_without_the_service_is_held_with_its_reason()
    {
        await using var hub = await TestHub.StartAsync();

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1, (await hub.UntilAsync(s => s.Accepted == 1)).Held["VKP-115"]);
    }

    [Fact]
    public async Task Edge_case_28_A_batch_gets_an_answer_for_each_event_and_a_bad_one_spoils_no_other()
    {
        await using var hub = await TestHub.StartAsync();
        var good = JsonNode.Parse(TestHub.Event("dose.dispensed").Body.Span)!;
        var bad = new JsonObject { ["eventType"] = "dose.dispensed" };

        using var answer = await hub.PostAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonArray(bad, good)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var entries = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal([400, 202], entries.Select(e => (int)e!["status"]!));
        await hub.UntilAsync(s => s is { Accepted: 1, Journaled: 1 });
    }

    [Fact]
    public async Task A_policy_of_no_notes_settles_what_went_as_planned()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, policy: "{ serviceGate: registry, journaling: { dose.dispensed: never } }"));

        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        var counts = await hub.UntilAsync(s => s is { Accepted: 1, Open: 0 });
        Assert.Equal(1, counts.SettledBy["policy"]);
        Assert.Empty(hub.Epj.Journal);
    }

    private static async Task<(bool Released, IReadOnlyList<string> Refusals)> ReleaseAsync(TestHub hub, string id)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/held/{TestHub.OrgNo}/{id}/release");
        var told = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var refusals = (told["stillHeld"] ?? told["errors"])!.AsArray();
        return ((bool?)told["released"] ?? false, [.. refusals.Select(e => (string)e!["code"]!)]);
    }

    private static async Task<StatusAnswer> StatusAsync(TestHub hub, Uri location)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, location));
        request.Headers.Authorization = new("Bearer", await hub.TokenAsync("dispensers"));
        using var answer = await hub.Http.SendAsync(request);
        return JsonSerializer.Deserialize<StatusAnswer>(await answer.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;
    }
}
