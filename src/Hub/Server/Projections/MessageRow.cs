using Vkp.EventStore;

namespace Vkp.Hub.Projections;

/// <summary>The states a sender sees. Permanent names.</summary>
public static class MessageStates
{
    public const string Held = "held";
    public const string Registered = "registered";
    public const string Forwarded = "forwarded";
    public const string Read = "read";
    public const string Journaled = "journaled";
    public const string Settled = "settled";
    public const string Failed = "failed";

    /// <summary>Given back to the vendor: it was held and its cause was not put right in time, or a person said so.</summary>
    public const string Rejected = "rejected";
}

/// <summary>Where one message is now: a fold over its events.</summary>
/// <param name="Reason">Why it is held, settled or failed: a code or a settle reason.</param>
/// <param name="InDocumentOf">The message whose journal document holds this one.</param>
public sealed record MessageRow(
    int Tenant,
    Guid MessageId,
    long Position,
    string Stream,
    string Source,
    string Adapter,
    string Kind,
    string? Lane,
    string State,
    string? Reason,
    DateTimeOffset OccurredAt,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? ForwardedAt,
    DateTimeOffset? JournaledAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? FailedAt,
    Guid? InDocumentOf)
{
    /// <summary>When a journal system fetched it.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>How many places lenient reading put right.</summary>
    public int Repairs { get; init; }

    /// <summary>The earlier message of its sender that this one replaces.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>The latest message that replaces this one.</summary>
    public Guid? CorrectedBy { get; init; }

    /// <summary>Where in the log the facts about it stand, in order, `1023,1029`; null where that is not known.</summary>
    public string? Facts { get; init; }

    /// <summary>The reason a message is settled with when a person says that it must not be journaled.</summary>
    public const string SettledByPerson = "withdrawn";

    /// <summary>Whether an event of this type is a message's first: no event before it is about that message.</summary>
    public static bool Begins(string type) => type is MessageEvents.Accepted or MessageEvents.Held;

    /// <summary>The row after one more event; pure. An event that says nothing about a message's place leaves it as it is.</summary>
    public static MessageRow? After(MessageRow? row, RecordedEvent recorded, EventMetadata metadata) => recorded.Type switch
    {
        MessageEvents.Accepted => First(recorded, metadata, MessageStates.Registered) with { Repairs = metadata.Issues?.Count ?? 0, Corrects = metadata.Corrects },
        MessageEvents.Held => First(recorded, metadata, MessageStates.Held) with { Reason = metadata.Code, Corrects = metadata.Corrects },
        MessageEvents.Released => Known(row, recorded) with
        {
            State = MessageStates.Registered, Reason = null, Position = recorded.Position, Stream = recorded.Stream.ToString(), Lane = metadata.Lane?.ToString(),
            Repairs = metadata.Issues?.Count ?? 0,
        },
        MessageEvents.Forwarded => Known(row, recorded) with { State = MessageStates.Forwarded, ForwardedAt = metadata.ForwardedAt },
        MessageEvents.Read => AfterRead(Known(row, recorded), metadata),
        MessageEvents.Journaled => AfterJournaled(Known(row, recorded), recorded, metadata),
        MessageEvents.Settled => Known(row, recorded) with
        {
            State = MessageStates.Settled, SettledAt = recorded.RecordedAt, Reason = metadata.SettleReason, InDocumentOf = metadata.InDocumentOf,
        },
        MessageEvents.Corrected => Known(row, recorded) with { CorrectedBy = metadata.CorrectedBy },
        MessageEvents.Rejected => Known(row, recorded) with { State = MessageStates.Rejected, FailedAt = recorded.RecordedAt, Reason = metadata.Code },
        MessageEvents.Refused => Known(row, recorded) with { State = MessageStates.Failed, FailedAt = recorded.RecordedAt, Reason = metadata.Code },
        // Still refused by another destination, which waits for a person: that stays in sight.
        MessageEvents.Resent when metadata.Code is { } refusedElsewhere && row is not { State: MessageStates.Journaled } => Known(row, recorded) with { State = MessageStates.Failed, Reason = refusedElsewhere },
        // What a journal system has said it has stays journaled while it is told again.
        MessageEvents.Resent => Known(row, recorded) is { State: MessageStates.Journaled } there ? there : Known(row, recorded) with { State = MessageStates.Registered, Reason = null, FailedAt = null },
        MessageEvents.Withdrawn => AfterWithdrawn(Known(row, recorded), recorded, metadata),
        MessageEvents.Restored when metadata is { Code: null, ReplayId: not null } => row,
        MessageEvents.Restored => metadata.Code is { } code
            ? Known(row, recorded) with { State = MessageStates.Failed, Reason = code, FailedAt = recorded.RecordedAt, SettledAt = null }
            : Known(row, recorded) with { State = MessageStates.Registered, Reason = null, SettledAt = null, FailedAt = null },
        _ => row,
    };

    /// <summary>The row with the place of one more fact; of a message whose earlier ones are not known, they stay unknown.</summary>
    /// <param name="before">The row before that fact.</param>
    public MessageRow Noting(MessageRow? before, long position) => this with { Facts = before is null ? $"{position}" : before.Facts is { } facts ? $"{facts},{position}" : null };

    private static MessageRow First(RecordedEvent recorded, EventMetadata metadata, string state) => new(
        recorded.Tenant, metadata.MessageId!.Value, recorded.Position, recorded.Stream.ToString(), metadata.Source!, metadata.Adapter!, metadata.Kind!,
        metadata.Lane?.ToString(), state, null, metadata.OccurredAt!.Value, recorded.RecordedAt, null, null, null, null, null);

    /// <summary>What is at its end stays there: a journal system that reads everything again changes nothing.</summary>
    private static MessageRow AfterRead(MessageRow row, EventMetadata metadata)
    {
        var read = row with { ReadAt = row.ReadAt ?? metadata.ForwardedAt };
        return row.State is MessageStates.Registered or MessageStates.Forwarded ? read with { State = MessageStates.Read } : read;
    }

    /// <summary>One destination has it; the message is journaled when the last one has. A refusal elsewhere stays in sight.</summary>
    private static MessageRow AfterJournaled(MessageRow row, RecordedEvent recorded, EventMetadata metadata)
    {
        var forwarded = row with { ForwardedAt = row.ForwardedAt ?? metadata.ForwardedAt };
        if (row.State == MessageStates.Failed) return forwarded;
        return metadata.OpenDeliveries > 0 && row.State != MessageStates.Journaled
            ? forwarded with { State = MessageStates.Forwarded }
            : forwarded with { State = MessageStates.Journaled, JournaledAt = row.JournaledAt ?? recorded.RecordedAt };
    }

    /// <summary>Not to be journaled here: where another destination has it, it is journaled; where one is still to get it, it goes on; where one refused it, it still has failed.</summary>
    private static MessageRow AfterWithdrawn(MessageRow row, RecordedEvent recorded, EventMetadata metadata) => metadata switch
    {
        _ when row.State == MessageStates.Journaled => row,
        { Code: { } refusedElsewhere } => row with { State = MessageStates.Failed, Reason = refusedElsewhere, FailedAt = row.FailedAt ?? recorded.RecordedAt },
        { OpenDeliveries: > 0 } => row with { State = MessageStates.Registered, Reason = null, FailedAt = null },
        { JournaledDeliveries: > 0 } => row with { State = MessageStates.Journaled, Reason = null, FailedAt = null, JournaledAt = recorded.RecordedAt },
        _ => row with { State = MessageStates.Settled, Reason = SettledByPerson, SettledAt = recorded.RecordedAt, FailedAt = null },
    };

    private static MessageRow Known(MessageRow? row, RecordedEvent recorded) =>
        row ?? throw new InvalidOperationException($"Event {recorded.Type} at position {recorded.Position} is about a message that no event before it registered.");
}
