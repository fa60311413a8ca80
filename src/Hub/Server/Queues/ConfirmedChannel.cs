using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Vkp.Hub.Queues;

/// <summary>What the broker said to a message.</summary>
internal enum Confirmation
{
    /// <summary>It is in every queue it was meant for.</summary>
    Taken,

    /// <summary>It was meant for no queue.</summary>
    Unroutable,

    /// <summary>A queue did not take it.</summary>
    Rejected,
}

/// <summary>
/// A channel on which one message at a time is published and its confirmation awaited. The client library can do that by itself, but adds a header of its own to every
/// message, a number, where receivers expect strings.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private static readonly CreateChannelOptions WithConfirms = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    private TaskCompletionSource<Confirmation> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isReturned;

    private ConfirmedChannel(IChannel channel)
    {
        Channel = channel;
        channel.BasicReturnAsync += (_, _) => Heard(() => isReturned = true);
        channel.BasicAcksAsync += (_, _) => Heard(() => answer.TrySetResult(isReturned ? Confirmation.Unroutable : Confirmation.Taken));
        channel.BasicNacksAsync += (_, _) => Heard(() => answer.TrySetResult(Confirmation.Rejected));
        channel.ChannelShutdownAsync += (_, reason) => Heard(() => answer.TrySetException(new AlreadyClosedException(reason)));
    }

    public IChannel Channel { get; }

    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, CancellationToken ct) => new(await connection.CreateChannelAsync(WithConfirms, ct));

    /// <summary>Returns when the broker has answered; throws when the channel is lost before.</summary>
    public async Task<Confirmation> PublishAsync(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        (answer, isReturned) = (new(TaskCreationOptions.RunContinuationsAsynchronously), false);
        await Channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, ct);
        return await answer.Task.WaitAsync(ct);
    }

    public ValueTask DisposeAsync() => Channel.DisposeAsync();

    private static Task Heard(Action note)
    {
        note();
        return Task.CompletedTask;
    }
}
