using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Delivery;

/// <summary>One try: compose, call the EPJ outside any transaction, and say what is to be written because of the answer.</summary>
public sealed class DeliveryAttempt(
    DocumentComposer composer,
    MunicipalityRegistry registry,
    IReadOnlyDictionary<string, IEpjAdapter> adapters,
    EpjChannel channel,
    Func<string, string?> environment,
    TimeProvider time)
{
    /// <summary>Null when the hub is stopping: the delivery stays as it is.</summary>
    public async Task<Settlement?> MakeAsync(DeliveryRow row, long epoch, CancellationToken ct)
    {
        var document = await composer.ComposeAsync(row, CancellationToken.None);
        var municipality = await registry.CurrentAsync(row.Tenant, CancellationToken.None);
        var startedAt = time.GetUtcNow();
        DeliveryOutcome outcome;
        var receiver = ReceiverClass.Deduplicates;
        if (municipality.Destinations.TryGetValue(row.Destination, out var destination) && adapters.TryGetValue(destination.Adapter, out var adapter))
        {
            receiver = adapter.ReceiverClass;
            // A base address with and without its last slash mean the same place.
            var address = new Uri(destination.Address.TrimEnd('/') + "/");
            var message = document.Message with { Settings = DestinationSettings.Resolve(destination.Settings, environment) };
            try
            {
                outcome = await adapter.DeliverAsync(message, (request, cancel) => channel.SendAsync(address, request, cancel), ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return null;
            }
        }
        else
        {
            outcome = new DeliveryOutcome.RetryLater(Errors.DestinationGone(row.Destination), null);
        }

        return Conclude(row, epoch, document, outcome, receiver, startedAt, time.GetUtcNow());
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
                    Fact(message, MessageFacts.Journaled(own, row.Destination, attempt, startedAt, open)),
                    // A folded message is settled when the document that holds it is in the journal, not before, and by the last destination.
                    .. open > 0 ? [] : document.Settles.Select(s => Fact(s.Event, MessageFacts.Settled(s.Metadata, s.Reason, row.MessageId))),
                ]);
            case DeliveryOutcome.AwaitingReceipt:
                return Settle("accepted", "awaiting-receipt", null, finishedAt, _ => [Fact(message, MessageFacts.Forwarded(own, row.Destination, attempt, startedAt))]);
            case DeliveryOutcome.Refused refused:
                return Settle("refused", "refused", refused.Error, finishedAt, _ => [Fact(message, MessageFacts.Refused(own, row.Destination, attempt, refused.Error.Code))]);
            case DeliveryOutcome.RetryLater later:
                return Settle("retryable", "retry-later", later.Error, finishedAt + RetrySchedule.Next(row.Lane, attempt, later.RetryAfter), _ => []);
            case DeliveryOutcome.Unknown unknown when receiver != ReceiverClass.Deduplicates:
                // Repeating is not safe: the key waits for a person.
                return Settle("unknown", "unknown", unknown.Error, DateTimeOffset.MaxValue, _ => []);
            case DeliveryOutcome.Unknown unknown:
                return Settle("unknown", "unknown", unknown.Error, finishedAt + RetrySchedule.Next(row.Lane, attempt, null), _ => []);
            default:
                throw new InvalidOperationException($"An adapter answered {outcome.GetType().Name}, which Delivery has no rule for.");
        }
    }
}
