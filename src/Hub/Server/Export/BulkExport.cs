using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Vkp.EventStore;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Export;

/// <summary>Some of a municipality's resources of one type.</summary>
/// <param name="Lines">NDJSON: one resource per line, as it was made, nothing masked.</param>
/// <param name="Position">Where to go on after.</param>
/// <param name="UpTo">Where the export ends; the log as it was when it began.</param>
/// <param name="Deleted">Messages of the page whose content was deleted under retention.</param>
public sealed record ExportPage(ReadOnlyMemory<byte> Lines, long Position, long UpTo, int Deleted)
{
    public bool IsLast => Position >= UpTo;
}

/// <summary>
/// A municipality's own data, FHIR resources by type, in pages in the order of the log. A page is the same whenever it is asked for, so whoever was
/// interrupted goes on after the last position she has. Each page leaves a fact that says who took it, and why, before it is handed out.
/// </summary>
public sealed class BulkExport(EventLog store, Vault vault)
{
    public const string EventType = "ResourcesExported";

    /// <param name="type">`MedicationDispense`.</param>
    /// <param name="upTo">As the first page said; null begins.</param>
    public async Task<ExportPage> ReadAsync(int tenant, string type, long afterPosition, long? upTo, string author, string purpose, CancellationToken ct)
    {
        var end = Math.Min(upTo ?? long.MaxValue, await store.HeadAsync(tenant, ct));
        var page = await store.ReadLogAsync(tenant, afterPosition, Limits.ExportPageEventsMax, ct);
        IReadOnlyList<RecordedEvent> messages = [.. page.Where(e => e.Position <= end && e.Type is (MessageEvents.Accepted or MessageEvents.Released))];
        var bodies = messages.Count == 0 ? [] : await vault.OpenAsync(messages, ct);
        var lines = new ArrayBufferWriter<byte>();
        foreach (var body in bodies.OfType<ReadOnlyMemory<byte>>()) Write(body, type, lines);

        var position = page.Count < Limits.ExportPageEventsMax ? end : Math.Min(page[^1].Position, end);
        var taken = new EventMetadata { Author = author, Purpose = purpose, Form = type, AfterPosition = afterPosition, UpToPosition = position };
        var fact = new NewEvent(Guid.CreateVersion7(), EventType, taken.ToJson(), ReadOnlyMemory<byte>.Empty);
        await store.AppendAsync(new AppendRequest(tenant, new StreamName("export", type.ToLowerInvariant()), [fact]), ct);
        return new ExportPage(lines.WrittenMemory, position, end, messages.Count(e => e.BodyRemoved));
    }

    private static void Write(ReadOnlyMemory<byte> body, string type, ArrayBufferWriter<byte> lines)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var resource in document.RootElement.GetProperty("fhir"u8).EnumerateArray())
        {
            if (!resource.GetProperty("resourceType"u8).ValueEquals(type)) continue;
            lines.Write(JsonMarshal.GetRawUtf8Value(resource));
            lines.Write("\n"u8);
        }
    }
}
