using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Vkp.Sandbox;

/// <summary>
/// A queue of a broker, as any AMQP 0-9-1 client may keep one: bound to the event's exchange, answers to the address that the message gives, confirmed before the
/// message is taken out. What is not taken yet is kept unacknowledged, in the order in which it came, and never given back: a quorum queue drops what comes back too often.
/// </summary>
internal sealed class AmqpQueue(QueueAccess access, Bell bell) : IEndpointQueue
{
    private const string Exchange = "Vkp.Messages:DocumentReady";
    private const ushort UnacknowledgedMax = 100;
    private const string TypesHeader = "NServiceBus.EnclosedMessageTypes";

    // Answers are awaited until the broker has them, and come back when it can put them nowhere.
    private static readonly CreateChannelOptions WithConfirms = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly Lock gate = new();
    private List<QueuedMessage> inHand = [];
    private IConnection? connection;
    private IChannel? channel;

    public async Task<QueueLook> LookAsync(CancellationToken ct)
    {
        try
        {
            if (channel is not { IsOpen: true }) await OpenAsync(ct);
            lock (gate) return new QueueLook([.. inHand]);
        }
        catch (Exception away) when (IsTransport(away))
        {
            await CloseAsync();
            return new QueueLook([], Problem: Said(away));
        }
    }

    public async Task<string?> TakeAsync(QueuedMessage message, IReadOnlyList<QueuedReply> replies, CancellationToken ct)
    {
        try
        {
            foreach (var reply in replies)
            {
                var properties = new BasicProperties { MessageId = reply.Id.ToString("D"), Type = reply.Type, ContentType = "application/json", CorrelationId = message.Id, DeliveryMode = DeliveryModes.Persistent };
                await channel!.BasicPublishAsync("", message.ReplyTo!, mandatory: true, properties, reply.Body, ct);
            }

            await channel!.BasicAckAsync(message.Tag, multiple: false, ct);
            lock (gate) inHand.Remove(message);
            return null;
        }
        catch (Exception away) when (IsTransport(away))
        {
            await CloseAsync();
            return Said(away);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task OpenAsync(CancellationToken ct)
    {
        await CloseAsync();
        connection = await new ConnectionFactory
        {
            Uri = new Uri($"{access.Address.Scheme}://{access.Address.Authority}"),
            VirtualHost = access.Path,
            UserName = access.User,
            Password = access.Password ?? "",
            // What was in hand comes again after a new connection; recovered behind our back it would be in hand twice.
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(15),
            ClientProvidedName = access.Queue,
        }.CreateConnectionAsync(ct);
        channel = await connection.CreateChannelAsync(WithConfirms, ct);
        // Two that take from one queue would not keep the order of a patient: the second waits until the first is gone. That a consumer asks to be the only one
        // does not help, a quorum queue lets others in all the same.
        var alone = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true };
        await channel.QueueDeclareAsync(access.Queue, durable: true, exclusive: false, autoDelete: false, alone, cancellationToken: ct);
        // Whoever comes first makes it, the hub or the subscriber; both say the same.
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: ct);
        await channel.QueueBindAsync(access.Queue, Exchange, "", cancellationToken: ct);
        await channel.BasicQosAsync(prefetchSize: 0, UnacknowledgedMax, global: false, ct);

        var hand = new List<QueuedMessage>();
        lock (gate) inHand = hand;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, came) =>
        {
            // The body is the library's own memory, and only for the length of this call.
            lock (gate) hand.Add(new QueuedMessage(came.BasicProperties.MessageId ?? "", TypesOf(came.BasicProperties), came.BasicProperties.ReplyTo, came.Body.ToArray(), came.DeliveryTag));
            bell.Ring();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(access.Queue, autoAck: false, consumer, ct);
    }

    private async Task CloseAsync()
    {
        lock (gate) inHand = [];
        if (connection is { } old) await old.DisposeAsync();
        (connection, channel) = (null, null);
    }

    private static string? TypesOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(TypesHeader, out var value) is true && value is byte[] text ? Encoding.UTF8.GetString(text) : properties.Type;

    private static bool IsTransport(Exception away) => away is RabbitMQClientException or IOException or TimeoutException;

    private static string Said(Exception away) => away switch
    {
        OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer, ReplyCode: var code } } => $"VKP-956 The transport refused: AMQP {code}.",
        PublishException { IsReturn: true } => "VKP-956 The transport has no queue at the address that the message gives for answers.",
        BrokerUnreachableException { InnerException: AuthenticationFailureException or PossibleAuthenticationFailureException } => "VKP-956 The transport refused: login.",
        _ => $"VKP-956 The transport does not answer ({away.GetType().Name}).",
    };
}
