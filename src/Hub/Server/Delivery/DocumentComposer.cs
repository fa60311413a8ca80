using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Delivery;

/// <summary>What goes to the EPJ, and the messages it is about.</summary>
/// <param name="Covered">The message itself first, then those folded into its document.</param>
public sealed record ComposedDocument(OutboundMessage Message, IReadOnlyList<(RecordedEvent Event, EventMetadata Metadata)> Covered);

/// <summary>Reads the messages of a delivery from the log and makes the one document they become. The same delivery makes the same document every time.</summary>
public sealed class DocumentComposer(EventLog store, Vault vault)
{
    public async Task<ComposedDocument> ComposeAsync(DeliveryRow row, CancellationToken ct)
    {
        var covered = new List<(RecordedEvent, EventMetadata)>(row.Covers.Count);
        var bodies = new List<MessageBody>(row.Covers.Count);
        foreach (var position in row.Covers)
        {
            var recorded = await ReadAsync(row.Tenant, position, ct);
            covered.Add((recorded, EventMetadata.Parse(recorded.Metadata)));
            bodies.Add(MessageBody.FromBytes(await vault.OpenAsync(recorded, ct)));
        }

        var (first, metadata) = covered[0];
        var resources = bodies.Count == 1 ? bodies[0].Resources : CaseDocument.Gather(bodies[0].Resources, [.. bodies.Skip(1).Select(b => b.Resources)]);
        var message = new OutboundMessage(
            row.MessageId, row.BundleId, row.Tenant.ToString("D9"), metadata.Source!, metadata.Kind!, metadata.OccurredAt!.Value, first.RecordedAt,
            row.Lane, first.RecordedAt - metadata.OccurredAt.Value > Limits.LateAfter, resources) { ServiceCode = metadata.Service };
        return new ComposedDocument(message, covered);
    }

    private async Task<RecordedEvent> ReadAsync(int tenant, long position, CancellationToken ct)
    {
        var read = await store.ReadLogAsync(tenant, position - 1, 1, ct);
        return read.Count == 1 && read[0].Position == position
            ? read[0]
            : throw new InvalidOperationException($"The log of tenant {tenant} has no position {position}, which a delivery names.");
    }
}
