using Vkp.EventStore;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Trace;

/// <summary>What the events of a message say, as steps and as the decision about it. Pure.</summary>
public static class TraceSteps
{
    public static TraceStep Of(MessageRow row, RecordedEvent recorded)
    {
        var m = EventMetadata.Parse(recorded.Metadata);
        return new TraceStep(recorded.RecordedAt, Math.Round((recorded.RecordedAt - row.RegisteredAt).TotalMilliseconds, 1), recorded.Type, Detail(recorded.Type, m), recorded.Position)
        {
            Destination = m.Destination,
            Code = m.Code ?? m.SettleReason,
            Author = m.Author,
            Purpose = m.Purpose,
            Other = m.InDocumentOf ?? m.CorrectedBy ?? m.Corrects,
        };
    }

    /// <summary>What was decided about a message: from where it is and where it was to go.</summary>
    public static TraceRouting Routing(MessageRow row, IReadOnlyList<TraceDelivery> deliveries)
    {
        var decision = row switch
        {
            { State: MessageStates.Held } => "held",
            { State: MessageStates.Rejected } => "rejected",
            _ when deliveries.Count > 0 => "document",
            { InDocumentOf: not null } => "folded",
            { State: MessageStates.Settled } => "settled",
            _ => "waits",
        };
        return new TraceRouting(decision, row.Reason, row.InDocumentOf, [.. deliveries.Select(d => d.Destination)]);
    }

    /// <summary>A delivery with the tries that had ended by then; where it was is what the last of them came to.</summary>
    public static TraceDelivery AsOf(TraceDelivery delivery, DateTimeOffset? then)
    {
        if (then is null) return delivery;
        IReadOnlyList<TraceAttempt> ended = [.. delivery.Attempts.Where(a => a.StartedAt.AddMilliseconds(a.Ms) <= then)];
        return delivery with { Attempts = ended, State = ended.Count == delivery.Attempts.Count && ended.Count > 0 ? delivery.State : ended.Count == 0 ? "available" : ended[^1].Outcome };
    }

    private static string? Detail(string type, EventMetadata m) => type switch
    {
        MessageEvents.Accepted => m.SettleReason is null ? $"translated by {m.Adapter} {m.Translator}, lane {m.Lane}" : $"nothing to journal: {m.SettleReason}",
        MessageEvents.Held => m.Code,
        MessageEvents.Rejected => $"{m.Code}, by {m.Author}",
        MessageEvents.Journaled => $"by '{m.Destination}', called at {m.ForwardedAt:O}, attempt {m.Attempt}",
        MessageEvents.Read => $"fetched by '{m.Destination}'",
        MessageEvents.Forwarded => $"to '{m.Destination}', attempt {m.Attempt}",
        MessageEvents.Settled => m.InDocumentOf is { } document ? $"{m.SettleReason}, in the document of {document}" : m.SettleReason,
        MessageEvents.Corrected => $"by message {m.CorrectedBy}",
        MessageEvents.Refused => $"by '{m.Destination}': {m.Code}",
        MessageEvents.BodyOpened => $"by {m.Author}, purpose: {m.Purpose}",
        _ => m.Author is null ? null : $"by {m.Author}",
    };
}
