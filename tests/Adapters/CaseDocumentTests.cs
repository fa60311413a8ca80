using Vkp.Adapters.Cases;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

public sealed class CaseDocumentTests
{
    [Fact]
    public void One_document_holds_the_note_and_what_was_opened_and_the_note_refers_to_it()
    {
        var opened = Payloads.Translated("evondos-style/dose.notTaken").Resources;
        var stock = Payloads.Translated("evondos-style/stock.low").Resources;
        var closing = Payloads.Translated("evondos-style/alert.closed").Resources;

        var document = CaseDocument.Gather(closing, [opened, stock]);

        var note = Assert.IsType<Composition>(document[0]);
        Assert.Equal(3, document.Count);
        Assert.Equal([$"urn:uuid:{opened[0].Id}", $"urn:uuid:{stock[0].Id}"], note.Section[^1].Entry.Select(entry => entry.Reference));
    }

    [Fact]
    public void The_resources_given_are_not_changed()
    {
        var closing = Payloads.Translated("evondos-style/alert.closed").Resources;
        var before = FhirJson.Serialize(closing[0]);
        CaseDocument.Gather(closing, [Payloads.Translated("evondos-style/dose.notTaken").Resources]);
        Assert.Equal(before, FhirJson.Serialize(closing[0]));
    }

    [Fact]
    public void Of_two_versions_of_one_resource_the_later_message_has_the_word()
    {
        var first = Payloads.Translated("evondos-style/supervision.started").Resources;
        var second = Payloads.Translated("evondos-style/supervision.started", payload => payload["data"]!["reason"] = "eventBased").Resources;
        var document = CaseDocument.Gather(Payloads.Translated("evondos-style/alert.closed").Resources, [first, second]);
        Assert.Equal("2", Assert.Single(document.OfType<Encounter>()).ReasonCode[0].Coding[0].Code);
    }

    [Fact]
    public void A_closing_whose_alert_never_came_stands_alone()
    {
        var closing = Payloads.Translated("evondos-style/alert.closed").Resources;
        Assert.Equal(FhirJson.Serialize(closing[0]), FhirJson.Serialize(Assert.Single(CaseDocument.Gather(closing, []))));
    }

    [Fact]
    public void A_visit_that_started_and_ended_is_there_once_and_ended()
    {
        var document = CaseDocument.Gather(
            Payloads.Translated("evondos-style/supervision.ended").Resources, [Payloads.Translated("evondos-style/supervision.started").Resources]);
        Assert.Equal(Encounter.EncounterStatus.Finished, Assert.Single(document.OfType<Encounter>()).Status);
    }

    [Fact]
    public void An_alert_that_the_closing_repeats_is_there_once()
    {
        var document = CaseDocument.Gather(
            Payloads.Translated("dignio-style/alert.closed.measurement").Resources, [Payloads.Translated("dignio-style/alert.opened").Resources]);
        Assert.Single(document.OfType<DetectedIssue>());
        Assert.Equal(2, document.OfType<Observation>().Count());
    }
}
