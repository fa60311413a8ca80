using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Epj.CosDocStyle;

/// <summary>
/// A journal system in the style of CosDoc: notes under the EPJ's own patient number, by a proprietary JSON interface that is our own model. Class A: a note is put
/// under our id, so a repeat is the same note.
/// </summary>
public sealed class CosDocStyleAdapter : IEpjAdapter
{
    private const string Json = "application/json";

    private static readonly NoteTemplate Template = new(CharactersMax: 4000) { TellsEventTime = true, TellsReference = true };

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public AdapterInfo Info { get; } = new("cosdoc-style", MajorVersion: 1, MinorVersion: 0);

    public ReceiverClass ReceiverClass => ReceiverClass.Deduplicates;

    public IReadOnlyList<EpjSetting> Settings { get; } = [new("token", "sent as bearer token", IsSecret: true)];

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        var (number, stopped) = await FindLocalNumberAsync(message, send, ct);
        if (number is null)
            return stopped!;

        var note = JournalNote.Of(message, Template);
        var body = new JsonObject { ["heading"] = note.Title, ["text"] = note.Text, ["time"] = message.OccurredAt.ToString("O"), ["author"] = note.AuthorName };
        var answer = await send(Request(message, "PUT", $"patients/{Uri.EscapeDataString(number)}/notes/{message.MessageId:D}", body), ct);
        return AnswerMeaning.OfWrite(answer, ReceiverClass, response => ReadNote(response, message.MessageId), ReasonCodes.OfJson);
    }

    /// <summary>The EPJ's own number of the patient: from the message when the sender knows it, else by asking the EPJ, in a body and never in an address.</summary>
    private static async Task<(string? Number, DeliveryOutcome? Stopped)> FindLocalNumberAsync(OutboundMessage message, EpjSend send, CancellationToken ct)
    {
        if (Patients.Find(message, IdentifierSystems.CosDocLopenummer) is { } local)
            return (local.Value, null);
        if (Patients.FindNational(message) is not { } national)
            return (null, new DeliveryOutcome.Refused(DeliveryErrors.PatientNotNamed()));

        var answer = await send(Request(message, "POST", "patients/search", new JsonObject { ["nationalId"] = national.Value }) with { ChangesJournal = false }, ct);
        if (AnswerMeaning.OfLookUp(answer, ReasonCodes.OfJson) is { } failed)
            return (null, failed);
        var response = (EpjAnswer.Response)answer;
        return JsonAnswer.Read(response)?.List("patients") switch
        {
            [] => (null, new DeliveryOutcome.Refused(DeliveryErrors.PatientUnknown())),
            [var only] when only.Id("localNumber") is { Length: > 0 } number => (number, null),
            // Two patients of one number: nobody but a person may say whose journal it is.
            { Count: > 1 } => (null, new DeliveryOutcome.Refused(DeliveryErrors.PatientAmbiguous())),
            _ => (null, new DeliveryOutcome.RetryLater(DeliveryErrors.LookUpUnreadable(response.Status), RetryAfter: null)),
        };
    }

    private static DeliveryOutcome ReadNote(EpjAnswer.Response answer, Guid messageId)
    {
        if (JsonAnswer.Read(answer) is not { } note || note.Id("sequence") is not { Length: > 0 } sequence)
            return new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
        return Guid.TryParseExact(note.Text("id"), "D", out var named) && named == messageId
            ? new DeliveryOutcome.Journaled(ReasonCodes.SafeId(sequence))
            : new DeliveryOutcome.Unknown(DeliveryErrors.AnswerToAnother());
    }

    private static EpjRequest Request(OutboundMessage message, string method, string path, JsonObject body) =>
        new(method, path, Json, JsonSerializer.SerializeToUtf8Bytes(body, Written)) { Headers = message.Setting("token") is { } token ? [("Authorization", $"Bearer {token}")] : [] };
}
