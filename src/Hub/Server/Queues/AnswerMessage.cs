using System.Text.Json;
using Vkp.Adapters;
using Vkp.Hub.Acknowledgement;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>A journal system's answer, read from a message of its queue.</summary>
/// <param name="Rejection">Why it is not journaled; null when it is.</param>
public sealed record AnswerMessage(Guid MessageId, Guid DeliveryId, VkpError? Rejection)
{
    // Written by another's hand: whoever sends camel case is understood.
    private static readonly JsonSerializerOptions Lenient = new() { PropertyNameCaseInsensitive = true, MaxDepth = 4 };

    public static (AnswerMessage? Answer, VkpError? Error) Read(QueuedAnswer queued)
    {
        try
        {
            return TypeOf(queued.Types) switch
            {
                nameof(JournalingAcknowledged) => Acknowledged(Parse<JournalingAcknowledged>(queued.Body)),
                nameof(JournalingRejected) => Rejected(Parse<JournalingRejected>(queued.Body)),
                _ => (null, Errors.AnswerUnreadable("its message type is none of the two answers")),
            };
        }
        catch (JsonException)
        {
            return (null, Errors.AnswerUnreadable("its body is not the JSON of its type"));
        }
    }

    /// <summary>Of `Ns.Type, Assembly, ...;Ns.Base, ...` the first that is known, whatever assembly the sender keeps it in.</summary>
    private static string? TypeOf(string? types) => types?.Split(';')
        .Select(type => type.Split(',')[0].Trim())
        .Select(type => type == typeof(JournalingAcknowledged).FullName ? nameof(JournalingAcknowledged) : type == typeof(JournalingRejected).FullName ? nameof(JournalingRejected) : null)
        .FirstOrDefault(known => known is not null);

    private static T Parse<T>(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        return JsonSerializer.Deserialize<T>(bytes, Lenient) ?? throw new JsonException("null");
    }

    private static (AnswerMessage?, VkpError?) Acknowledged(JournalingAcknowledged answer) => Checked(new AnswerMessage(answer.MessageId, answer.DeliveryId, null));

    private static (AnswerMessage?, VkpError?) Rejected(JournalingRejected answer) => Rejections.Find(answer.Reason) is { } rejection
        ? Checked(new AnswerMessage(answer.MessageId, answer.DeliveryId, rejection))
        : (null, Errors.AnswerUnreadable("its Reason is none of the published codes"));

    private static (AnswerMessage?, VkpError?) Checked(AnswerMessage answer) =>
        answer.MessageId == Guid.Empty || answer.DeliveryId == Guid.Empty ? (null, Errors.AnswerUnreadable("MessageId or DeliveryId is missing")) : (answer, null);
}
