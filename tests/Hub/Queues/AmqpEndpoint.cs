using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Vkp.Messages;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>
/// What an NServiceBus endpoint does on a broker in the conventional topology: a queue and a fanout exchange of its own name, and a binding from the event's exchange to
/// its own. What any other AMQP client may do instead is what the sandbox's journal system does.
/// </summary>
public sealed class AmqpEndpoint : IAsyncDisposable
{
    public const string Queue = "Kommune.Epj";
    private const string Event = "Vkp.Messages:DocumentReady";

    private IConnection connection = null!;
    private IChannel channel = null!;

    public static async Task<AmqpEndpoint> StartAsync(BrokerPlace place, IDictionary<string, object?>? arguments = null)
    {
        var endpoint = new AmqpEndpoint();
        endpoint.connection = await ConnectAsync(place.Host, place.EndpointUser, place.Port);
        endpoint.channel = await endpoint.connection.CreateChannelAsync();
        await endpoint.SubscribeAsync(arguments ?? new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        return endpoint;
    }

    public static Task<IConnection> ConnectAsync(string host, string user, int port) =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = port, VirtualHost = host, UserName = user, Password = Broker.Password, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>The next message, or null when there is none.</summary>
    public async Task<AmqpMessage?> TakeAsync() => await channel.BasicGetAsync(Queue, autoAck: true) is { } found ? new AmqpMessage(new BasicProperties(found.BasicProperties), found.Body.ToArray()) : null;

    /// <summary>Waits, at most half a minute, for a message.</summary>
    public async Task<AmqpMessage> ReceiveAsync() => (await Asking.UntilAsync(TakeAsync, message => message is not null))!;

    public async Task ReplyAsync(AmqpMessage to, object answer)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType());
        // A reply goes to the exchange of the asker's name.
        await channel.BasicPublishAsync(to.Properties.ReplyTo!, "", mandatory: true, new BasicProperties
        {
            MessageId = Guid.NewGuid().ToString(), ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?> { ["NServiceBus.EnclosedMessageTypes"] = answer.GetType().AssemblyQualifiedName },
        }, body);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task SubscribeAsync(IDictionary<string, object?> arguments)
    {
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, arguments);
        await channel.ExchangeDeclareAsync(Event, ExchangeType.Fanout, durable: true);
        await channel.ExchangeDeclareAsync(Queue, ExchangeType.Fanout, durable: true);
        await channel.QueueBindAsync(Queue, Queue, "");
        foreach (var parent in (string[])["System:Object", "NServiceBus:IEvent", "NServiceBus:IMessage"])
        {
            await channel.ExchangeDeclareAsync(parent, ExchangeType.Fanout, durable: true);
            await channel.ExchangeBindAsync(parent, Event, "");
        }

        await channel.ExchangeBindAsync(Queue, Event, "");
    }
}

/// <summary>A message as it came from the broker.</summary>
public sealed record AmqpMessage(BasicProperties Properties, byte[] Body)
{
    public DocumentReady Ready => JsonSerializer.Deserialize<DocumentReady>(Body)!;

    public string? Header(string name) => Properties.Headers?[name] is byte[] text ? Encoding.UTF8.GetString(text) : null;
}
