using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Delivery;

/// <summary>What goes to the EPJ, and the messages it is about.</summary>
/// <param name="Main">The message whose document it is.</param>
/// <param name="Settles">The messages that are settled when it is in the journal, each with its reason.</param>
public sealed record ComposedDocument(
    OutboundMessage Message, (RecordedEvent Event, EventMetadata Metadata) Main, IReadOnlyList<(RecordedEvent Event, EventMetadata Metadata, string Reason)> Settles);

/// <summary>Reads the messages of a delivery from the log and makes the one document they become. The same delivery makes the same document every time.</summary>
public sealed class DocumentComposer(EventLog store, Vault vault)
{
    private readonly GatheredReads log = new(store);

    public async Task<ComposedDocument> ComposeAsync(DeliveryRow row, CancellationToken ct)
    {
        var first = await log.ReadAsync(row.Tenant, row.Covers[0]);
        var own = await OpenAsync(first, ct);
        var resources = row.Covers.Count == 1 && row.Context.Count == 0
            ? own
            : CaseDocument.Gather(own, await OpenAsync(row.Tenant, row.Covers.Skip(1), isNeeded: true, ct), await OpenAsync(row.Tenant, row.Context, isNeeded: false, ct));
        return await DescribeAsync(row, first, resources);
    }

    /// <summary>Null when the content is gone for good, shredded or deleted under retention: one document nobody can open any more must not stop all that come after it.</summary>
    public async Task<ComposedDocument?> TryComposeAsync(DeliveryRow row, CancellationToken ct)
    {
        try
        {
            return await ComposeAsync(row, ct);
        }
        catch (VaultException gone) when (gone.Error.Category == ErrorCategory.NotFound)
        {
            return null;
        }
    }

    /// <summary>The document without what it said: enough to tell what became of it when its content is gone.</summary>
    public async Task<ComposedDocument> WithoutContentAsync(DeliveryRow row) => await DescribeAsync(row, await log.ReadAsync(row.Tenant, row.Covers[0]), []);

    private async Task<ComposedDocument> DescribeAsync(DeliveryRow row, RecordedEvent first, IReadOnlyList<Resource> resources)
    {
        var metadata = EventMetadata.Parse(first.Metadata);
        var settles = new List<(RecordedEvent, EventMetadata, string)>(row.Settles.Count);
        foreach (var part in row.Settles)
        {
            var settled = await log.ReadAsync(row.Tenant, part.Position);
            settles.Add((settled, EventMetadata.Parse(settled.Metadata), part.Reason));
        }

        var message = new OutboundMessage(
            row.MessageId, row.BundleId, row.Tenant.ToString("D9"), metadata.Source!, metadata.Kind!, metadata.OccurredAt!.Value, first.RecordedAt,
            row.Lane, first.RecordedAt - metadata.OccurredAt.Value > Limits.LateAfter, resources) { ServiceCode = metadata.Service };
        return new ComposedDocument(message, (first, metadata), settles);
    }

    /// <param name="isNeeded">False for what is in the journal already: a correction goes out, though what it corrects was deleted under retention.</param>
    private async Task<IReadOnlyList<IReadOnlyList<Resource>>> OpenAsync(int tenant, IEnumerable<long> positions, bool isNeeded, CancellationToken ct)
    {
        var opened = new List<IReadOnlyList<Resource>>();
        foreach (var position in positions)
        {
            var recorded = await log.ReadAsync(tenant, position);
            if (isNeeded || !recorded.BodyRemoved) opened.Add(await OpenAsync(recorded, ct));
        }

        return opened;
    }

    private async Task<IReadOnlyList<Resource>> OpenAsync(RecordedEvent recorded, CancellationToken ct) => MessageBody.FromBytes(await vault.OpenAsync(recorded, ct)).Resources;
}
