using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Epj.GericaStyle;

/// <summary>
/// A journal system in the style of Gerica: a look-up of the patient's services, then a journal note by REST. Class C: the interface has no field for the
/// sender's id and no question about earlier notes, so an unknown outcome waits for a person.
/// Key and patient number stand in the address, by the EPJ's own design; the hub logs no address.
/// </summary>
public sealed class GericaStyleAdapter : IEpjAdapter
{
    public AdapterInfo Info { get; } = new("gerica-style", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Neither;

    public IReadOnlyList<EpjSetting> Settings { get; } =
    [
        new("domain", "the municipality's domain in the EPJ", IsRequired: true),
        new("key", "the interface's key", IsRequired: true, IsSecret: true),
        new("journalType", "number of the journal type that notes go under", IsRequired: true),
        new("journalType.*", "another journal type for the messages of one service code, `journalType.MD`"),
        new("employeeId", "the employee who stands as author of what no known employee wrote", IsRequired: true),
        new("service.*", "which of the EPJ's service codes a national one stands for in look-ups, `service.GPS: \"%.2.3\"`; `%` is any text, and a code without setting stands for every service"),
        new("employeeId.*", "the employee with this HPR number, `employeeId.222200063`"),
    ];

    public Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) => GericaLookUps.AskAsync(query, send, ct);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        if (Patients.FindNational(message) is not { } patient)
            return new DeliveryOutcome.Refused(DeliveryErrors.PatientNotNamed());
        if (!GericaRequests.TryCreate(message, patient, out var requests, out var unusable))
            return new DeliveryOutcome.RetryLater(DeliveryErrors.SettingUnusable(unusable), RetryAfter: null);

        if (ReadServices(await send(requests.Services(), ct)) is { } stopped)
            return stopped;
        return AnswerMeaning.OfWrite(await send(requests.Note(), ct), ReceiverClass, ReadNote, ReasonCodes.OfJson);
    }

    /// <summary>Null when the patient has a service; else why nothing is written.</summary>
    private static DeliveryOutcome? ReadServices(EpjAnswer answer)
    {
        // Without allowEmpty the interface answers 404 to "no services"; with it, 404 means that it does not know the patient.
        if (answer is EpjAnswer.Response { Status: 404 })
            return new DeliveryOutcome.Refused(DeliveryErrors.PatientUnknown());
        if (AnswerMeaning.OfLookUp(answer, ReasonCodes.OfJson) is { } failed)
            return failed;
        var response = (EpjAnswer.Response)answer;
        return JsonAnswer.ReadList(response) switch
        {
            null => new DeliveryOutcome.RetryLater(DeliveryErrors.LookUpUnreadable(response.Status), RetryAfter: null),
            [] => new DeliveryOutcome.Refused(DeliveryErrors.NoActiveService()),
            _ => null,
        };
    }

    /// <summary>Only an answer with the id of the new entry says that there is one; anything else may be a gateway's.</summary>
    private static DeliveryOutcome ReadNote(EpjAnswer.Response answer) => JsonAnswer.Read(answer)?.Id("JournalId") is { Length: > 0 } id
        ? new DeliveryOutcome.Journaled(ReasonCodes.SafeId(id))
        : new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
}
