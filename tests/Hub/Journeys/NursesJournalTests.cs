using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>
/// Three stretches of life, from the vendors' events to the journal a nurse reads. The notes are files beside this one; a person has read them and found that
/// they say what happened, once, in order, in words that are right for what is known.
/// </summary>
public class NursesJournalTests
{
    [Fact]
    public async Task A_home_from_alarm_to_closure()
    {
        await using var story = await Story.StartAsync("2026-02-14T03:00:00+01:00", """{ serviceGate: registry, journaling: { "alarm.raised": each } }""");
        var alarms = new VendorEvents(person: 0);

        // The button twice within minutes; the centre works on the first, the second is closed as a repeat.
        await story.AlarmAsync(alarms.Of("alarm.raised", "2026-02-14T03:12:02+01:00", """{ "alarmId": "RC-1", "kind": "fall", "place": "bad" }"""));
        await story.AlarmAsync(alarms.Of("alarm.claimed", "2026-02-14T03:12:20+01:00", """{ "alarmId": "RC-1", "by": "op-17" }"""));
        await story.AlarmAsync(alarms.Of("alarm.raised", "2026-02-14T03:13:10+01:00", """{ "alarmId": "RC-2", "kind": "fall", "place": "bad" }"""));
        await story.AlarmAsync(alarms.Of("alarm.noteAdded", "2026-02-14T03:20:00+01:00", """{ "alarmId": "RC-1", "text": "Datter er varslet.", "by": { "name": "Test Operatør" } }"""));
        await story.AlarmAsync(alarms.Of("alarm.closed", "2026-02-14T03:27:40+01:00", """
            { "alarmId": "RC-1", "kind": "fall", "place": "bad", "outcome": "helpedUp", "log": [
              { "at": "2026-02-14T03:12:02+01:00", "step": "raised" },
              { "at": "2026-02-14T03:12:20+01:00", "step": "claimed", "by": "op-17" },
              { "at": "2026-02-14T03:12:31+01:00", "step": "callStarted", "mode": "twoWaySpeech" },
              { "at": "2026-02-14T03:14:05+01:00", "step": "causeSet", "code": "fall", "text": "Falt på badet, ingen skade" },
              { "at": "2026-02-14T03:14:30+01:00", "step": "dispatched", "to": "Nattpatrulje Nord" },
              { "at": "2026-02-14T03:15:10+01:00", "step": "dispatchAccepted", "by": "Nattpatrulje Nord" },
              { "at": "2026-02-14T03:27:40+01:00", "step": "closed", "by": "op-17" } ] }
            """));
        // Written afterwards: an addendum.
        await story.AlarmAsync(alarms.Of("alarm.noteAdded", "2026-02-14T03:40:00+01:00", """{ "alarmId": "RC-1", "text": "Sov da nattpatruljen så innom.", "by": { "name": "Test Operatør" } }"""));
        // In the morning: pressed by mistake and taken back.
        await story.AlarmAsync(alarms.Of("alarm.raised", "2026-02-14T08:01:00+01:00", """{ "alarmId": "RC-3", "kind": "safetyAlarm" }"""));
        await story.AlarmAsync(alarms.Of("alarm.cancelled", "2026-02-14T08:01:30+01:00", """{ "alarmId": "RC-3", "kind": "safetyAlarm", "raisedAt": "2026-02-14T08:01:00+01:00" }"""));

        Snapshot.Verify(await story.JournalAsync(accepted: 8));
    }

