using Vkp.Adapters.LookUps;
using Vkp.Fhir.Json;

namespace Vkp.Adapters.Epj.FhirMessaging;

/// <summary>
/// A journal system that takes FHIR R4 messages by `$process-message` and answers with a response message. Class A: it deduplicates on the ids,
/// so after an unknown outcome the same bytes are sent again. A message counts as journaled only when the EPJ's own response names it and says ok;
/// a 2xx of something in between does not.
/// </summary>
public sealed class FhirMessagingAdapter : IEpjAdapter
{
    private const string FhirJsonType = "application/fhir+json";

    public AdapterInfo Info { get; } = new("fhir-messaging", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Deduplicates;

    public Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) => FhirLookUps.AskAsync(query, send, [], ct);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        var body = FhirJson.Serialize(MessageComposer.Compose(message));
        return AnswerReader.Read(await send(new EpjRequest("POST", "$process-message", FhirJsonType, body), ct), message.MessageId);
    }
}
