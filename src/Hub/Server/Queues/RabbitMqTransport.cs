using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.Hub.Outbound;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>
/// Queues of a RabbitMQ broker, in NServiceBus's conventional topology: one durable fanout exchange per message type, to which whoever subscribes binds an exchange or
/// a queue of its own. Published with confirms and as mandatory: what the broker cannot put into any queue comes back.
/// </summary>
public sealed class RabbitMqTransport(OutboundPolicy outbound, TimeProvider time) : IQueueTransport
{
    private readonly ConcurrentDictionary<string, Lazy<BrokerLink>> links = new(StringComparer.Ordinal);

    /// <summary>`Vkp.Messages:DocumentReady`.</summary>
    public static string ExchangeOf(Type message) => $"{message.Namespace}:{message.Name}";

    public async Task<DeliveryOutcome> PublishAsync(QueuePlace place, DocumentReady ready, CancellationToken ct)
    {
        var message = QueueMessage.Publish(ready, QueuePlace.HubQueue, time.GetUtcNow());
        var isSending = false;
        try
        {
            var link = LinkTo(place);
            await link.OpenAsync(ct);
            if (await FullAsync(link, place, ready.Lane, ct) is { } full) return new DeliveryOutcome.RetryLater(full, null);

            var channel = await link.RentAsync(ct);
            isSending = true;
            var said = await channel.PublishAsync(ExchangeOf(typeof(DocumentReady)), "", PropertiesOf(message), message.Body, ct);
            link.Return(channel);
            return said switch
            {
                Confirmation.Taken => new DeliveryOutcome.AwaitingReceipt(null),
                Confirmation.Unroutable => new DeliveryOutcome.RetryLater(Errors.NoSubscriber(place.Destination), null),
                // A queue at its bound. Others may have it: under the same id a repeat is safe.
                _ => new DeliveryOutcome.RetryLater(Errors.QueueFull(place.Destination, place.DepthMax), null),
            };
        }
        catch (Exception failure) when (IsTransport(failure))
        {
            return isSending && CodeOf(failure) is null
                ? new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered("the connection to the broker was lost before it confirmed"))
                : new DeliveryOutcome.RetryLater(ErrorOf(failure, place), null);
        }
    }

    public async Task<QueueLook> TakeAnswersAsync(QueuePlace place, AnswerHandler handle, CancellationToken ct)
    {
        var taken = 0;
        try
        {
            var link = LinkTo(place);
            await link.OpenAsync(ct);
            var kept = link.TakeKept();
            var (channel, found) = (kept?.Channel ?? await link.RentAsync(ct), kept?.Found);
            while (taken < Limits.AnswersPerLookMax)
            {
                found ??= await channel.Channel.BasicGetAsync(QueuePlace.HubQueue, autoAck: false, ct);
                if (found is null) break;
                var verdict = await handle(new QueuedAnswer(TypesOf(found.BasicProperties), found.Body), ct);
                if (verdict is AnswerVerdict.Later)
                {
                    link.Keep(channel, found);
                    return new QueueLook(taken, null);
                }

                if (verdict is AnswerVerdict.Unusable unusable) await SetAsideAsync(channel, found, unusable.Error, ct);
                await channel.Channel.BasicAckAsync(found.DeliveryTag, multiple: false, ct);
                found = null;
                taken++;
            }

            link.Return(channel);
            return new QueueLook(taken, null);
        }
        catch (Exception failure) when (IsTransport(failure))
        {
            return new QueueLook(taken, ErrorOf(failure, place));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in links.Values.Where(l => l.IsValueCreated)) await link.Value.DisposeAsync();
    }

    private BrokerLink LinkTo(QueuePlace place) => links.GetOrAdd(place.Key, _ => new Lazy<BrokerLink>(() => new BrokerLink(place, outbound, time))).Value;

    private static async Task<VkpError?> FullAsync(BrokerLink link, QueuePlace place, string lane, CancellationToken ct)
    {
        if (!place.Settings.TryGetValue(QueueKind.QueueSetting, out var queue)) return null;
        if (link.Depth.IsStale(link.Time)) link.Depth.Note(await link.CountAsync(queue, ct), 0, link.Time);
        // An alarm never waits behind a backlog.
        return link.Depth.Waiting >= place.DepthMax && lane != nameof(Lane.Alarm) ? Errors.QueueFull(place.Destination, place.DepthMax) : null;
    }

    private static async Task SetAsideAsync(ConfirmedChannel channel, BasicGetResult found, VkpError error, CancellationToken ct)
    {
        var properties = new BasicProperties(found.BasicProperties);
        properties.Headers = new Dictionary<string, object?>(found.BasicProperties.Headers ?? new Dictionary<string, object?>(), StringComparer.Ordinal) { [QueueMessage.ErrorHeader] = error.Code };
        if (await channel.PublishAsync("", QueuePlace.ErrorQueue, properties, found.Body, ct) != Confirmation.Taken) throw new IOException("The broker did not take an answer into the error queue.");
    }

    private static BasicProperties PropertiesOf(QueueMessage message) => new()
    {
        MessageId = message.Id.ToString("D"),
        Type = message.Type,
        ContentType = QueueMessage.ContentType,
        CorrelationId = message.Id.ToString("D"),
        ReplyTo = QueuePlace.HubQueue,
        DeliveryMode = DeliveryModes.Persistent,
        Headers = message.Headers.ToDictionary(h => h.Key, h => (object?)h.Value, StringComparer.Ordinal),
    };

    private static string? TypesOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(QueueMessage.TypesHeader, out var value) is true && value is byte[] text ? Encoding.UTF8.GetString(text) : properties.Type;

    private static bool IsTransport(Exception failure) => failure is RabbitMQClientException or IOException or TimeoutException;

    /// <summary>The broker's own reply code, when the failure is its refusal and not a lost connection.</summary>
    private static ushort? CodeOf(Exception failure) => failure is OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyCode: var code } } ? code : null;

    private static VkpError ErrorOf(Exception failure, QueuePlace place) => (failure, CodeOf(failure)) switch
    {
        (AddressRefusedException, _) => Errors.TransportNotAllowed(place.Destination),
        (ForeignPlaceException, _) => Errors.PlaceOfAnother(place.Destination),
        (_, Constants.NotFound) => Errors.NoSubscriber(place.Destination),
        (_, { } code) => Errors.TransportUnusable(place.Destination, $"AMQP {code}"),
        (BrokerUnreachableException { InnerException: AuthenticationFailureException or PossibleAuthenticationFailureException }, _) => Errors.TransportUnusable(place.Destination, "login refused"),
        _ => DeliveryErrors.NotReached(),
    };
}
