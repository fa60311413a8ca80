using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Benchmarks.Fhir;

/// <summary>
/// A VKP document bundle of about 6 kB, against System.Text.Json doing the same to the same bytes as a raw document.
/// Aims: parse and write within 3x of raw; validation against the profiles within 5x of the parse.
/// </summary>
public class FhirBenchmarks
{
    private readonly byte[] _bytes = DocumentBundle.Bytes();
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly Resource _resource = FhirJson.ParseStrict(DocumentBundle.Bytes()).Resource!;

    public FhirBenchmarks()
    {
        // The aim is about a message without faults: an error would measure something else.
        if (FhirValidator.Validate(_resource).FirstOrDefault(static x => x.Severity >= FhirSeverity.Error) is { } fault) throw new InvalidOperationException($"The bundle has a fault: {fault}");
    }

    [Benchmark(Baseline = true)]
    public int RawParseAndWrite()
    {
        _output.ResetWrittenCount();
        using var document = JsonDocument.Parse(_bytes);
        using var writer = new Utf8JsonWriter(_output);
        document.WriteTo(writer);
        writer.Flush();
        return _output.WrittenCount;
    }

    /// <summary>The road not taken: typed views over JsonObject would pay for this before the first property is read.</summary>
    [Benchmark]
    public int JsonNodeParseTouchAndWrite()
    {
        _output.ResetWrittenCount();
        var node = JsonNode.Parse(_bytes)!;
        Touch(node);
        using var writer = new Utf8JsonWriter(_output);
        node.WriteTo(writer);
        writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark]
    public int FhirParseAndWrite()
    {
        _output.ResetWrittenCount();
        FhirJson.Serialize(FhirJson.ParseStrict(_bytes).Resource!, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int RawParse()
    {
        using var document = JsonDocument.Parse(_bytes);
        return document.RootElement.GetPropertyCount();
    }

    [Benchmark]
    public Resource? FhirParse() => FhirJson.ParseStrict(_bytes).Resource;

    [Benchmark]
    public int FhirWrite()
    {
        _output.ResetWrittenCount();
        FhirJson.Serialize(_resource, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int FhirValidate() => FhirValidator.Validate(_resource).Count;

    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (_, child) in o) Touch(child);
                break;
            case JsonArray a:
                foreach (var child in a) Touch(child);
                break;
        }
    }
}
