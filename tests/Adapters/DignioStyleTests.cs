using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>The rules of home follow-up that a sample alone does not show.</summary>
public sealed class DignioStyleTests
{
    [Theory]
    [InlineData("glucose", "glucose", 97, "mmol/L", "VKP-285")]
    [InlineData("glucose", "glucose", 0.1, "mmol/L", "VKP-284")]
    [InlineData("temperature", "temperature", 99.5, "°C", "VKP-285")]
    [InlineData("temperature", "temperature", 25, "°C", "VKP-284")]
    [InlineData("spo2", "spo2", 20, "%", "VKP-284")]
    [InlineData("pulse", "pulse", 400, "bpm", "VKP-284")]
    [InlineData("weight", "weight", 80, "stone", "VKP-286")]
    public void A_value_that_can_hardly_be_real_is_held(string sample, string name, double value, string unit, string code)
    {
        var held = Payloads.Held($"dignio-style/measurement.recorded.{sample}", payload =>
        {
            var values = payload["data"]!["values"]!.AsArray();
            values.Clear();
            values.Add(Payloads.Json($$"""{"name":"{{name}}","value":{{value}},"unit":"{{unit}}"}"""));
        });
        Assert.Equal(code, held.Error.Code);
    }

    [Fact]
    public void A_device_that_several_people_use_waits_for_a_person() =>
        Assert.Equal("VKP-287", Payloads.Held("dignio-style/measurement.recorded.spo2", payload => payload["data"]!["device"]!["shared"] = true).Error.Code);

    [Fact]
    public void A_nurse_who_closed_an_alert_has_looked_at_its_values() =>
        Assert.NotNull(Payloads.Translated("dignio-style/alert.closed.measurement", payload => payload["data"]!["measurements"]![0]!["values"]![0]!["value"] = 31));

    [Fact]
    public void A_green_measurement_needs_no_entry_of_its_own() =>
        Assert.Equal("measurement", Payloads.Translated("dignio-style/measurement.recorded.spo2").NoEntryReason);

    [Fact]
    public void An_alert_has_the_same_ids_when_it_opens_and_when_it_closes()
    {
        var opened = Payloads.Translated("dignio-style/alert.opened").Resources.Select(resource => resource.Id).ToHashSet();
        var closed = Payloads.Translated("dignio-style/alert.closed.measurement").Resources.Select(resource => resource.Id).ToHashSet();
        Assert.Subset(closed, opened);
    }

    [Fact]
    public void A_correction_has_the_id_of_what_it_corrects()
    {
        var recorded = Payloads.Translated("dignio-style/measurement.recorded.weight");
        var corrected = Payloads.Translated("dignio-style/measurement.corrected");
        Assert.Equal(recorded.Resources[0].Id, corrected.Resources[0].Id);
        Assert.Equal(ObservationStatus.Corrected, Assert.IsType<Observation>(corrected.Resources[0]).Status);
        Assert.Contains(Assert.Single(recorded.AboutIds), corrected.AboutIds);
    }

    [Fact]
    public void The_address_of_a_photo_is_not_kept()
    {
        var translated = Payloads.Translated("dignio-style/photo.uploaded");
        Assert.DoesNotContain("signature", System.Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Serialize(translated.Resources[0])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_without_its_main_value_is_refused()
    {
        var errors = Payloads.Rejected("dignio-style/measurement.recorded.bloodPressure", payload => payload["data"]!["values"]!.AsArray().RemoveAt(1));
        Assert.Equal("$.data.values[name=diastolic]", Assert.Single(errors).Path);
    }
}
