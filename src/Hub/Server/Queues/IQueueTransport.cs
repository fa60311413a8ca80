using Vkp.Adapters;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>An answer as it was found in the hub's queue.</summary>
/// <param name="Types">Its message types as the sender named them, or null.</param>
public sealed record QueuedAnswer(string? Types, ReadOnlyMemory<byte> Body);

/// <summary>What is to become of an answer.</summary>
public abstract record AnswerVerdict
{
    private AnswerVerdict()
    {
    }

    /// <summary>What it says is written.</summary>
    public sealed record Done : AnswerVerdict;

    /// <summary>The hub cannot write it now: it stays where it is.</summary>
    public sealed record Later : AnswerVerdict;

    /// <summary>It says nothing the hub can do anything with: it goes to the error queue, with the code.</summary>
    public sealed record Unusable(VkpError Error) : AnswerVerdict;
}

public delegate Task<AnswerVerdict> AnswerHandler(QueuedAnswer answer, CancellationToken ct);

/// <summary>One kind of queue. What goes wrong on the way is a value; an exception is a fault of the hub.</summary>
public interface IQueueTransport : IAsyncDisposable
{
    /// <summary>
    /// Publishes to every endpoint that has subscribed, and returns when the transport has it for certain. <see cref="DeliveryOutcome.RetryLater"/> when it certainly
    /// has it not, <see cref="DeliveryOutcome.Unknown"/> when nobody knows; a repeat under the same id is then safe.
    /// </summary>
    Task<DeliveryOutcome> PublishAsync(QueuePlace place, DocumentReady ready, CancellationToken ct);

    /// <summary>
    /// Takes what waits in the hub's queue of this place, at most <see cref="Limits.AnswersPerLookMax"/>, each out of the queue only after it is handled. One that
    /// cannot be handled goes to the error queue with the code.
    /// </summary>
    Task<QueueLook> TakeAnswersAsync(QueuePlace place, AnswerHandler handle, CancellationToken ct);
}

/// <param name="Taken">How many answers were taken.</param>
/// <param name="Problem">Why the place could not be looked at, or null.</param>
public sealed record QueueLook(int Taken, VkpError? Problem);
