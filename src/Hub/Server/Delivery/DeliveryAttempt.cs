using Microsoft.Extensions.Logging;
using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.EventStore;
using Vkp.Hub.Canary;
using Vkp.Hub.Queues;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Delivery;

/// <summary>One try: compose, ask first where that is needed, call the EPJ outside any transaction, and say what is to be written because of the answer.</summary>
public sealed class DeliveryAttempt(
    DocumentComposer composer,
    DeliveryStore deliveries,
    MunicipalityRegistry registry,
    IReadOnlyDictionary<string, IEpjAdapter> adapters,
    EpjChannel channel,
    QueueSender queues,
    Func<string, string?> environment,
    TimeProvider time,
    ILogger<DeliveryAttempt> log)
{
    /// <summary>
    /// Null when the hub is stopping, or the lease ran out before the call: the delivery stays as it is. One that was begun is marked, and is not simply begun again.
    /// </summary>
    public async Task<Settlement?> MakeAsync(DeliveryRow row, Ownership under, CancellationToken ct)
    {
        var epoch = under.Epoch;
        var startedAt = time.GetUtcNow();
        if (await composer.TryComposeAsync(row, CancellationToken.None) is not { } document)
            return Conclude(row, epoch, await composer.WithoutContentAsync(row), new DeliveryOutcome.Refused(Errors.ContentDeleted(1)), ReceiverClass.Deduplicates, startedAt, time.GetUtcNow());

        var municipality = await registry.CurrentAsync(row.Tenant, CancellationToken.None);
        if (row.Destination == Canaries.Sink) return Conclude(row, epoch, document, new DeliveryOutcome.Journaled(null), ReceiverClass.Deduplicates, startedAt, time.GetUtcNow());

        var adapter = municipality.Destinations.TryGetValue(row.Destination, out var destination) ? adapters.GetValueOrDefault(destination.Adapter) : null;
        if (destination is null || (adapter is null && !destination.IsQueued))
        {
            var gone = new DeliveryOutcome.RetryLater(Errors.DestinationGone(row.Destination), null);
            return Conclude(row, epoch, document, gone, ReceiverClass.Deduplicates, startedAt, time.GetUtcNow());
        }

        var message = document.Message with
        {
            Settings = DestinationSettings.Resolve(destination.Settings, environment),
            // What a person sends again is documentation of something past, however fresh it was the first time.
            IsLate = document.Message.IsLate || row.Resends > 0,
        };
        if (adapter is null)
        {
            // A receiver of messages deduplicates by their ids: that is the transports' own contract.
            var published = await queues.SendAsync(row, municipality, destination, document, message, ct);
            return published is null ? null : Conclude(row, epoch, document, published, ReceiverClass.Deduplicates, startedAt, time.GetUtcNow());
        }

        var call = new EpjCall(row, under, adapter, channel.To(row.Tenant, destination, environment), deliveries, time);
        var outcome = await OutcomeAsync(call, message, ct);
        if (call.IsLapsed) return null;
        // What it said it had, it refuses as a double: that is the same word again.
        if (row.WasJournaled && outcome is DeliveryOutcome.Refused { IsDouble: true }) outcome = new DeliveryOutcome.Journaled(Receipt: null);
        if (outcome is DeliveryOutcome.Refused refused && await call.MayFollowAnotherAsync()) return TooEarly(row, epoch, refused, startedAt, time.GetUtcNow());
        return outcome is null ? null : Conclude(row, epoch, document, outcome, adapter.ReceiverClass, startedAt, time.GetUtcNow());
    }

    /// <summary>It said no while an earlier call may still be carried out. Nobody knows yet what stands in the journal: the same ids are sent once more when that must be over.</summary>
    private static Settlement TooEarly(DeliveryRow row, long epoch, DeliveryOutcome.Refused refused, DateTimeOffset startedAt, DateTimeOffset finishedAt) =>
        new(row, epoch, "unknown", startedAt, finishedAt, finishedAt + Limits.CallOutstanding, "refused-early", DeliveryErrors.RefusedEarly(refused.Error.Code), _ => []) { IsAnswered = true };

    private async Task<DeliveryOutcome?> OutcomeAsync(EpjCall call, OutboundMessage message, CancellationToken ct)
    {
        try
        {
            return await call.MakeAsync(message, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault) when (call.IsMarked)
        {
            // Before the mark a fault leaves the delivery as it is. After it the EPJ may have been called: trying again could double.
            log.LogError(fault, "VKP-515 The adapter '{Adapter}' failed while message {MessageId} was on its way.", call.AdapterName, message.MessageId);
            return new DeliveryOutcome.Unknown(DeliveryErrors.AdapterFault(fault.GetType().Name));
        }
    }

    private static Settlement Conclude(
        DeliveryRow row, long epoch, ComposedDocument document, DeliveryOutcome outcome, ReceiverClass receiver, DateTimeOffset startedAt, DateTimeOffset finishedAt)
    {
        var attempt = row.Attempts + 1;
        var (message, own) = document.Main;
        Settlement Settle(string state, string name, VkpError? error, DateTimeOffset dueAt, Func<int, IReadOnlyList<AppendRequest>> facts) =>
            new(row, epoch, state, startedAt, finishedAt, dueAt, name, error, facts);
        AppendRequest Fact(RecordedEvent about, NewEvent fact) => new(about.Tenant, about.Stream, [fact]);

        switch (outcome)
        {
            case DeliveryOutcome.Journaled:
                return Settle("journaled", "journaled", null, finishedAt, open =>
                [
                    Fact(message, MessageFacts.Journaled(own, row.Destination, attempt, startedAt, finishedAt - startedAt, open)),
                    // A folded message is settled when the document that holds it is in the journal, not before, and by the last destination.
                    .. open > 0 || row.WasJournaled ? [] : document.Settles.Select(s => Fact(s.Event, MessageFacts.Settled(s.Metadata, s.Reason, row.MessageId))),
                ]) with { LeavesPlace = receiver == ReceiverClass.Deduplicates };
            case DeliveryOutcome.AwaitingReceipt:
                return Settle("accepted", "awaiting-receipt", null, finishedAt, _ => [Fact(message, MessageFacts.Forwarded(own, row.Destination, attempt, startedAt))]);
            case DeliveryOutcome.Refused refused:
                return Settle("refused", "refused", refused.Error, finishedAt, _ => [Fact(message, MessageFacts.Refused(own, row.Destination, attempt, refused.Error.Code))]);
            case DeliveryOutcome.RetryLater later:
                return Settle("retryable", "retry-later", later.Error, finishedAt + RetrySchedule.Next(row.Lane, attempt, later.RetryAfter), _ => []);
            case DeliveryOutcome.Unknown unknown:
                return Settle("unknown", "unknown", unknown.Error, DueAfterUnknown(row, attempt, unknown, receiver, finishedAt), _ => []);
            default:
                throw new InvalidOperationException($"An adapter answered {outcome.GetType().Name}, which Delivery has no rule for.");
        }
    }

    private static DateTimeOffset DueAfterUnknown(DeliveryRow row, int attempt, DeliveryOutcome.Unknown unknown, ReceiverClass receiver, DateTimeOffset now)
    {
        // Neither repeating nor asking is possible: the key waits for a person.
        if (receiver == ReceiverClass.Neither) return DateTimeOffset.MaxValue;

        var wait = RetrySchedule.Next(row.Lane, attempt, unknown.RetryAfter);
        return now + (receiver == ReceiverClass.CanBeAsked && wait < Limits.AskAfter ? Limits.AskAfter : wait);
    }
}
