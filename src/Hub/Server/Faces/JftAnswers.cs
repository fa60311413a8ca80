using System.Text.Json.Serialization;
using Vkp.EventStore;
using Vkp.Fhir.Codes;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>Where a message is, as JFT tells it: the four times always stand there, null when not reached. What follows them is the hub's own.</summary>
/// <param name="Read">When the journal system got it: fetched it, or was called with it.</param>
/// <param name="Failed">When it was refused; then <paramref name="Reason"/> says why.</param>
/// <param name="State">The step it stands at.</param>
/// <param name="Reason">Why it is held, failed, or settled without a journal entry of its own.</param>
/// <param name="InDocumentOf">The message whose journal document holds this one.</param>
public sealed record JftStatus(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Registered,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Read,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Journaled,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? Failed,
    DateTimeOffset? Settled,
    string State,
    JftReason? Reason,
    Guid? InDocumentOf,
    Guid? Corrects,
    Guid? CorrectedBy)
{
    public static JftStatus Of(MessageRow row) => new(
        row.RegisteredAt, row.ReadAt ?? row.ForwardedAt, row.JournaledAt, row.FailedAt, row.SettledAt, row.State, JftReason.Of(row.Reason), row.InDocumentOf, row.Corrects, row.CorrectedBy);
}

/// <summary>A code, and whose it is: the hub's error codes, or its reasons for settling.</summary>
public sealed record JftReason(string System, string Code)
{
    public static JftReason? Of(string? reason) =>
        reason is null ? null : new(reason.StartsWith("VKP-", StringComparison.Ordinal) ? Systems.HubError : Systems.SettleReason, reason);
}

/// <summary>Everything that happened to a message, oldest first.</summary>
public sealed record JftTimeline(Guid MessageId, string State, IReadOnlyList<JftStep> Steps);

/// <summary>One step.</summary>
/// <param name="What">The state it led to, or `corrected`.</param>
/// <param name="Destination">The municipality's name for the journal system it is about.</param>
/// <param name="Message">The message that corrects this one, or holds it in its document.</param>
public sealed record JftStep(DateTimeOffset At, string What, string? Destination, int? Attempt, JftReason? Reason, Guid? Message)
{
    /// <summary>Null for what is not the sender's: who opened the message is the municipality's to know.</summary>
    public static JftStep? Of(RecordedEvent recorded)
    {
        var m = EventMetadata.Parse(recorded.Metadata);
        return StepOf(recorded.Type) is { } what
            ? new JftStep(recorded.RecordedAt, what, m.Destination, m.Attempt, JftReason.Of(ReasonOf(recorded.Type, m)), m.CorrectedBy ?? m.InDocumentOf)
            : null;
    }

    private static string? StepOf(string type) => type switch
    {
        MessageEvents.Accepted or MessageEvents.Released => MessageStates.Registered,
        MessageEvents.Held => MessageStates.Held,
        MessageEvents.Forwarded => MessageStates.Forwarded,
        MessageEvents.Read => MessageStates.Read,
        MessageEvents.Journaled => MessageStates.Journaled,
        MessageEvents.Settled => MessageStates.Settled,
        MessageEvents.Refused or MessageEvents.Rejected => MessageStates.Failed,
        MessageEvents.Corrected => "corrected",
        MessageEvents.Resent => "resent",
        MessageEvents.Withdrawn => "withdrawn",
        MessageEvents.Restored => "restored",
        _ => null,
    };

    private static string? ReasonOf(string type, EventMetadata m) => type == MessageEvents.Settled ? m.SettleReason : m.Code;
}