    [Fact]
    public async Task A_dispenser_week_with_an_offline_night_and_a_clock_change()
    {
        await using var story = await Story.StartAsync("2026-10-19T07:00:00+02:00", "{ serviceGate: registry, journaling: { dose.dispensed: dailySummary } }");
        var dispenser = new VendorEvents(person: 0);

        // Monday: as planned. Tuesday: the evening dose is missed, a nurse takes it out and closes the alert.
        await story.DoseAsync(dispenser.Dispensed("2026-10-19T08:04:00+02:00", "2026-10-19T08:00:00+02:00"));
        await story.DoseAsync(dispenser.Dispensed("2026-10-19T20:10:00+02:00", "2026-10-19T20:00:00+02:00"));
        await story.NextDayAsync("2026-10-20T07:00:00+02:00");
        await story.DoseAsync(dispenser.Dispensed("2026-10-20T08:01:00+02:00", "2026-10-20T08:00:00+02:00"));
        await story.DoseAsync(dispenser.Alert("dose.notTaken", "A-1", "2026-10-20T21:30:00+02:00", "2026-10-20T20:00:00+02:00"));
        await story.DoseAsync(dispenser.Closed("2026-10-20T22:10:00+02:00", "Glemt medisin gitt.", "A-1"));

        // The night to Sunday: off line from 23:00; nobody knows about the dose at 02:30, which comes twice on the clock. The clock goes back at 03:00.
        await story.NextDayAsync("2026-10-24T22:00:00+02:00");
        await story.DoseAsync(dispenser.Alert("device.offline", "A-2", "2026-10-24T23:00:00+02:00", online: false));
        await story.NextDayAsync("2026-10-25T05:00:00+01:00");
        await story.DoseAsync(dispenser.Alert("dose.notTaken", "A-3", "2026-10-25T04:00:00+01:00", "2026-10-25T02:30:00+01:00", online: false));
        await story.DoseAsync(dispenser.Online("2026-10-25T06:00:00+01:00"));
        // The backlog decides: it had been dispensed in time. The dose at 08:00 was a little late, and the alert about it came first.
        await story.DoseAsync(dispenser.Dispensed("2026-10-25T02:31:00+01:00", "2026-10-25T02:30:00+01:00"));
        await story.DoseAsync(dispenser.Alert("dose.notTaken", "A-4", "2026-10-25T09:30:00+01:00", "2026-10-25T08:00:00+01:00"));
        await story.DoseAsync(dispenser.Dispensed("2026-10-25T09:42:00+01:00", "2026-10-25T08:00:00+01:00"));
        await story.NextDayAsync("2026-10-26T07:00:00+01:00");

        Snapshot.Verify(await story.JournalAsync(accepted: 14));
    }

    [Fact]
    public async Task A_home_follow_up_week_with_corrections()
    {
        await using var story = await Story.StartAsync("2026-03-02T07:00:00+01:00", "{ serviceGate: registry }");
        var followUp = new VendorEvents(person: 0);

        // Green: stored, searchable, and no note. Corrected: nothing in the journal to correct.
        await story.MeasureAsync(followUp.Of("measurement.recorded", "2026-03-02T08:00:00+01:00", Spo2("M-1", "2026-03-02T08:00:00+01:00", 96)));
        await story.MeasureAsync(followUp.Of("measurement.corrected", "2026-03-02T08:10:00+01:00", Spo2("M-2", "2026-03-02T08:00:00+01:00", 95, replaces: "M-1")));
        // Red: an alert, worked on, corrected while it is open, and closed with the value the nurse saw first.
        await story.MeasureAsync(followUp.Of("alert.opened", "2026-03-03T08:02:10+01:00", Alert("AL-1", Spo2("M-3", "2026-03-03T08:01:55+01:00", 86), closing: "")));
        await story.MeasureAsync(followUp.Of("measurement.corrected", "2026-03-03T08:30:00+01:00", Spo2("M-4", "2026-03-03T08:01:55+01:00", 91, replaces: "M-3")));
        await story.MeasureAsync(followUp.Of("alert.closed", "2026-03-03T10:41:09+01:00", Alert(
            "AL-1", Spo2("M-3", "2026-03-03T08:01:55+01:00", 86), """, "openedAt": "2026-03-03T08:02:10+01:00", "note": "Ringte pasienten. Ny måling i morgen.", "handledBy": { "name": "Test Sykepleier", "hprNo": "9144889" }""")));
        // Journaled, and found to be wrong two days later; then found to be another person's altogether.
        await story.MeasureAsync(followUp.Of("alert.closed", "2026-03-04T09:00:00+01:00", Alert(
            "AL-2", Spo2("M-5", "2026-03-04T08:30:00+01:00", 84), """, "openedAt": "2026-03-04T08:30:05+01:00", "note": "Kald hånd.", "handledBy": { "name": "Test Sykepleier", "hprNo": "9144889" }""")));
        await story.MeasureAsync(followUp.Of("measurement.corrected", "2026-03-06T12:00:00+01:00", Spo2("M-6", "2026-03-04T08:30:00+01:00", 94, replaces: "M-5")));
        await story.MeasureAsync(followUp.Of("measurement.deleted", "2026-03-07T12:00:00+01:00", """{ "measurementId": "M-5", "kind": "spo2", "reason": "Målt på ektefellen" }"""));

        Snapshot.Verify(await story.JournalAsync(accepted: 8));
    }

