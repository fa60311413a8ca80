using System.Globalization;

namespace Vkp.Adapters.Tests;

/// <summary>What every modelled vendor style keeps in its envelope.</summary>
public sealed class EnvelopeTests
{
    private const string Sample = "evondos-style/dose.notTaken";

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once_with_its_place()
    {
        var errors = Payloads.Rejected(Sample, payload =>
        {
            payload.Remove("eventId");
            payload["occurredAt"] = "2026-05-11T09:30:00";
            payload["environment"] = "prod";
            payload["patient"]!["idType"] = 7;
            payload["data"]!["alertId"] = "";
            payload["data"]!["dose"]!["windowMinutes"] = 1.5;
            payload["data"]!["remainingPouches"] = -1;
        });
        Assert.Equal(
            ["$.data.alertId VKP-263", "$.data.dose.windowMinutes VKP-262", "$.data.remainingPouches VKP-267", "$.environment VKP-266", "$.eventId VKP-261", "$.occurredAt VKP-265", "$.patient.idType VKP-262"],
            errors.Select(error => $"{error.Path} {error.Code}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_identity_number_is_refused_without_being_repeated()
    {
        var error = Assert.Single(Payloads.Rejected(Sample, payload => payload["patient"]!["nationalId"] = "13717404088"));
        Assert.Equal(("VKP-269", "$.patient.nationalId"), (error.Code, error.Path));
        Assert.DoesNotContain("13717404088", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_case_18_Space_around_an_identity_number_is_removed_and_told()
    {
        var translated = Payloads.Translated(Sample, payload => payload["patient"]!["nationalId"] = "  13717404089 ");
        Assert.Equal("13717404089", translated.Envelope.Patient!.Value);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-293");
    }

    [Fact]
    public void An_unknown_event_type_is_held_with_what_its_envelope_says()
    {
        var held = Payloads.Held(Sample, payload => payload["eventType"] = "dose.levitated");
        Assert.Equal("VKP-280", held.Error.Code);
        Assert.Equal("dose.levitated", held.Envelope.EventKind);
        Assert.NotNull(held.Envelope.Patient);
    }

    [Fact]
    public void An_unknown_event_type_with_a_broken_envelope_is_rejected() =>
        Assert.Equal("VKP-265", Assert.Single(Payloads.Rejected(Sample, payload =>
        {
            payload["eventType"] = "dose.levitated";
            payload["occurredAt"] = "yesterday";
        })).Code);

    [Fact]
    public void Another_major_schema_version_is_held_and_another_minor_one_is_read()
    {
        Assert.Equal("VKP-281", Payloads.Held(Sample, payload => payload["schemaVersion"] = "2.0").Error.Code);
        Assert.NotNull(Payloads.Translated(Sample, payload => payload["schemaVersion"] = "1.7"));
    }

    [Fact]
    public void An_event_type_that_could_hide_an_identity_number_is_refused_without_being_repeated()
    {
        var error = Assert.Single(Payloads.Rejected(Sample, payload => payload["eventType"] = "dose.13717404089"));
        Assert.Equal("VKP-264", error.Code);
        Assert.DoesNotContain("13717404089", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_case_03_A_device_clock_that_is_ahead_gets_the_hubs_time_and_a_remark()
    {
        var arrival = At("2026-05-11T07:00:00Z");
        var translated = Payloads.Translated(Sample, payload => payload["sentAt"] = "2026-05-11T07:00:00Z", arrival);
        Assert.Equal(arrival, translated.Envelope.OccurredAt);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-290");
        Assert.Contains("Enhetstiden er usikker", Notes.NoteRenderer.Render(translated.Resources), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_case_03_A_senders_clock_that_is_ahead_shifts_the_event_by_the_difference()
    {
        // The sender says 07:30:04 when it is 07:00:04: half an hour ahead.
        var translated = Payloads.Translated(Sample, receivedAt: At("2026-05-11T07:00:04Z"));
        Assert.Equal(At("2026-05-11T07:00:00Z"), translated.Envelope.OccurredAt);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-291");
    }

    [Fact]
    public void Five_minutes_ahead_is_taken_at_its_word() =>
        Assert.Empty(Payloads.Translated(Sample, receivedAt: At("2026-05-11T07:25:00Z")).Repairs);

    [Fact]
    public void A_member_nobody_knows_is_ignored() =>
        Assert.Empty(Payloads.Translated(Sample, payload => payload["data"]!["colourOfTheLid"] = "blue").Repairs);

    [Fact]
    public void A_control_character_in_a_note_is_removed_and_told()
    {
        var translated = Payloads.Translated("evondos-style/alert.closed", payload => payload["data"]!["note"] = "Linje 1\u000bLinje 2\u0000");
        Assert.Contains(translated.Repairs, repair => repair is { Code: "VKP-292", Path: "$.data.note" });
    }

    [Fact]
    public void A_note_for_another_event_id_has_other_ids()
    {
        var one = Payloads.Translated(Sample);
        var other = Payloads.Translated(Sample, payload => payload["eventId"] = "another");
        Assert.NotEqual(one.Resources[0].Id, other.Resources[0].Id);
        Assert.NotEqual(one.Resources[0].Id, Payloads.Translated(Sample, payload => payload["tenant"]!["municipalityOrgNo"] = "312229544").Resources[0].Id);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
