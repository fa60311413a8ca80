using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Messages between patient and service. Only what staff mark as worth journaling becomes a note.</summary>
internal static class Messages
{
    private static readonly Dictionary<string, bool> Directions = new() { ["fromPatient"] = true, ["toPatient"] = false };

    public static Func<Outcome> Received(VendorEvent source)
    {
        var data = source.Data;
        var messageId = data.Text("messageId", charactersMax: 64);
        var isFromPatient = data.Choice("direction", Directions);
        var text = data.Text("text", charactersMax: 4000);
        var marker = data.ObjectOrNull("markedForJournalBy") is { } person ? HealthWorker.Read(person) : null;
        return () =>
        {
            Outcome.Journal journal = new(
                Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day,
                [marker is null ? Message(source, messageId, isFromPatient, text) : Note(source, marker, isFromPatient, text)]);
            return journal with { AboutIds = [$"message:{messageId}"], NoEntryReason = marker is null ? "message" : null };
        };
    }

    private static Communication Message(VendorEvent source, string messageId, bool isFromPatient, string text)
    {
        var id = source.SharedId("message", messageId);
        return new Communication
        {
            Id = id.ToString("D"),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = EventStatus.Completed,
            Subject = Parts.Logical(source.Patient),
            SentElement = new FhirDateTime(source.OccurredAt),
            Sender = isFromPatient ? Parts.Logical(source.Patient, "Pasienten") : new ResourceReference { Display = "Tjenesten" },
            Payload = [new() { Content = new FhirString { Text = text } }],
        };
    }

    private static Composition Note(VendorEvent source, HealthWorker marker, bool isFromPatient, string text)
    {
        var composition = Compositions.Note(source, source.Id("note"), CompositionCategories.HomeFollowUp, Parts.Person(marker), "Journalnotat om melding");
        composition.Section.Add(Compositions.Section(
            CompositionSections.Note, isFromPatient ? "Melding fra pasienten" : "Melding til pasienten", Words.WithUncertainty(text, source)));
        return composition;
    }
}
