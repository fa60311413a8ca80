using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Vkp.Hub.Escalation;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Notifications;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Escalation;

/// <summary>Somebody is called when nobody has acted: over a real mail server and a real webhook, with the hub's clock moved on.</summary>
public class EscalationJourneyTests
{
    [Fact]
    public async Task An_alarm_nobody_answers_for_is_raised_once_told_everywhere_and_over_when_it_is_journaled()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var relay = new SmtpReceiver { Refusals = 1 };
        await using var hook = await RecordingHub.StartAsync(default);
        await using var hub = await TestHub.StartAsync(clock: clock, mail: new MailOptions("127.0.0.1", relay.Port, "vkp@example.org", UseTls: false));
        await hub.ConfigureAllVendorsAsync($"{{ serviceGate: registry, escalation: {{ alarmMinutes: 10, mail: {{ alarm: vakt@example.org, \"*\": drift@example.org }}, webhook: \"{hook.Address}\" }} }}");
        var events = new VendorEvents(person: 0);
        var at = TimeProvider.System.GetUtcNow().ToString("O");
        var alarm = await AlarmAsync(hub, events.Of("alarm.raised", at, """{ "alarmId": "RC-1", "kind": "fall", "priority": 1 }"""));

        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(11));
        await UntilAsync(hub, list => list.Count == 1 && list[0]!["clearedAt"] is null);
        // The relay refuses the first try; the next comes within seconds of the hub's clock, which a restart must not double.
        await hub.RestartAsync();
        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(13));
        await UntilAsync(() => !relay.Letters.IsEmpty && !hook.Requests.IsEmpty);

        var letter = Assert.Single(relay.Letters);
        Assert.Equal(["vakt@example.org"], letter.To);
        var told = JsonNode.Parse(Assert.Single(hook.Requests).Body)!;
        Assert.Equal(("alarm", alarm), ((string?)told["kind"], (string?)told["subjects"]![0]));
        Assert.Contains(alarm, letter.Text, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <", letter.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(events.NationalId, letter.Text, StringComparison.Ordinal);
        Assert.Equal(1, Count(await hub.DumpAsync(), EscalationFacts.RaisedEvent));

        await AlarmAsync(hub, events.Of("alarm.closed", TimeProvider.System.GetUtcNow().ToString("O"), $$"""{ "alarmId": "RC-1", "kind": "fall", "outcome": "helpedUp", "log": [ { "at": "{{at}}", "step": "raised" } ] }"""));
        await UntilAsync(hub, list => list.Count == 1 && list[0]!["clearedAt"] is not null);
        Assert.Equal((1, 1), (Count(await hub.DumpAsync(), EscalationFacts.RaisedEvent), Count(await hub.DumpAsync(), EscalationFacts.ClearedEvent)));
    }

    [Fact]
    public async Task A_site_whose_devices_fall_silent_is_one_escalation_after_the_municipalitys_own_time()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        var gauges = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => { if (instrument.Meter.Name == EscalationWatch.MeterName) own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => gauges.Add($"{tags[0].Value} {tags[1].Value} {value}"));
        listener.Start();
        await using var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, "{ serviceGate: registry, escalation: { silentMinutes: 30 } }"));
        foreach (var person in new[] { 0, 1 }) await BeatAsync(hub, new VendorEvents(person));

        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(29));
        await hub.RoutedAsync();
        Assert.DoesNotContain(MessageEvents.SenderSilent, await hub.DumpAsync(), StringComparison.Ordinal);
        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(45));

        var list = await UntilAsync(hub, found => found.Count == 1);
        Assert.Equal(("silence", "Evondos_Test_Eksempel"), ((string?)list[0]!["kind"], (string?)list[0]!["subject"]));
        await UntilAsync(() =>
        {
            listener.RecordObservableInstruments();
            return gauges.Contains($"{TestHub.OrgNo} silence 1");
        });
    }

    [Fact]
    public async Task A_journal_system_that_does_not_answer_is_raised_and_over_when_it_does()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAsync(TestHub.Configuration(new Uri("http://127.0.0.1:1/"), "{ serviceGate: registry, escalation: { destinationMinutes: 20 } }"));
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.RoutedAsync();
        await Asking.UntilAsync(hub.DumpAsync, dump => dump.Contains("VKP-501", StringComparison.Ordinal));

        clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(21));
        var list = await UntilAsync(hub, found => found.Count == 1);
        Assert.Equal(("destination", "epj"), ((string?)list[0]!["kind"], (string?)list[0]!["subject"]));

        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, "{ serviceGate: registry, escalation: { destinationMinutes: 20 } }"));
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(4));
        await UntilAsync(hub, found => found.Count == 1 && found[0]!["clearedAt"] is not null);
    }

    private static async Task<string> AlarmAsync(TestHub hub, byte[] body)
    {
        using var answer = await hub.PostAsync(body, "alarms", "vendors/alarm-style/events");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["messageId"]!;
    }

    private static async Task BeatAsync(TestHub hub, VendorEvents dispenser)
    {
        using var answer = await hub.PostAsync(dispenser.Of("service.heartbeat", TimeProvider.System.GetUtcNow().ToString("O"), $$"""{ "device": { "serial": "{{dispenser.Serial}}" } }"""));
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static Task<JsonArray> UntilAsync(TestHub hub, Func<JsonArray, bool> wanted) => Asking.UntilAsync(
        async () =>
        {
            using var answer = await hub.AdminAsync(HttpMethod.Get, "admin/escalations");
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
        }, wanted);

    private static Task UntilAsync(Func<bool> wanted) => Asking.UntilAsync(() => Task.FromResult(wanted()), reached => reached);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
