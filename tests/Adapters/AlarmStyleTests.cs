using Vkp.Adapters.Cases;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>The rules of alarms that a sample alone does not show.</summary>
public sealed class AlarmStyleTests
{
    [Fact]
    public void Edge_case_22_An_alarm_of_an_unknown_kind_is_a_safety_alarm_in_the_alarm_lane()
    {
        var translated = Payloads.Translated("alarm-style/alarm.raised", payload => payload["data"]!["kind"] = "meteor");
        var issue = Assert.IsType<DetectedIssue>(translated.Resources[0]);
        Assert.Equal(("3", Lane.Alarm), (issue.Code!.Coding[0].Code, translated.Lane));
        Assert.Contains("meteor", issue.Detail, StringComparison.Ordinal);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-295");
    }

    [Fact]
    public void The_log_is_in_order_of_time_whatever_order_it_came_in()
    {
        var translated = Payloads.Translated("alarm-style/alarm.closed", payload =>
        {
            var log = payload["data"]!["log"]!.AsArray();
            var first = log[0]!.DeepClone();
            log.RemoveAt(0);
            log.Add(first);
        });
        var steps = Assert.IsType<Composition>(translated.Resources[0]).Event.Select(step => step.Period!.Start!).ToList();
        Assert.Equal(steps.Order(StringComparer.Ordinal), steps);
    }

    [Fact]
    public void A_whole_alarm_is_one_document_with_each_thing_once()
    {
        var opened = new[] { "raised", "claimed", "callStarted", "causeSet", "dispatched", "dispatchAccepted" }
            .Select(step => Payloads.Translated($"alarm-style/alarm.{step}").Resources);
        var document = CaseDocument.Gather(Payloads.Translated("alarm-style/alarm.closed").Resources, opened);
        Assert.Equal(["Composition", "DetectedIssue", "Encounter"], document.Select(resource => resource.TypeName));
        Assert.Equal(ObservationStatus.Final, Assert.Single(document.OfType<DetectedIssue>()).Status);
        Assert.Equal(7, Assert.Single(document.OfType<Composition>()).Event.Count);
    }

    [Fact]
    public void Steps_need_no_entry_of_their_own_and_belong_to_the_alarm()
    {
        var step = Payloads.Translated("alarm-style/alarm.causeSet");
        Assert.Equal(("step", CaseRole.Opens, "RC-2026-004711"), (step.NoEntryReason, step.CaseRole, Assert.Single(step.CaseIds)));
    }

    [Fact]
    public void No_position_is_carried_on()
    {
        var translated = Payloads.Translated("alarm-style/location.geofenceExited", payload => payload["data"]!["position"] = Payloads.Json("""{"lat":63.43,"lon":10.39}"""));
        var text = System.Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Serialize(translated.Resources[0]));
        Assert.DoesNotContain("63.43", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_the_log_does_not_know_is_refused_with_the_list()
    {
        var error = Assert.Single(Payloads.Rejected("alarm-style/alarm.closed", payload => payload["data"]!["log"]![2]!["step"] = "danced"));
        Assert.Equal(("VKP-266", "$.data.log[2].step"), (error.Code, error.Path));
        Assert.Contains("callStarted", error.Hint, StringComparison.Ordinal);
    }
}
