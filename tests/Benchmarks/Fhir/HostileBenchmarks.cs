using System.Text;
using BenchmarkDotNet.Attributes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;

namespace Vkp.Benchmarks.Fhir;

/// <summary>One megabyte meant to hurt; aim: refused, or read and checked, in under 100 ms.</summary>
public class HostileBenchmarks
{
    private byte[] _bytes = [];

    [Params("deep", "resource types last", "items", "empty items", "good items", "long number", "long text", "narrative", "unknown names")]
    public string Input { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _bytes = Encoding.UTF8.GetBytes(Input switch
    {
        "deep" => "{\"resourceType\":\"Questionnaire\"," + string.Concat(Enumerable.Repeat("\"item\":[{", 100_000)),
        "resource types last" => string.Concat(Enumerable.Repeat("{\"entry\":[{\"resource\":", 45_000)),
        "items" => "{\"resourceType\":\"Patient\",\"name\":[" + string.Join(',', Enumerable.Repeat("0", 500_000)) + "]}",
        "empty items" => "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[" + string.Join(',', Enumerable.Repeat("\"\"", 330_000)) + "]}]}",
        "good items" => "{\"resourceType\":\"Patient\",\"name\":[" + string.Join(',', Enumerable.Repeat("{\"family\":\"a\"}", 60_000)) + "]}",
        "long number" => "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + new string('9', 1_000_000) + "}}",
        "long text" => "{\"resourceType\":\"Patient\",\"id\":\"" + new string('a', 1_000_000) + "\"}",
        "narrative" => "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">" + string.Concat(Enumerable.Repeat("<b>a</b>", 120_000)) + "</div>\"}}",
        _ => "{\"resourceType\":\"Patient\"," + string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"x{i}\":0")) + "}",
    });

    [Benchmark]
    public int ReadAndCheck()
    {
        var result = FhirJson.ParseLenient(_bytes);
        return result.Resource is null ? result.Issues.Count : FhirValidator.Validate(result.Resource).Count;
    }
}
