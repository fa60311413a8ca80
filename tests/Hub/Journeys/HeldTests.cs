using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>What cannot go on is kept, seen, and ends: released when its cause is gone, rejected back to its vendor when its time is over.</summary>
public class HeldTests
{
    [Fact]
    public async Task Edge_case_08_A_message_of_a_patient_without_the_service_goes_on_by_itself_when_the_service_is_registered()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        await hub.UntilAsync(s => s.Held.GetValueOrDefault("VKP-115") == 1);

        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase).Replace("services: [ TA ], devices", "services: [ TA, MD ], devices", StringComparison.Ordinal));

        await hub.UntilAsync(s => s is { Accepted: 1, Journaled: 1, Open: 0 });
        Assert.Equal(SyntheticPeople.All[2].NationalId, Assert.Single(hub.Epj.Journal).PatientValue);
    }

    [Fact]
    public async Task Edge_case_08_A_message_held_too_long_is_rejected_and_its_vendor_sees_why()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, policy: "{ serviceGate: registry, heldHours: 2 }"));
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        await hub.UntilAsync(s => s.Held.GetValueOrDefault("VKP-115") == 1);

        clock.Set(TimeProvider.System.GetUtcNow().AddHours(2).AddSeconds(1));

        var counts = await hub.UntilAsync(s => s is { Accepted: 1, Failed: 1, Open: 0 });
        Assert.Equal(1, counts.FailedBy["VKP-115"]);
        var status = await StatusAsync(hub, answer.Headers.Location!);
        Assert.Equal(("rejected", "VKP-115"), ((string?)status["state"], (string?)status["reason"]));
        Assert.NotNull(status["failed"]);
    }

    [Fact]
    public async Task Edge_case_08_A_call_for_help_is_never_rejected_by_the_clock_and_stands_first()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAllVendorsAsync();
        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        var now = TimeProvider.System.GetUtcNow().ToString("O");
        using var alarm = await hub.PostAsync(new VendorEvents(person: 1).Of("alarm.raised", now, """{ "alarmId": "RC-1", "kind": "safetyAlarm" }"""), "alarms", "vendors/alarm-style/events");
        await hub.UntilAsync(s => s.Held.Values.Sum() == 2);
        Assert.Equal("alarm.raised", (await HeldAsync(hub))[0].Kind);

        clock.Set(TimeProvider.System.GetUtcNow().AddDays(60));

        await hub.UntilAsync(s => s is { Failed: 1, Open: 1 });
        Assert.Equal("alarm.raised", Assert.Single(await HeldAsync(hub)).Kind);
    }

    [Fact]
    public async Task Edge_case_09_A_patient_who_has_moved_or_died_gets_no_more_notes_and_the_new_municipality_sees_nothing_of_the_old()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        using var before = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase).Replace("services: [ MD, TA ]", "services: []", StringComparison.Ordinal));
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("O");
        using var after = await hub.PostAsync(new VendorEvents(person: 0).Dispensed(later, later));

        await hub.UntilAsync(s => s.Held.GetValueOrDefault("VKP-115") == 1);
        Assert.Equal(0, (await hub.StatusAsync(TestHub.OtherOrgNo)).Accepted);
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(25));
        await hub.UntilAsync(s => s is { Journaled: 1, Failed: 1, Open: 0 });
        Assert.Single(hub.Epj.Journal);
    }

    [Fact]
    public async Task What_is_held_is_counted_by_reason_and_one_message_says_what_to_do()
    {
        await using var hub = await TestHub.StartAsync();
        using var first = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        using var second = await hub.PostAsync(TestHub.Event("dose.notTaken", person: 2));
        await hub.UntilAsync(s => s.Held.GetValueOrDefault("VKP-115") == 2);

        using var groups = await hub.AdminAsync(HttpMethod.Get, "admin/held/groups");
        var group = Assert.Single(JsonSerializer.Deserialize(await groups.Content.ReadAsStringAsync(), AdminJson.Default.IReadOnlyListHeldGroup)!);
        Assert.Equal(("VKP-115", 2, 1), (group.Code, group.Count, group.ByKind["dose.notTaken"]));

        using var shown = await hub.AdminAsync(HttpMethod.Get, $"admin/held/{TestHub.OrgNo}/{await IdAsync(first)}");
        var detail = JsonSerializer.Deserialize(await shown.Content.ReadAsStringAsync(), AdminJson.Default.HeldDetail)!;
        Assert.Contains("vkp config apply", Assert.Single(detail.Reasons).Hint, StringComparison.Ordinal);
        Assert.Equal(detail.Message.RegisteredAt.AddHours(24), detail.RejectedAt);
    }

    [Fact]
    public async Task A_person_rejects_a_held_message_once_and_it_can_not_be_released_after()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        var id = await IdAsync(answer);
        await hub.UntilAsync(s => s.Held.Count == 1);

        using var rejected = await hub.AdminAsync(HttpMethod.Post, $"admin/held/{TestHub.OrgNo}/{id}/reject");
        Assert.Equal(HttpStatusCode.OK, rejected.StatusCode);

        await hub.UntilAsync(s => s is { Failed: 1, Open: 0 });
        foreach (var verb in new[] { "release", "reject" })
        {
            using var again = await hub.AdminAsync(HttpMethod.Post, $"admin/held/{TestHub.OrgNo}/{id}/{verb}");
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }
    }

    [Fact]
    public async Task Edge_case_06_A_doubtful_value_goes_on_only_when_a_person_says_that_it_is_right()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        var glucose = new VendorEvents(person: 0).Of(
            "measurement.recorded", TimeProvider.System.GetUtcNow().ToString("O"),
            """{ "measurementId": "M-1", "kind": "glucose", "source": "manual", "values": [ { "name": "glucose", "value": 97, "unit": "mmol/L" } ] }""");
        using var answer = await hub.PostAsync(glucose, "followup", "vendors/dignio-style/events");
        await hub.UntilAsync(s => s.Held.Count == 1);
        var id = await IdAsync(answer);

        using var blind = await hub.AdminAsync(HttpMethod.Post, $"admin/held/{TestHub.OrgNo}/{id}/release");
        Assert.Equal(HttpStatusCode.Conflict, blind.StatusCode);
        Assert.Contains("VKP-129", await blind.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var confirmed = await hub.AdminAsync(HttpMethod.Post, $"admin/held/{TestHub.OrgNo}/{id}/release?confirm=true");
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        var counts = await hub.UntilAsync(s => s is { Accepted: 1, Open: 0 });
        Assert.Equal(1, counts.SettledBy["measurement"]);
    }

    [Fact]
    public void What_a_translation_makes_against_its_own_profile_is_held_and_names_the_place()
    {
        var adapter = VendorCatalog.Find("evondos-style")!;
        var issue = new Vkp.Fhir.Model.DetectedIssue { Id = Guid.NewGuid().ToString(), Meta = new Vkp.Fhir.Model.Meta { Profile = ["http://ehelse.no/fhir/StructureDefinition/vkp-DetectedIssue-v090"] } };

        var held = OwnProfiles.Check(adapter, [issue]);

        Assert.Equal("VKP-118", held!.Code);
        Assert.Null(OwnProfiles.Check(VendorCatalog.Find("vkp-r4")!, [issue]));
    }


    internal static async Task<JsonNode> StatusAsync(TestHub hub, Uri location)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, location));
        request.Headers.Authorization = new("Bearer", await hub.TokenAsync("dispensers"));
        using var answer = await hub.Http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }


    private static async Task<IReadOnlyList<Operations.HeldMessage>> HeldAsync(TestHub hub)
    {
        using var held = await hub.AdminAsync(HttpMethod.Get, "admin/held");
        return JsonSerializer.Deserialize(await held.Content.ReadAsStringAsync(), AdminJson.Default.IReadOnlyListHeldMessage)!;
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;
}
