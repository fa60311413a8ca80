using System.Text;
using System.Text.Json;
using Npgsql;
using Vkp.Adapters;
using Vkp.Adapters.Notes;
using Vkp.EventStore;
using Vkp.Fhir.Json;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Trace;

/// <summary>One message's whole story, from the vendor's payload to the EPJ's receipt.</summary>
/// <param name="Note">What a health worker reads of it, bokmål; empty when there is nothing to journal.</param>
/// <param name="Payload">The vendor's text; identity numbers masked.</param>
/// <param name="Fhir">The resources made of it; identity numbers masked.</param>
public sealed record TraceAnswer(
    Guid MessageId, string Municipality, string State, string? Reason, string Source, string Adapter, string? Translator, string Kind, string? Lane,
    DateTimeOffset OccurredAt, Guid? InDocumentOf, string Note, string Payload, IReadOnlyList<JsonElement> Fhir, IReadOnlyList<VkpError> Issues,
    IReadOnlyList<TraceStep> Steps, IReadOnlyList<TraceDelivery> Deliveries, IReadOnlyList<Guid> Folded);

/// <summary>A fact, with the milliseconds since the message was registered.</summary>
public sealed record TraceStep(DateTimeOffset At, double Ms, string What, string? Detail, long Position);

public sealed record TraceDelivery(string Destination, string State, Guid BundleId, IReadOnlyList<TraceAttempt> Attempts);

public sealed record TraceAttempt(int Attempt, DateTimeOffset StartedAt, double Ms, string Outcome, string? Code, string? Message);

/// <summary>Tells where a message has been. Opening its body is itself a fact on its stream.</summary>
public sealed class MessageTrace(
    NpgsqlDataSource database, EventLog store, Vault vault, MunicipalityRegistry registry, MessageReader messages, IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    /// <summary>Finds by the hub's message id, or by the vendor's own id of the event.</summary>
    public async Task<TraceAnswer?> FindAsync(string id, string author, string purpose, CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            foreach (var messageId in await CandidatesAsync(tenant, id, ct))
            {
                if (await messages.FindAsync(tenant, messageId, ct) is { } row) return await TellAsync(row, author, purpose, ct);
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<Guid>> CandidatesAsync(int tenant, string id, CancellationToken ct)
    {
        var candidates = new List<Guid>();
        if (Guid.TryParse(id, out var messageId)) candidates.Add(messageId);

        // The vendor's id is stored as a keyed hash only; the message's id is derived from it for each system it can have come from.
        var municipality = await registry.CurrentAsync(tenant, ct);
        var keys = await vault.TenantAsync(tenant, ct);
        candidates.AddRange(municipality.Clients.Values
            .Where(client => vendors.ContainsKey(client.Vendor))
            .Select(client => MessageIds.Of(municipality.OrgNo, keys.Dedup(client.VkpId, id, []), vendors[client.Vendor].Info)));
        return candidates;
    }

    private async Task<TraceAnswer> TellAsync(MessageRow row, string author, string purpose, CancellationToken ct)
    {
        var stream = StreamName.Parse(row.Stream);
        var events = await new MessageHistory(store).ReadAsync(row, ct);
        var first = events.Last(e => e.Type is MessageEvents.Accepted or MessageEvents.Held or MessageEvents.Released);
        var body = MessageBody.FromBytes(await vault.OpenAsync(first, ct));
        await NoteOpeningAsync(row, stream, author, purpose, ct);

        var metadata = EventMetadata.Parse(first.Metadata);
        var deliveries = await ReadDeliveriesAsync(row, ct);
        return new TraceAnswer(
            row.MessageId, row.Tenant.ToString("D9"), row.State, row.Reason, row.Source, row.Adapter, metadata.Translator, row.Kind, row.Lane, row.OccurredAt, row.InDocumentOf,
            body.Resources.Count == 0 ? "" : Masking.Mask(NoteRenderer.Render(body.Resources)),
            Masking.Mask(Encoding.UTF8.GetString(body.Raw.Span)),
            [.. body.Resources.Select(r => Masking.MaskJson(FhirJson.Serialize(r)))],
            metadata.Issues ?? [],
            [.. events.Select(e => Step(row, e))],
            deliveries,
            await ReadFoldedAsync(row, ct));
    }

    private static TraceStep Step(MessageRow row, RecordedEvent recorded)
    {
        var m = EventMetadata.Parse(recorded.Metadata);
        var detail = recorded.Type switch
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
        return new TraceStep(recorded.RecordedAt, Math.Round((recorded.RecordedAt - row.RegisteredAt).TotalMilliseconds, 1), recorded.Type, detail, recorded.Position);
    }

    private async Task NoteOpeningAsync(MessageRow row, StreamName stream, string author, string purpose, CancellationToken ct)
    {
        var metadata = new EventMetadata { MessageId = row.MessageId, Author = author, Purpose = purpose };
        var opened = new NewEvent(Guid.CreateVersion7(), MessageEvents.BodyOpened, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
        await store.AppendAsync(new AppendRequest(row.Tenant, stream, [opened]), ct);
    }

    private async Task<IReadOnlyList<TraceDelivery>> ReadDeliveriesAsync(MessageRow row, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [row.Tenant], ct);
        await using var command = Sql.Command(transaction, "Trace.read-attempts.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        command.Parameters.Add(new() { Value = row.MessageId });
        var deliveries = new Dictionary<string, TraceDelivery>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var name = reader.GetString(0);
            if (!deliveries.TryGetValue(name, out var delivery)) deliveries[name] = delivery = new TraceDelivery(name, reader.GetString(1), reader.GetGuid(2), new List<TraceAttempt>());
            if (reader.IsDBNull(3)) continue;
            var started = reader.GetFieldValue<DateTimeOffset>(4);
            ((List<TraceAttempt>)delivery.Attempts).Add(new TraceAttempt(
                reader.GetInt32(3), started, Math.Round((reader.GetFieldValue<DateTimeOffset>(5) - started).TotalMilliseconds, 1), reader.GetString(6),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8)));
        }

        return [.. deliveries.Values];
    }

    private async Task<IReadOnlyList<Guid>> ReadFoldedAsync(MessageRow row, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [row.Tenant], ct);
        await using var command = Sql.Command(transaction, "Trace.read-folded.sql");
        command.Parameters.Add(new() { Value = row.Tenant });
        command.Parameters.Add(new() { Value = row.MessageId });
        var folded = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) folded.Add(reader.GetGuid(0));
        return folded;
    }
}
