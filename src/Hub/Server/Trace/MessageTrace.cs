using System.Text;
using Vkp.Adapters.Notes;
using Vkp.EventStore;
using Vkp.EventStore.Retention;
using Vkp.Fhir.Json;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Trace;

/// <summary>Tells where messages have been. Opening a body needs a purpose, and is itself a fact on the message's stream.</summary>
public sealed class MessageTrace(TraceSearch search, TraceDeliveries deliveries, MessageHistory history, MessageOpening opening, Vault vault, TimeProvider time)
{
    /// <summary>One message, by the hub's id or by the vendor's own id of the event.</summary>
    public async Task<TraceAnswer?> FindAsync(string id, IReadOnlyList<int> tenants, string author, string? purpose, CancellationToken ct) =>
        (await FindAsync(new TraceQuestion(Id: id, Purpose: purpose), tenants, author, ct)).Messages is [var first, ..] ? first : null;

    /// <summary>Everything the question leads to, as it happened.</summary>
    /// <param name="tenants">The municipalities to look in.</param>
    public async Task<TraceStory> FindAsync(TraceQuestion question, IReadOnlyList<int> tenants, string author, CancellationToken ct)
    {
        var max = Math.Clamp(question.Max ?? Limits.TraceMessagesDefault, 1, Limits.TraceMessagesMax);
        var found = (await search.FindAsync(question, tenants, max + 1, ct))
            .Where(row => row.OccurredAt >= (question.From ?? DateTimeOffset.MinValue) && row.OccurredAt < (question.To ?? DateTimeOffset.MaxValue))
            .OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Position).Take(max + 1).ToList();
        var told = new List<TraceAnswer>();
        foreach (var municipality in found.Take(max).Reverse().GroupBy(row => row.Tenant))
            told.AddRange(await TellAsync(municipality.Key, [.. municipality], author, question, ct));
        return new TraceStory(time.GetUtcNow(), told, found.Count > max);
    }

    private async Task<IReadOnlyList<TraceAnswer>> TellAsync(int tenant, IReadOnlyList<MessageRow> found, string author, TraceQuestion question, CancellationToken ct)
    {
        var (facts, rows) = (await history.ReadAsync(tenant, found, ct), found);
        if (question.AsOf is { } then)
        {
            facts = facts.SelectMany(known => known.Where(e => e.RecordedAt <= then).Select(e => (known.Key, Event: e))).ToLookup(e => e.Key, e => e.Event);
            rows = [.. found.Select(row => facts[row.MessageId].Aggregate((MessageRow?)null, (known, e) => MessageRow.After(known, e, EventMetadata.Parse(e.Metadata)))).OfType<MessageRow>()];
        }

        if (rows.Count == 0) return [];
        var sent = await deliveries.ReadAsync(tenant, [.. rows.Select(row => row.MessageId)], facts, ct);
        var folded = await deliveries.ReadFoldedAsync(tenant, [.. rows.Select(row => row.MessageId)], ct);
        var bodies = string.IsNullOrWhiteSpace(question.Purpose) ? [] : await OpenAsync(tenant, rows, facts, author, question.Purpose, ct);
        return [.. rows.Select(row => Tell(
            row, [.. facts[row.MessageId]], bodies.GetValueOrDefault(row.MessageId), [.. sent[row.MessageId].Select(d => TraceSteps.AsOf(d, question.AsOf))], [.. folded[row.MessageId]]))];
    }

    private static TraceAnswer Tell(MessageRow row, IReadOnlyList<RecordedEvent> events, MessageBody? body, IReadOnlyList<TraceDelivery> deliveries, IReadOnlyList<Guid> folded)
    {
        var steps = events.Select(e => TraceSteps.Of(row, e)).ToList();
        var begins = Begins(events);
        var metadata = EventMetadata.Parse(begins.Metadata);
        return new TraceAnswer(
            row.MessageId, row.Tenant.ToString("D9"), row.State, row.Reason, row.Source, row.Adapter, metadata.Translator, row.Kind, row.Lane, row.OccurredAt, row.InDocumentOf,
            body is not null,
            body is null or { Resources.Count: 0 } ? "" : Masking.Mask(NoteRenderer.Render(body.Resources)),
            body is null ? "" : Masking.Mask(Encoding.UTF8.GetString(body.Raw.Span)),
            body is null ? [] : [.. body.Resources.Select(r => Masking.MaskJson(FhirJson.Serialize(r)))],
            metadata.Issues ?? [],
            TraceSteps.Routing(row, deliveries),
            steps, deliveries, folded,
            [.. steps.Where(s => s.What == MessageEvents.BodyOpened).Select(s => new TraceLook(s.At, s.Author!, s.Purpose))])
        {
            Deleted = begins.Receipt is { } receipt ? new TraceDeletion(RetentionBook.PlannedOn(receipt), receipt) : null,
        };
    }

    /// <summary>The event that carries the body: the first, or the release of what was held.</summary>
    private static RecordedEvent Begins(IEnumerable<RecordedEvent> events) => events.Last(e => e.Type is MessageEvents.Accepted or MessageEvents.Held or MessageEvents.Released);

    /// <summary>By message, what can be read still. The fact that somebody looks is stored before anything is shown.</summary>
    private async Task<Dictionary<Guid, MessageBody>> OpenAsync(
        int tenant, IReadOnlyList<MessageRow> rows, ILookup<Guid, RecordedEvent> facts, string author, string purpose, CancellationToken ct)
    {
        var recorded = await history.ReadWithBodiesAsync(tenant, [.. rows.Select(row => Begins(facts[row.MessageId]).Position)], ct);
        var opened = recorded.Count == 0 ? [] : await vault.OpenAsync(recorded, ct);
        var bodies = new Dictionary<Guid, MessageBody>();
        for (var i = 0; i < opened.Length; i++)
        {
            if (opened[i] is { } body) bodies[EventMetadata.Parse(recorded[i].Metadata).MessageId!.Value] = MessageBody.FromBytes(body);
        }

        await opening.NoteAsync([.. rows.Where(row => bodies.ContainsKey(row.MessageId))], author, purpose, ct);
        return bodies;
    }
}
