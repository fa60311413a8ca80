using Vkp.Adapters.Answers;
using Vkp.Adapters.Composing;
using Vkp.Adapters.LookUps;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.FhirTransaction;

/// <summary>
/// A FHIR R4 server that keeps resources: every resource of the message is put under its own id in one transaction. Class A: putting the same under the same id
/// again changes nothing.
/// </summary>
public sealed class FhirTransactionAdapter : IEpjAdapter
{
    private const string FhirJsonType = "application/fhir+json";

    public AdapterInfo Info { get; } = new("fhir-transaction", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Deduplicates;

    public Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) => FhirLookUps.AskAsync(query, send, [], ct);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        var bundle = Compose(message);
        var answer = await send(new EpjRequest("POST", string.Empty, FhirJsonType, FhirJson.Serialize(bundle)), ct);
        return AnswerMeaning.OfWrite(answer, ReceiverClass, response => TransactionAnswer.Read(response, bundle.Entry.Count), ReasonCodes.OfFhir);
    }

    private static Bundle Compose(OutboundMessage message)
    {
        var bundle = new Bundle { Id = message.BundleId.ToString("D"), Type = Bundle.BundleType.Transaction };
        foreach (var (id, resource) in Entries.Of(message))
        {
            var entry = new Bundle.EntryComponent(DeterministicId.Urn(id), Entries.Under(id, resource))
            {
                Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"{resource.TypeName}/{id:D}" },
            };
            bundle.Entry.Add(entry);
        }

        return bundle;
    }
}
