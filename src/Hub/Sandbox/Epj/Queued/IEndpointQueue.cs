namespace Vkp.Sandbox;

/// <summary>
/// A journal system's queue in one kind of transport. Whatever goes wrong with the transport is a value: the next look connects, and subscribes, anew.
/// </summary>
internal interface IEndpointQueue : IAsyncDisposable
{
    /// <summary>What waits, oldest first, and stays where it is until it is taken. Makes the queue and subscribes before it looks for the first time.</summary>
    Task<QueueLook> LookAsync(CancellationToken ct);

    /// <summary>Sends the replies and takes the message out: both, or the message comes again.</summary>
    /// <returns>What went wrong, or null. The message then still waits.</returns>
    Task<string?> TakeAsync(QueuedMessage message, IReadOnlyList<QueuedReply> replies, CancellationToken ct);
}

/// <param name="HasMore">Whether more waits than one look shows, and nobody will tell.</param>
/// <param name="Problem">Why the queue could not be looked at, or null.</param>
internal sealed record QueueLook(IReadOnlyList<QueuedMessage> Messages, bool HasMore = false, string? Problem = null);
