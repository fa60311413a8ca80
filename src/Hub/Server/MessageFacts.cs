using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.DeadLetters;

namespace Vkp.Hub;

/// <summary>The facts that follow a message. Their bodies are empty: all they say is plain, and none of it personal.</summary>
public static class MessageFacts
{
    public static NewEvent Settled(EventMetadata message, string reason, Guid? inDocumentOf) =>
        Fact(MessageEvents.Settled, message, "", new EventMetadata { SettleReason = reason, InDocumentOf = inDocumentOf });

    /// <param name="call">How long the call took that the destination answered so; null when it said so by itself.</param>
    public static NewEvent Journaled(EventMetadata message, string destination, int attempt, DateTimeOffset forwardedAt, TimeSpan? call, int openDeliveries) =>
        Fact(MessageEvents.Journaled, message, destination, new EventMetadata
        {
            Destination = destination, Attempt = attempt, ForwardedAt = forwardedAt, CallMs = (int?)call?.TotalMilliseconds, OpenDeliveries = openDeliveries > 0 ? openDeliveries : null,
        });

    public static NewEvent Forwarded(EventMetadata message, string destination, int attempt, DateTimeOffset forwardedAt) =>
        Fact(MessageEvents.Forwarded, message, destination, new EventMetadata { Destination = destination, Attempt = attempt, ForwardedAt = forwardedAt });

    public static NewEvent Rejected(EventMetadata message, string code, string author) =>
        Fact(MessageEvents.Rejected, message, "", new EventMetadata { Code = code, Author = author });

    public static NewEvent Read(EventMetadata message, string destination, DateTimeOffset readAt) =>
        Fact(MessageEvents.Read, message, destination, new EventMetadata { Destination = destination, ForwardedAt = readAt });

    /// <summary>Fetched once more: no news to its sender, and an access to the patient's data all the same.</summary>
    public static NewEvent ReadAgain(EventMetadata message, string destination, DateTimeOffset readAt) =>
        Fact(MessageEvents.BodyOpened, message, $"{destination}/{readAt:O}", new EventMetadata { Destination = destination, Author = destination, Purpose = "fetched again" });

    public static NewEvent Refused(EventMetadata message, string destination, int attempt, string code) =>
        Fact(MessageEvents.Refused, message, destination, new EventMetadata { Destination = destination, Attempt = attempt, Code = code });

    /// <param name="author">Who did it here; null when the sender did.</param>
    public static NewEvent Corrected(EventMetadata message, Guid correctedBy, string? author = null, string? reason = null) =>
        Fact(MessageEvents.Corrected, message, correctedBy.ToString("N"), new EventMetadata { CorrectedBy = correctedBy, Author = author, Purpose = reason });

    /// <param name="act">How often people have acted on the delivery before.</param>
    /// <param name="refusedElsewhere">Why another destination refused it that still waits for a person; null when none does.</param>
    /// <param name="replayId">The replay that did it; null when a person did it by hand.</param>
    public static NewEvent Resent(EventMetadata message, string destination, int act, string author, string? refusedElsewhere, Guid? replayId = null) =>
        Fact(MessageEvents.Resent, message, $"{destination}/{act}", new EventMetadata { Destination = destination, Author = author, Code = refusedElsewhere, ReplayId = replayId });

    /// <param name="reason">In the person's own words, for the log.</param>
    public static NewEvent Withdrawn(EventMetadata message, string destination, int act, string author, string reason, Elsewhere elsewhere) =>
        Fact(MessageEvents.Withdrawn, message, $"{destination}/{act}", new EventMetadata
        {
            Destination = destination, Author = author, Purpose = reason, OpenDeliveries = elsewhere.Open, JournaledDeliveries = elsewhere.Journaled, Code = elsewhere.RefusedCode,
        });

    /// <param name="code">The refusal's code, when it waits as refused again, or still does elsewhere; null when it goes on.</param>
    public static NewEvent Restored(EventMetadata message, string destination, int act, string author, string? code, Guid? replayId = null) =>
        Fact(MessageEvents.Restored, message, $"{destination}/{act}", new EventMetadata { Destination = destination, Author = author, Code = code, ReplayId = replayId });

    /// <summary>In the journal by a person's word: she looked, where the EPJ could not be asked.</summary>
    public static NewEvent Confirmed(EventMetadata message, string destination, int attempt, int act, string author, int openDeliveries) =>
        Fact(MessageEvents.Journaled, message, $"{destination}/{act}", new EventMetadata { Destination = destination, Attempt = attempt, Author = author, OpenDeliveries = openDeliveries });

    /// <param name="distinction">What else the fact's id is made from: the destination, or what the fact names.</param>
    private static NewEvent Fact(string type, EventMetadata message, string distinction, EventMetadata fact)
    {
        var id = DeterministicId.From("fact", message.MessageId!.Value.ToString("N"), type, distinction);
        var metadata = fact with { MessageId = message.MessageId, Source = message.Source, Kind = message.Kind };
        return new NewEvent(id, type, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
    }
}
