using System.Globalization;
using Npgsql;
using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.Adapters.Notes;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Routing;

/// <summary>
/// Writes each patient's note of the day when it is due. The note is a message of the hub's own: an event on the patient's stream, routed like any other.
/// It is appended in the transaction that takes its items away: once, whatever dies and however many nodes there are.
/// </summary>
public sealed class DailySummaries(NpgsqlDataSource database, EventLog store, Vault vault, TimeProvider time)
{
    /// <summary>The hub itself as a source. No vendor system can be it: a vkp-id has two underscores.</summary>
    public const string Source = "hub:summary";

    private const int NotesPerTransactionMax = 50;

    private static readonly AdapterInfo Self = new(EventMetadata.OwnAdapter, MajorVersion: 1, MinorVersion: 0);

    /// <summary>Writes what is due in every municipality.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            while (await WriteDueAsync(tenant, ct) == NotesPerTransactionMax) ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<int> WriteDueAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var notes = (await TakeAsync(transaction, tenant, ct)).GroupBy(item => (item.DueAt, item.Stream)).ToList();
        if (notes.Count == 0) return 0;

        var requests = new List<AppendRequest>(notes.Count);
        foreach (var items in notes) requests.Add(await WriteAsync(tenant, items.Key.DueAt, items.Key.Stream, [.. items], ct));
        await store.AppendAsync(transaction, requests, ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
        return notes.Count;
    }

    private async Task<IReadOnlyList<SummaryItem>> TakeAsync(NpgsqlTransaction transaction, int tenant, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Routing.take-summary-items.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = NotesPerTransactionMax });
        var items = new List<SummaryItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            items.Add(new SummaryItem(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<long[]>(3),
                [.. reader.GetFieldValue<long[]>(4).Zip(reader.GetFieldValue<string[]>(5), (position, reason) => new SettledPart(position, reason))]));
        }

        return items;
    }

    private async Task<AppendRequest> WriteAsync(int tenant, DateTimeOffset dueAt, string stream, IReadOnlyList<SummaryItem> items, CancellationToken ct)
    {
        var messages = new List<DayMessage>(items.Count);
        SourceIdentifier? patient = null;
        foreach (var item in items.OrderBy(item => item.Position))
        {
            var (main, body) = await ReadAsync(tenant, item.Position, ct);
            patient ??= body.Patient;
            messages.Add(new DayMessage(EventMetadata.Parse(main.Metadata).OccurredAt!.Value, await GatherAsync(tenant, body.Resources, item, ct)));
        }

        // A message that was being routed at the very moment, or by a node whose clock is behind, comes due when the note is written. It gets one of its own, under
        // another id: under the same one every journal system would take it for a repeat, and say that it has it. A message is in one note only, so its place tells them apart.
        var first = items.Min(item => item.Position);
        var id = DeterministicId.From("daily-summary", tenant.ToString("D9"), stream, dueAt.ToUniversalTime().ToString("O"), first.ToString(CultureInfo.InvariantCulture));
        var day = NorwegianTime.Day(dueAt - Limits.SummaryGrace).AddDays(-1);
        var note = DaySummary.Compose(DeterministicId.From("daily-summary-note", id.ToString("N")), patient!, day, dueAt, messages);
        var metadata = new EventMetadata
        {
            MessageId = id,
            Source = Source,
            Adapter = Self.Name,
            Translator = Self.Version,
            Kind = "summary.daily",
            Lane = Lane.Routine,
            OccurredAt = messages.Max(message => message.OccurredAt),
            SpeaksFor = [.. items.SelectMany(item => item.Settles)],
        };
        var told = new MessageBody(ReadOnlyMemory<byte>.Empty, id.ToString("D"), metadata.Kind, patient, Device: null, [], [note]);
        var name = StreamName.Parse(stream);
        var sealedBody = await vault.SealAsync(tenant, name, id, told.ToBytes(), ct);
        return new AppendRequest(tenant, name, [new NewEvent(id, MessageEvents.Accepted, metadata.ToJson(), sealedBody)]);
    }

    private async Task<IReadOnlyList<Resource>> GatherAsync(int tenant, IReadOnlyList<Resource> main, SummaryItem item, CancellationToken ct)
    {
        if (item.Content.Count == 1) return main;
        var others = new List<IReadOnlyList<Resource>>();
        foreach (var position in item.Content.Skip(1)) others.Add((await ReadAsync(tenant, position, ct)).Body.Resources);
        return CaseDocument.Gather(main, others);
    }

    private async Task<(RecordedEvent Event, MessageBody Body)> ReadAsync(int tenant, long position, CancellationToken ct)
    {
        var recorded = await store.ReadPositionAsync(tenant, position, ct);
        return (recorded, MessageBody.FromBytes(await vault.OpenAsync(recorded, ct)));
    }
}
