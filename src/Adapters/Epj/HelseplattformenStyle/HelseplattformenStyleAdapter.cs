using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;
using Vkp.Adapters.LookUps;
using Vkp.Fhir.Json;

namespace Vkp.Adapters.Epj.HelseplattformenStyle;

/// <summary>
/// A journal system in the style of Helseplattformen: a FHIR dialect of its own, written down as our profiles in `contracts/fhir/helseplattformen-style`.
/// Class A: every entry is created only when none with its identifier exists.
/// </summary>
public sealed class HelseplattformenStyleAdapter : IEpjAdapter
{
    private const string FhirJsonType = "application/fhir+json";

    public AdapterInfo Info { get; } = new("helseplattformen-style", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Deduplicates;

    public IReadOnlyList<EpjSetting> Settings { get; } = [new("token", "sent as bearer token", IsSecret: true)];

    public Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) =>
        FhirLookUps.AskAsync(query, send, query.Settings.TryGetValue("token", out var token) ? [("Authorization", $"Bearer {token}")] : [], ct);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        if (Patients.FindNational(message) is not { } patient)
            return new DeliveryOutcome.Refused(DeliveryErrors.PatientNotNamed());

        var bundle = TransactionComposer.Compose(message, patient);
        var request = new EpjRequest("POST", string.Empty, FhirJsonType, FhirJson.Serialize(bundle))
        {
            Headers = message.Setting("token") is { } token ? [("Authorization", $"Bearer {token}")] : [],
        };
        return AnswerMeaning.OfWrite(await send(request, ct), ReceiverClass, response => TransactionAnswer.Read(response, bundle.Entry.Count), ReasonCodes.OfFhir);
    }
}
