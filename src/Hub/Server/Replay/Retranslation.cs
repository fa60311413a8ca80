using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;

namespace Vkp.Hub.Replay;

/// <summary>What today's translator makes of a message, beside what was made of it then.</summary>
/// <param name="Then">`translated`, `nothing REASON` or `held CODE`.</param>
/// <param name="Now">The same, or `rejected CODES`.</param>
/// <param name="Changes">What differs, each as a place and a kind of change, sorted; without any value.</param>
/// <param name="OldFhir">The JSON array of resources that is stored.</param>
/// <param name="NewFhir">The one made now; empty when nothing was.</param>
public sealed record Retranslated(string Then, string Now, IReadOnlyList<string> Changes, ReadOnlyMemory<byte> OldFhir, ReadOnlyMemory<byte> NewFhir);

/// <summary>
/// Translates a stored message again, exactly as it came and with the clock value it was translated with then. Pure: the same event and the same
/// translators give the same answer on any machine, at any time.
/// </summary>
public static class Retranslation
{
    /// <param name="body">The opened body.</param>
    /// <param name="device">When set, only messages of such a device fit; null is answered for the others.</param>
    public static Retranslated? Of(RecordedEvent recorded, EventMetadata metadata, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, IVendorAdapter> vendors, string? device = null)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (device is not null && !(root.TryGetProperty("device"u8, out var named) && named.GetProperty("value"u8).ValueEquals(device))) return null;

        var stored = root.GetProperty("fhir"u8);
        var oldFhir = PartOf(body, JsonMarshal.GetRawUtf8Value(stored));
        var then = stored.GetArrayLength() > 0 ? "translated" : recorded.Type == MessageEvents.Held ? $"held {metadata.Code}" : $"nothing {metadata.SettleReason}";
        if (!vendors.TryGetValue(metadata.Adapter!, out var adapter)) return new Retranslated(then, "no translator", [Outcome(then, "no translator")], oldFhir, default);

        var (translation, fault) = Translate(adapter, MessageBody.RawOf(root), recorded, metadata);
        if (translation is not Translation.Translated message)
        {
            var now = fault ?? Describe(translation!);
            return new Retranslated(then, now, now == then ? [] : [Outcome(then, now)], oldFhir, default);
        }

        var newFhir = Write(Finish(message, metadata, root));
        IReadOnlyList<string> changes = then == "translated" ? Compare(metadata, message, stored, oldFhir, newFhir) : [Outcome(then, "translated")];
        return new Retranslated(then, "translated", changes, oldFhir, newFhir);
    }

    /// <summary>The resources of a stored or newly made JSON array; none of an empty one.</summary>
    public static IReadOnlyList<Resource> Read(ReadOnlyMemory<byte> array)
    {
        if (array.IsEmpty) return [];
        using var document = JsonDocument.Parse(array);
        return [.. document.RootElement.EnumerateArray().Select(e => FhirJson.ParseLenient(Encoding.UTF8.GetBytes(e.GetRawText())).Resource).OfType<Resource>()];
    }

    private static (Translation? Translation, string? Fault) Translate(IVendorAdapter adapter, ReadOnlyMemory<byte> raw, RecordedEvent recorded, EventMetadata metadata)
    {
        var payload = new VendorPayload(raw, metadata.ReceivedAt ?? recorded.RecordedAt);
        try
        {
            var translation = adapter.Translate(payload);
            // What a person has released although it is doubtful, she has said is right.
            return (translation is Translation.Held && recorded.Type == MessageEvents.Released ? adapter.Translate(payload with { DoubtsConfirmed = true }) : translation, null);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // A translator that fails on an old message is what a replay is to find; it must not stop the hub that runs it.
            return (null, $"fault {broken.GetType().Name}");
        }
    }

    /// <summary>The same bytes, held by the body they stand in: a document is parsed in place.</summary>
    private static ReadOnlyMemory<byte> PartOf(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> part) =>
        body.Span.Overlaps(part, out var at) ? body.Slice(at, part.Length) : part.ToArray();

    /// <summary>What Intake did to the resources after they were translated.</summary>
    private static IReadOnlyList<Resource> Finish(Translation.Translated message, EventMetadata metadata, JsonElement body)
    {
        var resources = metadata.Corrects is { } corrected ? Corrections.Mark(message.Resources, corrected) : message.Resources;
        return message.Envelope.Patient is null && body.TryGetProperty("patient"u8, out var patient)
            ? PatientBinding.Bind(resources, new SourceIdentifier(patient.GetProperty("system"u8).GetString()!, patient.GetProperty("value"u8).GetString()!))
            : resources;
    }

    private static ReadOnlyMemory<byte> Write(IReadOnlyList<Resource> resources)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        buffer.Write("["u8);
        for (var i = 0; i < resources.Count; i++)
        {
            if (i > 0) buffer.Write(","u8);
            FhirJson.Serialize(resources[i], buffer);
        }

        buffer.Write("]"u8);
        return buffer.WrittenMemory;
    }

    private static string[] Compare(EventMetadata metadata, Translation.Translated message, JsonElement stored, ReadOnlyMemory<byte> oldFhir, ReadOnlyMemory<byte> newFhir)
    {
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        if (metadata.Service is not null && metadata.Service != message.ServiceCode) changes.Add($"service {metadata.Service} -> {message.ServiceCode}");
        if (metadata.CaseRole is { } role && role != message.CaseRole) changes.Add($"case role {role} -> {message.CaseRole}");
        if (metadata.CaseRole is not null && metadata.SettleReason != message.NoEntryReason) changes.Add($"settle reason {metadata.SettleReason ?? "none"} -> {message.NoEntryReason ?? "none"}");

        // Most messages are as they were, and then no JSON need be walked.
        if (oldFhir.Span.SequenceEqual(newFhir.Span)) return [.. changes];
        using var made = JsonDocument.Parse(newFhir);
        JsonDifference.Collect(stored, made.RootElement, changes);
        return [.. changes];
    }

    private static string Describe(Translation translation) => translation switch
    {
        Translation.NothingToJournal nothing => $"nothing {nothing.Reason}",
        Translation.Held held => $"held {held.Error.Code}",
        Translation.Rejected rejected => $"rejected {string.Join(' ', rejected.Errors.Select(e => e.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}",
        _ => throw new InvalidOperationException($"A translation of kind {translation.GetType().Name} has no place in a replay."),
    };

    private static string Outcome(string then, string now) => $"outcome {then} -> {now}";
}
