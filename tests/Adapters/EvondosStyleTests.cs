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

    [Theory]
    [InlineData("v06.2", "dose.notTaken", "1.1")]
    [InlineData("v06.7", "dose.blockedNoMedicine", "1.2")]
    [InlineData("v06.14", "roll.jammed", "1.8")]
    [InlineData("v06.27", "battery.low", "1.17")]
    public void An_old_event_number_becomes_what_its_successor_becomes(string number, string successor, string code) =>
        Assert.Equal(code, Code(Payloads.Translated($"evondos-style/{successor}", payload => payload["eventType"] = number)));

    [Fact]
    public void The_old_number_of_an_assisted_dose_needs_no_mode()
    {
        var translated = Payloads.Translated("evondos-style/dose.dispensed", payload =>
        {
            payload["eventType"] = "v06.18";
            payload["data"]!.AsObject().Remove("mode");
        });
        Assert.Equal("1.2", Assert.IsType<MedicationDispense>(translated.Resources[0]).Category!.Coding[0].Code);
    }

    [Fact]
    public void The_old_test_number_never_reaches_a_journal() =>
        Assert.IsType<Translation.NothingToJournal>(Payloads.Translate("evondos-style/dose.dispensed", payload => payload["eventType"] = "v06.0"));

    [Fact]
    public void Every_old_number_is_known()
    {
        for (var number = 0; number <= 27; number++)
            Assert.Contains($"v06.{number}", VendorCatalog.Find("evondos-style")!.Kinds.SelectMany(kind => kind.OlderNames));
    }

    private static string? Code(Translation.Translated translated) => Assert.IsType<DetectedIssue>(translated.Resources[0]).Code!.Coding[0].Code;
}
