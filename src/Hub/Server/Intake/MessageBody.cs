using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vkp.Adapters;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Intake;

/// <summary>
/// What is sealed of a message: the vendor's exact text, what it says about itself, and the FHIR made of it.
/// Written by hand because the vendor's text and the resources pass through as bytes, without a copy as objects.
/// </summary>
public sealed record MessageBody(
    ReadOnlyMemory<byte> Raw,
    string SourceMessageId,
    string EventKind,
    SourceIdentifier? Patient,
    SourceIdentifier? Device,
    IReadOnlyList<string> CaseIds,
    IReadOnlyList<Resource> Resources)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>((Raw.Length * 3) + 1024);
        WriteTo(buffer);
        return buffer.WrittenMemory;
    }

    /// <summary>The same bytes, after what the buffer holds already.</summary>
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("raw"u8, Raw.Span);
        json.WriteString("sourceMessageId"u8, SourceMessageId);
        json.WriteString("eventKind"u8, EventKind);
        WriteIdentifier(json, "patient"u8, Patient);
        WriteIdentifier(json, "device"u8, Device);
        json.WriteStartArray("caseIds"u8);
        foreach (var id in CaseIds) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartArray("fhir"u8);
        foreach (var resource in Resources) FhirJson.Serialize(resource, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static MessageBody FromBytes(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        return new MessageBody(
            RawOf(root),
            root.GetProperty("sourceMessageId"u8).GetString()!,
            root.GetProperty("eventKind"u8).GetString()!,
            ReadIdentifier(root, "patient"u8),
            ReadIdentifier(root, "device"u8),
            [.. root.GetProperty("caseIds"u8).EnumerateArray().Select(id => id.GetString()!)],
            [.. root.GetProperty("fhir"u8).EnumerateArray().Select(ReadResource)]);
    }

    /// <summary>The vendor's exact text, of a body that is parsed.</summary>
    public static ReadOnlyMemory<byte> RawOf(JsonElement body)
    {
        var quoted = JsonMarshal.GetRawUtf8Value(body.GetProperty("raw"u8));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var bytes = new byte[quoted.Length];
        return bytes.AsMemory(0, reader.CopyString(bytes));
    }

    private static Resource ReadResource(JsonElement element)
    {
        var parsed = FhirJson.ParseLenient(System.Text.Encoding.UTF8.GetBytes(element.GetRawText()));
        return parsed.Resource ?? throw new InvalidOperationException("A stored resource cannot be read: the FHIR reader no longer takes what it once wrote.");
    }

    private static void WriteIdentifier(Utf8JsonWriter json, ReadOnlySpan<byte> name, SourceIdentifier? identifier)
    {
        if (identifier is null) return;
        json.WriteStartObject(name);
        json.WriteString("system"u8, identifier.System);
        json.WriteString("value"u8, identifier.Value);
        json.WriteEndObject();
    }

    private static SourceIdentifier? ReadIdentifier(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var identifier)
            ? new SourceIdentifier(identifier.GetProperty("system"u8).GetString()!, identifier.GetProperty("value"u8).GetString()!)
            : null;
}
