using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.FhirMessaging;

/// <summary>What an answer to `$process-message` means. Pure; never throws on what an EPJ answers.</summary>
internal static class AnswerReader
{
    public static DeliveryOutcome Read(EpjAnswer answer, Guid messageId) =>
        AnswerMeaning.OfWrite(answer, ReceiverClass.Deduplicates, response => ReadResponse(response, messageId), ReasonCodes.OfFhir);

    /// <summary>
    /// Anything but a response message that names ours is an unknown outcome, not a failure: the EPJ may have the message and a gateway may have
    /// answered. The receiver is of class A, so the hub sends the same ids again.
    /// </summary>
    private static DeliveryOutcome ReadResponse(EpjAnswer.Response answer, Guid messageId)
    {
        if (Parse(answer) is not Bundle { Type: Bundle.BundleType.Message } bundle || bundle.Entry.FirstOrDefault()?.Resource is not MessageHeader { Response: { } response } header)
            return new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
        if (!Names(response.Identifier, messageId))
            return new DeliveryOutcome.Unknown(DeliveryErrors.AnswerToAnother());

        return response.Code switch
        {
            MessageHeader.ResponseType.Ok => new DeliveryOutcome.Journaled(ReasonCodes.SafeId(header.Id)),
            MessageHeader.ResponseType.TransientError => new DeliveryOutcome.RetryLater(DeliveryErrors.Transient(ReasonCodes.Of(bundle)), answer.RetryAfter),
            MessageHeader.ResponseType.FatalError => Refused(ReasonCodes.Of(bundle)),
            _ => new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status)),
        };
    }

    private static DeliveryOutcome.Refused Refused(string reasons) => new(DeliveryErrors.RefusedByAnswer(reasons)) { IsDouble = ReasonCodes.SayDouble(reasons) };

    private static bool Names(string? identifier, Guid messageId) =>
        identifier is not null
        && Guid.TryParseExact(identifier.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) ? identifier["urn:uuid:".Length..] : identifier, "D", out var named)
        && named == messageId;

    private static Resource? Parse(EpjAnswer.Response answer) => FhirJson.ParseLenient(answer.Body).Resource;
}
