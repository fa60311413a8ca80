using System.Globalization;
using System.Text.Json;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>A message as it travels, whatever the transport: its id, its type, its headers and its body. Pure: the same document makes the same message but for the time it is sent.</summary>
/// <param name="Id">The transport's own id, repeated at every try: what a receiver's deduplication looks at.</param>
public sealed record QueueMessage(Guid Id, string Type, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public const string ContentType = "application/json";
    public const string TypesHeader = "NServiceBus.EnclosedMessageTypes";

    /// <summary>On an answer in the error queue: why it is there.</summary>
    public const string ErrorHeader = "Vkp.Error";

    /// <summary>What a subscriber of the event may have asked for by name: the type, and what every type is.</summary>
    public static IReadOnlyList<string> Topics(string type) => [type, "System.Object"];

    /// <param name="replyTo">The hub's own queue, as the transport addresses it.</param>
    public static QueueMessage Publish(DocumentReady ready, string replyTo, DateTimeOffset sentAt)
    {
        var id = ready.DeliveryId.ToString("D");
        var type = typeof(DocumentReady).FullName!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["NServiceBus.ContentType"] = ContentType,
            ["NServiceBus.ConversationId"] = ready.MessageId.ToString("D"),
            ["NServiceBus.CorrelationId"] = id,
            [TypesHeader] = type,
            ["NServiceBus.MessageId"] = id,
            ["NServiceBus.MessageIntent"] = "Publish",
            ["NServiceBus.OriginatingEndpoint"] = QueuePlace.HubQueue,
            ["NServiceBus.ReplyToAddress"] = replyTo,
            ["NServiceBus.TimeSent"] = sentAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss:ffffff 'Z'", CultureInfo.InvariantCulture),
        };
        // Property names as they are declared: an endpoint reads them case by case, and leaves what it does not recognise at its default without a word.
        return new QueueMessage(ready.DeliveryId, type, headers, JsonSerializer.SerializeToUtf8Bytes(ready));
    }
}
