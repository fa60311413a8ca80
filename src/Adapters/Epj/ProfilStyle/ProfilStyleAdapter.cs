using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Epj.ProfilStyle;

/// <summary>
/// A journal system in the style of Profil: notes by a proprietary JSON interface, our own model of one. Class B: it writes every note it is sent, and can be
/// asked for a note by the sender's id.
/// </summary>
public sealed class ProfilStyleAdapter : IEpjAdapter
{
    public AdapterInfo Info { get; } = new("profil-style", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.CanBeAsked;

    public IReadOnlyList<EpjSetting> Settings { get; } =
    [
        new("unit", "the unit in the EPJ that notes are filed under", IsRequired: true),
        new("unit.*", "another unit for the messages of one service code, `unit.TA`"),
        new("token", "sent as bearer token", IsSecret: true),
    ];

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        if (Patients.FindNational(message) is not { } patient)
            return new DeliveryOutcome.Refused(DeliveryErrors.PatientNotNamed());
        if (message.Setting("unit", message.ServiceCode) is not { } unit)
            return new DeliveryOutcome.RetryLater(DeliveryErrors.SettingUnusable("unit"), RetryAfter: null);

        var answer = await send(ProfilRequests.Note(message, patient, unit), ct);
        return AnswerMeaning.OfWrite(answer, ReceiverClass, response => ReadNote(response, message.MessageId), ReasonCodes.OfJson);
    }

    public async Task<AskOutcome> AskAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        var answer = await send(ProfilRequests.Question(message), ct);
        return AnswerMeaning.OfQuestion(answer) ?? ReadFound((EpjAnswer.Response)answer, message.MessageId);
    }

    private static DeliveryOutcome ReadNote(EpjAnswer.Response answer, Guid messageId) => JsonAnswer.Read(answer) switch
    {
        { } note when note.Id("noteId") is { Length: > 0 } id => Names(note, messageId)
            ? new DeliveryOutcome.Journaled(ReasonCodes.SafeId(id))
            : new DeliveryOutcome.Unknown(DeliveryErrors.AnswerToAnother()),
        _ => new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status)),
    };

    /// <summary>The answer must repeat what was asked for: an empty list from a gateway would else make a double.</summary>
    private static AskOutcome ReadFound(EpjAnswer.Response answer, Guid messageId)
    {
        if (JsonAnswer.Read(answer) is not { } found || found.List("notes") is not { } notes)
            return new AskOutcome.NoAnswer(DeliveryErrors.LookUpUnreadable(answer.Status), RetryAfter: null);
        if (!Names(found, messageId))
            return new AskOutcome.NoAnswer(DeliveryErrors.AnswerToAnother(), RetryAfter: null);
        return notes.Count == 0 ? new AskOutcome.HasNot() : new AskOutcome.Has(ReasonCodes.SafeId(notes[0].Id("noteId")));
    }

    private static bool Names(JsonAnswer answer, Guid messageId) => Guid.TryParseExact(answer.Text("externalId"), "D", out var named) && named == messageId;
}
