using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.LookUps;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Hub.Trace;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Intake;

/// <summary>Who lets a message through: the registry, the journal system, and what a client may report at all; and how the hub explains it.</summary>
public class ServiceGateTests
{
    /// <summary>Nobody's in the simulated journal system.</summary>
    private static readonly string Stranger = $"- {{ identifiers: [ {{ value: \"{SyntheticPeople.Stranger.NationalId}\" }} ], services: [ MD ], devices: [ {{ system: \"https://example.org/fhir/device-serial\", value: {SyntheticPeople.Stranger.DispenserSerial} }} ] }}";

    [Fact]
    public async Task The_journal_systems_word_lets_a_message_through_or_keeps_it_and_goes_before_the_registry()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, "{ serviceGate: epj }", Stranger));

        // The registry gives this person no MD; the stranger it does.
        using var known = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 2));
        using var unknown = await hub.PostAsync(EventOf(SyntheticPeople.Stranger));

        Assert.Equal("registered", await StateAsync(known));
        var denied = JsonNode.Parse(await unknown.Content.ReadAsStringAsync())!;
        Assert.Equal(("held", "VKP-131"), ((string?)denied["state"], (string?)denied["issues"]![0]!["code"]));
        await hub.UntilAsync(s => s is { Journaled: 1, Accepted: 2 });

        var why = await WhyAsync(hub, (string)denied["messageId"]!, "nb");
        Assert.Equal(("held", "VKP-131"), (why.State, why.Code));
        Assert.Contains(why.Sentences, s => s.Contains("journalsystemet sier at pasienten ikke har den tjenesten", StringComparison.Ordinal));
        Assert.Contains(why.Sentences, s => s.Contains("knutepunktet spør det", StringComparison.Ordinal));
        Assert.Contains("registrer tjenesten i journalsystemet", why.ToDo, StringComparison.Ordinal);
        Assert.Contains("register the service in the journal system", (await WhyAsync(hub, (string)denied["messageId"]!, "en")).ToDo, StringComparison.Ordinal);

        // What passed is explained too, and nothing was opened for any of it.
        var passed = await WhyAsync(hub, await IdAsync(known), "en");
        Assert.Equal(("journaled", null), (passed.State, passed.Code));
        Assert.Null(passed.ToDo);
        Assert.DoesNotContain("BodyOpened", await hub.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_journal_system_does_not_answer_an_alarm_passes_and_the_rest_waits_until_it_does()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAllVendorsAsync("{ serviceGate: epj }");
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, LookUps = true });
        var alarms = new VendorEvents(person: 0);

        using var alarm = await hub.PostAsync(alarms.Of("alarm.raised", clock.GetUtcNow().ToString("O"), """{ "alarmId": "RC-1", "kind": "fall", "priority": 1 }"""), "alarms", "vendors/alarm-style/events");
        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        var state = await StateAsync(dose);
        var why = await WhyAsync(hub, await IdAsync(dose), "nb");
        hub.Epj.SetFaults();
        clock.Set(TimeProvider.System.GetUtcNow() + Limits.ServiceMissedFor);

        Assert.Equal(("registered", "held"), (await StateAsync(alarm), state));
        Assert.Equal("VKP-132", why.Code);
        Assert.Contains("går videre av seg selv", why.ToDo, StringComparison.Ordinal);
        await hub.UntilAsync(s => s.Journaled == 1 && s.Held.Count == 0);
    }

    [Fact]
    public async Task A_client_reports_of_the_services_it_is_allowed_whatever_the_gate()
    {
        await using var hub = await TestHub.StartAsync();
        var open = TestHub.Configuration(hub.Epj.FhirBase, "{ serviceGate: off }");
        await hub.ConfigureAsync(open.Replace("vkpId: Evondos_Test_Eksempel", "vkpId: Evondos_Test_Eksempel, reports: [ TA ]", StringComparison.Ordinal));

        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        var why = await WhyAsync(hub, await IdAsync(dose), "nb");
        Assert.Equal("VKP-133", why.Code);
        Assert.Contains("`reports`", why.ToDo, StringComparison.Ordinal);

        await hub.ConfigureAsync(open.Replace("vkpId: Evondos_Test_Eksempel", "vkpId: Evondos_Test_Eksempel, reports: [ MD, TA ]", StringComparison.Ordinal));

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
    }

    [Fact]
    public async Task Why_names_what_stands_in_the_way_of_a_delivery()
    {
        await using var hub = await TestHub.StartAsync();
        using var paused = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause", new StringContent("{\"reason\":\"oppgradering\"}", Encoding.UTF8, "application/json"));
        Assert.True(paused.IsSuccessStatusCode, await paused.Content.ReadAsStringAsync());
        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.RoutedAsync();

        var why = await WhyAsync(hub, await IdAsync(dose), "nb");
        using var device = await hub.AdminAsync(HttpMethod.Post, "admin/trace?as=why", new StringContent("""{"device":"ZZ000201","purpose":"tilsyn"}""", Encoding.UTF8, "application/json"));

        Assert.Contains("Leveringen til «epj» er satt på pause.", why.Sentences);
        Assert.Contains("Meldingen står for tur til «epj».", why.Sentences);
        Assert.Equal("VKP-701", (string?)JsonNode.Parse(await device.Content.ReadAsStringAsync())!["code"]);
    }

    private static byte[] EventOf(SyntheticPerson person) => TriggerEvents.Create("dose.dispensed", new DispenserSite(TestHub.OrgNo), person, TimeProvider.System.GetUtcNow(), Guid.CreateVersion7(), null)!.Body.ToArray();

    private static async Task<string> StateAsync(HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["state"]!;

    private static async Task<string> IdAsync(HttpResponseMessage answer) => (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;

    private static async Task<WhyAnswer> WhyAsync(TestHub hub, string id, string language)
    {
        await hub.RoutedAsync();
        using var content = new StringContent(JsonSerializer.Serialize(new TraceQuestion(Id: id), AdminJson.Default.TraceQuestion), Encoding.UTF8, "application/json");
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/trace?as=why&lang={language}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return Assert.Single(JsonSerializer.Deserialize(text, AdminJson.Default.IReadOnlyListWhyAnswer)!);
    }
}