    private static string Spo2(string id, string at, int value, string? replaces = null) =>
        $$"""{ "measurementId": "{{id}}", "kind": "spo2", "deviceTime": "{{at}}", "source": "device", "values": [ { "name": "spo2", "value": {{value}}, "unit": "%" } ]{{(replaces is null ? "" : $", \"replaces\": \"{replaces}\", \"reason\": \"Sensoren satt feil\"")}} }""";

    private static string Alert(string id, string measurement, string closing) =>
        $$"""{ "alertId": "{{id}}", "cause": "measurement", "colour": "red", "measurements": [ {{measurement}} ]{{closing}} }""";

    /// <summary>A hub on the story's own clock, fed one event after the other; what comes of each is in the journal before the next comes.</summary>
    private sealed class Story(TestHub hub, ShiftedClock clock) : IAsyncDisposable
    {
        public static async Task<Story> StartAsync(string begins, string policy)
        {
            var clock = new ShiftedClock(VendorEvents.At(begins));
            var hub = await TestHub.StartAsync(clock: clock);
            await hub.ConfigureAllVendorsAsync(policy);
            return new Story(hub, clock);
        }

        public Task AlarmAsync(byte[] body) => TellAsync(body, "alarms", "vendors/alarm-style/events");

        public Task DoseAsync(byte[] body) => TellAsync(body, "dispensers", "vendors/evondos-style/events");

        public Task MeasureAsync(byte[] body) => TellAsync(body, "followup", "vendors/dignio-style/events");

        public async Task NextDayAsync(string at)
        {
            clock.Set(VendorEvents.At(at));
            await hub.UntilNothingIsDueAsync();
            await hub.DeliveredAsync();
        }

        /// <summary>The journal as the EPJ has it, an entry after the other, and how the messages' counts balance.</summary>
        public async Task<string> JournalAsync(int accepted)
        {
            var counts = await hub.UntilAsync(s => s.Accepted >= accepted && s.Open == 0);
            var text = new StringBuilder();
            foreach (var entry in hub.Epj.Journal) text.AppendLine(entry.Text).AppendLine("----");
            text.AppendLine($"accepted {counts.Accepted} = journaled {counts.Journaled} + settled {counts.Settled} + failed {counts.Failed}");
            foreach (var (reason, count) in counts.SettledBy.OrderBy(by => by.Key, StringComparer.Ordinal)) text.AppendLine($"settled {count} {reason}");
            return text.ToString();
        }

        public ValueTask DisposeAsync() => hub.DisposeAsync();

        private async Task TellAsync(byte[] body, string client, string path)
        {
            // An event comes when it has happened; one from before, out of a backlog, comes now.
            var happened = VendorEvents.At((string)JsonNode.Parse(body)!["occurredAt"]!).AddSeconds(5);
            if (happened > clock.GetUtcNow()) clock.Set(happened);
            using var answer = await hub.PostAsync(body, client, path);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode && !said.Contains("\"held\"", StringComparison.Ordinal), said);
            await hub.DeliveredAsync();
        }
    }
}
