using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Adapters.Cases;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>Cases from the field that a translation alone can get right or wrong. Those that need a register, a clock or a delivery are tested where these are.</summary>
public sealed class EdgeCaseTests
{
    private const string NotTaken = "evondos-style/dose.notTaken";

    [Fact]
    public void Duplicate_send_gives_the_same_ids_and_another_event_never_does()
    {
        Assert.Equal(Id(Payloads.Translated(NotTaken)), Id(Payloads.Translated(NotTaken)));
        Assert.NotEqual(Id(Payloads.Translated(NotTaken)), Id(Payloads.Translated(NotTaken, payload => payload["eventId"] = "other")));
    }

    [Fact]
    public void Edge_case_02_Late_arrival_keeps_the_time_it_happened_and_the_note_says_it_came_late()
    {
        var arrival = At("2026-05-23T10:00:00Z");
        var translated = Payloads.Translated(NotTaken, receivedAt: arrival);
        Assert.Equal(At("2026-05-11T07:30:00Z"), translated.Envelope.OccurredAt);
        Assert.StartsWith("Etterregistrert: meldingen ble mottatt 23.05.2026 kl. 12:00.", NoteRenderer.Render(translated.Resources, arrival), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-25T02:30:00+02:00", "25.10.2026 kl. 02:30 (sommertid)")]
    [InlineData("2026-10-25T02:30:00+01:00", "25.10.2026 kl. 02:30 (normaltid)")]
    public void Edge_case_04_A_dose_in_the_hour_that_occurs_twice_says_which_hour(string scheduledAt, string expected)
    {
        var translated = Payloads.Translated(NotTaken, payload => payload["data"]!["dose"]!["scheduledAt"] = scheduledAt);
        Assert.Contains(expected, NoteRenderer.Render(translated.Resources), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-03-28T02:30:00")]
    [InlineData("2026-05-11 08:00:00+02:00")]
    [InlineData("2026-02-30T08:00:00+01:00")]
    [InlineData("2026-05-11T08:00:60+02:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void Edge_case_04_A_time_that_is_none_or_has_no_offset_is_refused(string time) =>
        Assert.Equal("VKP-265", Assert.Single(Payloads.Rejected(NotTaken, payload => payload["data"]!["dose"]!["scheduledAt"] = time)).Code);

    [Fact]
    public void A_correction_is_an_addendum_and_never_a_silent_overwrite()
    {
        var corrected = Payloads.Translated("dignio-style/measurement.corrected");
        Assert.Contains("Rettet", NoteRenderer.Render(corrected.Resources), StringComparison.Ordinal);
        Assert.Single(corrected.Resources.OfType<Provenance>());
    }

    [Fact]
    public void Edge_case_06_Units_are_converted_and_the_original_is_kept()
    {
        var observation = Payloads.Translated("dignio-style/measurement.recorded.glucose").Resources.OfType<Observation>().Single();
        Assert.Equal(5.4m, Assert.IsType<Quantity>(observation.Value).Value);
        var original = Assert.IsType<Quantity>(observation.Component[0].Value);
        Assert.Equal((97m, "mg/dL"), (original.Value, original.Unit));
    }

    [Theory]
    [InlineData("evondos-style/service.test", "test")]
    [InlineData("scaip/device.test", "test")]
    public void Edge_case_07_A_test_event_never_reaches_a_journal(string sample, string reason) =>
        Assert.Equal(reason, Assert.IsType<Translation.NothingToJournal>(Samples.Find(sample).Translate()).Reason);

    [Fact]
    public void A_message_marked_as_test_says_so() => Assert.True(Payloads.Translated(NotTaken).Envelope.IsTest);

    [Fact]
    public void Edge_case_10_A_shared_device_waits_for_a_person() =>
        Assert.Equal("VKP-287", Payloads.Held("dignio-style/measurement.recorded.weight", payload => payload["data"]!["device"]!["shared"] = true).Error.Code);

    [Fact]
    public void Edge_case_11_A_cancelled_alarm_is_one_short_entry_with_the_alert_cancelled()
    {
        var cancelled = Payloads.Translated("alarm-style/alarm.cancelled");
        Assert.Equal(ObservationStatus.Cancelled, cancelled.Resources.OfType<DetectedIssue>().Single().Status);
        Assert.Equal(CaseRole.Closes, cancelled.CaseRole);
    }

    [Fact]
    public void Edge_case_13_One_closing_of_many_alerts_is_one_note_that_says_how_many()
    {
        var closed = Payloads.Translated("evondos-style/alert.closed", payload => payload["data"]!["alertIds"] = new JsonArray("A-1", "A-2", "A-3", "A-4"));
        Assert.Equal(4, closed.CaseIds.Count);
        Assert.Contains("4 varsler", NoteRenderer.Render(closed.Resources), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_lost_at_a_dose_is_unknown_and_a_later_dispense_can_be_matched()
    {
        var offline = Payloads.Translated("evondos-style/device.offline", payload => payload["data"]!["dose"] = Payloads.Of(NotTaken)["data"]!["dose"]!.DeepClone());
        Assert.Equal(Payloads.Translated("evondos-style/dose.dispensed").AboutIds, offline.AboutIds);
    }

    [Theory]
    [InlineData("FNR", "13717404089", true)]
    [InlineData("DNR", "13717404089", false)]
    [InlineData("FNR", "1371740408", false)]
    [InlineData("FNR", "137174040890", false)]
    [InlineData("FNR", "1371740408x", false)]
    public void Edge_case_18_An_identity_number_is_checked_for_its_type(string type, string number, bool isRight)
    {
        var translation = Payloads.Translate(NotTaken, payload =>
        {
            payload["patient"]!["idType"] = type;
            payload["patient"]!["nationalId"] = number;
        });
        Assert.Equal(isRight, translation is Translation.Translated);
    }

    [Fact]
    public void Edge_case_19_No_position_and_no_address_is_carried_on_for_anybody()
    {
        foreach (var sample in Samples.All.Where(sample => sample.Adapter.Info.Name is not ("vkp-r4" or "jft" or "fhir-observation" or "scaip")))
        {
            var payload = Payloads.Of(sample.Name);
            payload["data"]!["position"] = Payloads.Json("""{"lat":63.4305,"lon":10.3951}""");
            payload["data"]!["address"] = "Hemmelig gate 1";
            if (sample.Adapter.Translate(Samples.Payload(Encoding.UTF8.GetBytes(payload.ToJsonString()))) is not Translation.Translated translated)
                continue;
            var text = string.Concat(translated.Resources.Select(resource => Encoding.UTF8.GetString(FhirJson.Serialize(resource))));
            Assert.DoesNotContain("63.4305", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Hemmelig", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Edge_case_24_Markup_from_a_sender_is_text_in_every_note()
    {
        foreach (var sample in new[] { "evondos-style/alert.closed", "dignio-style/alert.closed.measurement", "alarm-style/alarm.noteAdded", "selfhelp-style/session.noteWritten" })
        {
            var member = sample is "alarm-style/alarm.noteAdded" or "selfhelp-style/session.noteWritten" ? "text" : "note";
            var note = Payloads.Translated(sample, payload => payload["data"]![member] = "<img src=x onerror=alert(1)>").Resources.OfType<Composition>().First();
            Assert.All(note.Section.Select(section => section.Text?.Div).OfType<string>(), div => Assert.DoesNotContain("<img", div, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void A_dispense_is_never_said_to_be_taken()
    {
        foreach (var sample in Samples.All.Where(sample => sample.Translate() is Translation.Translated { Resources: [MedicationDispense, ..] }))
        {
            var text = NoteRenderer.Render(((Translation.Translated)sample.Translate()).Resources);
            Assert.DoesNotContain(" tatt", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("inntatt", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_patient_of_a_device_is_filled_in_everywhere()
    {
        foreach (var sample in Samples.All.Where(sample => sample.Adapter.Info.Name == "scaip"))
        {
            if (sample.Translate() is not Translation.Translated translated)
                continue;
            var bound = PatientBinding.Bind(translated.Resources, new SourceIdentifier("urn:test", "7"));
            Assert.All(bound, resource => Assert.Contains("\"value\":\"7\"", Encoding.UTF8.GetString(FhirJson.Serialize(resource)), StringComparison.Ordinal));
        }
    }

    private static string? Id(Translation.Translated translated) => translated.Resources[0].Id;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
