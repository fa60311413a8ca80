using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Json;

/// <summary>The outcome of reading a message.</summary>
/// <param name="Resource">What was read; null when nothing could be. In strict mode also present beside errors, so that validation can say the rest.</param>
/// <param name="Issues">Everything found, in document order.</param>
public sealed record FhirParseResult(Resource? Resource, IReadOnlyList<FhirIssue> Issues)
{
    /// <summary>True when a resource was read and nothing is wrong with it (repairs are not wrong).</summary>
    public bool IsReadable => Resource is not null && !Issues.Any(static x => x.Severity >= FhirSeverity.Error);

    public IEnumerable<FhirIssue> Repairs => Issues.Where(static x => x.Kind == FhirIssueKind.Repair);
}

/// <summary>FHIR JSON (http://hl7.org/fhir/R4/json.html), in and out.</summary>
public static class FhirJson
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions s_indented = s_compact with { Indented = true };

    /// <summary>Says everything that breaks the specification, with its place. Never throws on any input.</summary>
    public static FhirParseResult ParseStrict(ReadOnlyMemory<byte> utf8, FhirLimits? limits = null) => NodeReader.Parse(utf8.Span, lenient: false, limits ?? FhirLimits.Default);

    /// <summary>
    /// Takes what real senders send. Each repair is reported and touches form only, never meaning: a wrong code stays as it is.
    /// What cannot be repaired is an error and is kept as it came. Never throws on any input.
    /// </summary>
    public static FhirParseResult ParseLenient(ReadOnlyMemory<byte> utf8, FhirLimits? limits = null) => NodeReader.Parse(utf8.Span, lenient: true, limits ?? FhirLimits.Default);

    /// <summary>UTF-8 without BOM; elements in the order they were read, or of the definition when built in code; empty elements are left out.</summary>
    public static byte[] Serialize(Resource resource, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Serialize(resource, buffer, indented);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Serialize(Resource resource, IBufferWriter<byte> output, bool indented = false)
    {
        using var writer = new Utf8JsonWriter(output, indented ? s_indented : s_compact);
        NodeWriter.Write(writer, resource);
    }

    /// <summary>As a value of JSON that is being written. What is escaped, and how, is the writer's choice.</summary>
    public static void Serialize(Resource resource, Utf8JsonWriter output) => NodeWriter.Write(output, resource);
}
