using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Vkp.Hub.Outbound;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>The virtual host is another destination's.</summary>
internal sealed class ForeignPlaceException(Exception inner) : IOException("The virtual host belongs to another destination.", inner);

/// <summary>The connection to one destination's virtual host, with its exchanges and queues declared, and its idle channels. Opened when needed, and again when it was lost.</summary>
internal sealed class BrokerLink(QueuePlace place, OutboundPolicy outbound, TimeProvider time) : IAsyncDisposable
{
    /// <summary>An exchange nobody publishes to. It says whose the virtual host is, in the one thing a broker compares when it is declared again: its alternate exchange.</summary>
    private const string Claim = "vkp.destination";

    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly ConcurrentBag<ConfirmedChannel> idle = [];
    private IConnection? connection;
    private (ConfirmedChannel Channel, BasicGetResult Found)? kept;

    public TimeProvider Time => time;

    public QueueDepth Depth { get; } = new();

    public async Task OpenAsync(CancellationToken ct)
    {
        if (connection is { IsOpen: true }) return;
        await opening.WaitAsync(ct);
        try
        {
            if (connection is { IsOpen: true }) return;
            await CloseAsync();
            await outbound.CheckAsync(place.Address.DnsSafeHost, place.Tenant, ct);
            var opened = await Factory().CreateConnectionAsync(QueuePlace.HubQueue, ct);
            try
            {
                await DeclareAsync(opened, ct);
            }
            catch
            {
                await opened.DisposeAsync();
                throw;
            }

            connection = opened;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>A channel for one caller at a time.</summary>
    public async Task<ConfirmedChannel> RentAsync(CancellationToken ct)
    {
        while (idle.TryTake(out var channel))
        {
            if (channel.Channel.IsOpen) return channel;
            await channel.DisposeAsync();
        }

        return await ConfirmedChannel.OpenAsync(connection!, ct);
    }

    /// <summary>Only after it did what it was asked: one that failed is left to its connection.</summary>
    public void Return(ConfirmedChannel channel) => idle.Add(channel);

    /// <summary>
    /// Keeps an answer that cannot be written now, unacknowledged, until the next look. Given back each time, it would be dropped: a quorum queue counts how often a
    /// message comes back, and from RabbitMQ 4 on twenty times are enough, ten seconds without a database.
    /// </summary>
    public void Keep(ConfirmedChannel channel, BasicGetResult found) => kept = (channel, found);

    /// <summary>What was kept, for whoever looks next. Null when there is nothing, or its channel is lost and it is in its queue again.</summary>
    public (ConfirmedChannel Channel, BasicGetResult Found)? TakeKept()
    {
        var was = kept is { Channel.Channel.IsOpen: true } ? kept : null;
        kept = null;
        return was;
    }

    /// <summary>How many messages wait in a queue that is there already.</summary>
    public async Task<long> CountAsync(string queue, CancellationToken ct)
    {
        var channel = await RentAsync(ct);
        var found = await channel.Channel.QueueDeclarePassiveAsync(queue, ct);
        Return(channel);
        return found.MessageCount;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        opening.Dispose();
    }

    private ConnectionFactory Factory() => new()
    {
        Uri = new Uri($"{place.Address.Scheme}://{place.Address.Authority}"),
        VirtualHost = place.Path,
        UserName = place.Settings[QueueKind.UserSetting],
        Password = place.Settings.GetValueOrDefault(QueueKind.PasswordSetting, ""),
        // Opened again here when it is needed: what was under way is repeated by the delivery engine, under its own ids.
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        ContinuationTimeout = Limits.DeliveryTimeout,
        RequestedHeartbeat = TimeSpan.FromSeconds(30),
        ClientProvidedName = QueuePlace.HubQueue,
    };

    private async Task DeclareAsync(IConnection opened, CancellationToken ct)
    {
        await using var channel = await opened.CreateChannelAsync(cancellationToken: ct);
        try
        {
            await channel.ExchangeDeclareAsync(Claim, ExchangeType.Fanout, durable: true, autoDelete: false, new Dictionary<string, object?> { ["alternate-exchange"] = place.Owner }, cancellationToken: ct);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            throw new ForeignPlaceException(refused);
        }

        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.ExchangeDeclareAsync(RabbitMqTransport.ExchangeOf(typeof(DocumentReady)), ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: ct);
        await channel.ExchangeDeclareAsync(QueuePlace.HubQueue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: ct);
        await channel.QueueDeclareAsync(QueuePlace.HubQueue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: ct);
        await channel.QueueBindAsync(QueuePlace.HubQueue, QueuePlace.HubQueue, "", cancellationToken: ct);
        await channel.QueueDeclareAsync(QueuePlace.ErrorQueue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: ct);
    }

    private async Task CloseAsync()
    {
        idle.Clear();
        kept = null;
        if (connection is { } old) await old.DisposeAsync();
        connection = null;
    }
}
