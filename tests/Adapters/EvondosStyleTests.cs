using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>The rules of the dispenser catalogue that a sample alone does not show.</summary>
public sealed class EvondosStyleTests
{
    [Fact]
    public void Offline_at_a_dose_time_leaves_the_dose_unknown_and_never_missed()
    {
        var translated = Payloads.Translated("evondos-style/device.offline", payload => payload["data"]!["dose"] = Payloads.Of("evondos-style/dose.notTaken")["data"]!["dose"]!.DeepClone());
        Assert.Equal("1.3", Code(translated));
        Assert.Equal(Lane.Clinical, translated.Lane);
    }

    [Fact]
    public void Offline_without_a_dose_is_a_technical_matter()
    {
        var translated = Payloads.Translated("evondos-style/device.offline");
        Assert.Equal("1.20", Code(translated));
        Assert.Equal(Lane.Routine, translated.Lane);
    }

    [Fact]
    public void A_dose_dispensed_after_it_was_missed_can_be_matched_with_its_alert()
    {
        var missed = Payloads.Translated("evondos-style/dose.notTaken");
        var dispensed = Payloads.Translated("evondos-style/dose.dispensed");
        Assert.Equal(missed.AboutIds, dispensed.AboutIds);
        Assert.NotEmpty(missed.AboutIds);
    }

    [Fact]
    public void A_closing_by_the_dispenser_itself_is_signed_by_the_dispenser()
    {
        var translated = Payloads.Translated("evondos-style/alert.closed", payload => payload["data"]!["closedBy"] = Payloads.Json("""{"device":{"serial":"ZZ000123"}}"""));
        var author = Assert.Single(Assert.IsType<Composition>(translated.Resources[0]).Author);
        Assert.Equal(("ZZ000123", "Medisindispenser"), (author.Identifier?.Value, author.Display));
    }

    [Fact]
    public void A_closing_needs_exactly_one_who_closed()
    {
        var both = Payloads.Rejected("evondos-style/alert.closed", payload => payload["data"]!["closedBy"]!["device"] = Payloads.Json("""{"serial":"ZZ000123"}"""));
        Assert.Equal(("VKP-272", "$.data.closedBy"), (Assert.Single(both).Code, both[0].Path));
    }

    [Fact]
    public void Markup_in_a_note_is_shown_as_text()
    {
        var translated = Payloads.Translated("evondos-style/alert.closed", payload => payload["data"]!["note"] = "<script>alert('x')</script> & \"sitat\"");
        var div = Assert.IsType<Composition>(translated.Resources[0]).Section[0].Text!.Div!;
        Assert.Contains("&lt;script&gt;", div, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", div, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_helper_without_a_register_number_is_named_in_the_note()
    {
        var translated = Payloads.Translated("evondos-style/dose.travelDispensed", payload => ((System.Text.Json.Nodes.JsonObject)payload["data"]!["assistedBy"]!).Remove("hprNo"));
        var dispense = Assert.IsType<MedicationDispense>(translated.Resources[0]);
        Assert.Single(dispense.Performer);
        Assert.Equal("Assistert av Test Sykepleier.", Assert.Single(dispense.Note).Text);
    }

    private static string? Code(Translation.Translated translated) => Assert.IsType<DetectedIssue>(translated.Resources[0]).Code!.Coding[0].Code;
}
