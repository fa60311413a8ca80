using Vkp.Adapters.Answers;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.LookUps;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.FhirDocument;

/// <summary>
/// A FHIR R4 server that keeps documents: the message is one document Bundle, its note first, put under the message's own id. Class A: the same document under
/// the same id again changes nothing.
/// </summary>
public sealed class FhirDocumentAdapter : IEpjAdapter
{
    private const string FhirJsonType = "application/fhir+json";

    /// <summary>Any 2xx to the PUT; what counts is what is read back.</summary>
    private static readonly DeliveryOutcome Taken = new DeliveryOutcome.AwaitingReceipt(null);

    public AdapterInfo Info { get; } = new("fhir-document", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Deduplicates;

    public Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) => FhirLookUps.AskAsync(query, send, [], ct);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        var path = $"Bundle/{message.MessageId:D}";
        // The answer to the PUT is kept small: a document of 1 MB given back would be over the hub's cap and never be believed.
        var put = new EpjRequest("PUT", path, FhirJsonType, FhirJson.Serialize(Compose(message))) { Headers = [("Prefer", "return=minimal")] };
        if (AnswerMeaning.OfWrite(await send(put, ct), ReceiverClass, _ => Taken, ReasonCodes.OfFhir) is var outcome && outcome != Taken)
            return outcome;

        var readBack = await send(new EpjRequest("GET", $"{path}?_summary=true", FhirJsonType, default) { ChangesJournal = false }, ct);
        return readBack is EpjAnswer.Response { Status: 200 } stored
            ? ReadStored(stored, message.MessageId)
            : new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered("it took the document and did not show it when it was read back"));
    }

    private static DeliveryOutcome ReadStored(EpjAnswer.Response answer, Guid messageId)
    {
        if (FhirJson.ParseLenient(answer.Body).Resource is not Bundle { Type: Bundle.BundleType.Document } stored)
            return new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
        return stored.Id == messageId.ToString("D")
            ? new DeliveryOutcome.Journaled(ReasonCodes.SafeId(stored.Meta?.VersionId is { } version ? $"{stored.Id}.{version}" : stored.Id))
            : new DeliveryOutcome.Unknown(DeliveryErrors.AnswerToAnother());
    }

    private static Bundle Compose(OutboundMessage message)
    {
        var entries = Entries.Of(message);
        var bundle = new Bundle
        {
            // The message's id and not the Bundle's: a resend by a person must be the same document.
            Id = message.MessageId.ToString("D"),
            Identifier = Parts.UuidIdentifier(message.MessageId),
            Type = Bundle.BundleType.Document,
            Timestamp = message.RecordedAt,
        };
        if (entries.Any(entry => entry.Resource is Composition))
        {
            entries = [.. entries.OrderBy(entry => entry.Resource is Composition ? 0 : 1)];
        }
        else
        {
            var note = NoteCompositions.Of(message, entries);
            entries = [(Guid.Parse(note.Id!), note), .. entries];
        }

        foreach (var (id, resource) in entries)
            bundle.Entry.Add(new Bundle.EntryComponent(DeterministicId.Urn(id), Entries.Under(id, resource)));
        return bundle;
    }
}
