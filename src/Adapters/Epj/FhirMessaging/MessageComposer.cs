using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.FhirMessaging;

/// <summary>
/// A message as a FHIR R4 message Bundle. Everything in it comes from the message: composed twice it is the same to the byte, which is what lets the EPJ
/// recognise a repeat (by Bundle.id, Bundle.identifier and MessageHeader.id).
/// </summary>
internal static class MessageComposer
{
    public static Bundle Compose(OutboundMessage message)
    {
        var bundle = new Bundle
        {
            Id = message.BundleId.ToString("D"),
            Identifier = Parts.UuidIdentifier(message.BundleId),
            Type = Bundle.BundleType.Message,
            Timestamp = message.RecordedAt,
        };
        var entries = Entries.Of(message).Select(entry => new Bundle.EntryComponent(DeterministicId.Urn(entry.Id), entry.Resource)).ToList();
        bundle.Entry.Add(new Bundle.EntryComponent(DeterministicId.Urn(message.MessageId), Header(message, entries)));
        foreach (var entry in entries)
            bundle.Entry.Add(entry);
        return bundle;
    }

    private static MessageHeader Header(OutboundMessage message, IReadOnlyList<Bundle.EntryComponent> entries) => new()
    {
        Id = message.MessageId.ToString("D"),
        Event = EventOf(entries).ToCoding(),
        Destination =
        [
            new()
            {
                // No address of the EPJ belongs in what is sent: the municipality is who it is for.
                Endpoint = $"urn:x-vkp:municipality:{message.MunicipalityOrgNo}",
                Receiver = Parts.Logical(new SourceIdentifier(Identity.OrganisationNumber, message.MunicipalityOrgNo)),
            },
        ],
        Sender = new ResourceReference { Display = message.SourceSystem },
        Source = new()
        {
            Name = message.SourceSystem,
            Software = "VKP hub",
            Endpoint = $"urn:x-vkp:source:{Uri.EscapeDataString(message.SourceSystem)}",
        },
        Focus = [.. entries.Take(1).Select(entry => new ResourceReference(entry.FullUrl))],
    };

    /// <summary>The national message event that the main resource means; what has none of its own is a note about a patient.</summary>
    private static FhirCode EventOf(IReadOnlyList<Bundle.EntryComponent> entries) => entries.Count == 0 ? MessageEvents.PatientComposition : entries[0].Resource switch
    {
        MedicationDispense => MessageEvents.MedicationDispense,
        Encounter => MessageEvents.CameraObservation,
        DetectedIssue issue when issue.Code?.CodeIn(AlertCodes.System) == AlertCodes.Localisation.Code => MessageEvents.LocationMeasurement,
        _ => MessageEvents.PatientComposition,
    };
}
