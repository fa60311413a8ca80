using Vkp.EventStore;
using Vkp.Hub.Export;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Trace;

namespace Vkp.Hub.AccessLog;

/// <summary>Whose access log, and why somebody asks.</summary>
/// <param name="Patient">In the body of the request only.</param>
public sealed record AccessQuestion(string OrgNo, TracePatient? Patient = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Purpose = null);

/// <param name="Stream">The patient's name in the log: it says nothing to anybody else.</param>
public sealed record AccessList(string OrgNo, string Stream, DateTimeOffset MadeAt, IReadOnlyList<AccessEntry> Entries);

/// <summary>
/// Who has had what of one patient's. Nothing is stored for it but the facts that stand in the log anyway, hash-chained and sealed as all others; so what is
/// missing here has not happened, or the chain would not verify. Asking for the list is itself a line of it.
/// </summary>
public sealed class AccessReader(EventLog store, Vault vault, MessageHistory history, TimeProvider time)
{
    public const string ListReadType = "AccessListRead";

    private const int PageEvents = 1000;

    /// <summary>Null when the municipality knows no such patient.</summary>
    /// <param name="question">Checked.</param>
    public async Task<AccessList?> ReadAsync(int tenant, AccessQuestion question, string author, CancellationToken ct)
    {
        var (system, value) = TraceSearch.Identifier(question.Patient!);
        if (await vault.FindPatientStreamAsync(tenant, system, value, ct) is not { } stream) return null;

        var looked = new EventMetadata { Author = author, Purpose = question.Purpose }.ToJson();
        await store.AppendAsync(new AppendRequest(tenant, stream, [new NewEvent(Guid.CreateVersion7(), ListReadType, looked, ReadOnlyMemory<byte>.Empty)]), ct);

        var own = await history.ReadAsync(tenant, stream, ct);
        var facts = new List<RecordedEvent>(own);
        // While a message was held it stood on a stream of its own.
        foreach (var held in own.Where(e => e.Type == MessageEvents.Released).Select(e => HeldMessages.StreamOf(EventMetadata.Parse(e.Metadata).MessageId!.Value)).Distinct())
            facts.AddRange(await history.ReadAsync(tenant, held, ct));
        facts.AddRange(await ExportsAsync(tenant, own, ct));

        var (from, to) = (question.From ?? DateTimeOffset.MinValue, question.To ?? DateTimeOffset.MaxValue);
        var entries = facts.Where(e => e.RecordedAt >= from && e.RecordedAt < to).OrderBy(e => e.Position).Select(AccessEntry.Of).OfType<AccessEntry>();
        return new AccessList(question.OrgNo, stream.ToString(), time.GetUtcNow(), [.. entries]);
    }

    /// <summary>Pages of exports that one of the patient's messages was in. What was exported before pages said so, may have been any.</summary>
    private async Task<IReadOnlyList<RecordedEvent>> ExportsAsync(int tenant, IReadOnlyList<RecordedEvent> own, CancellationToken ct)
    {
        var messages = own.Where(e => e.Type is MessageEvents.Accepted or MessageEvents.Released).Select(e => e.Position).ToList();
        var (exports, position) = (new List<RecordedEvent>(), 0L);
        while (await store.ReadLogAsync(tenant, position, PageEvents, new LogFilter(Types: [BulkExport.EventType]), ct) is { Count: > 0 } page)
        {
            foreach (var export in page)
            {
                var m = EventMetadata.Parse(export.Metadata);
                if (messages.Any(place => place < export.Position && place > (m.AfterPosition ?? 0) && place <= (m.UpToPosition ?? long.MaxValue))) exports.Add(export);
            }

            position = page[^1].Position;
        }

        return exports;
    }
}
