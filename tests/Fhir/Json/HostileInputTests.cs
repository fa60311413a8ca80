using System.Diagnostics;
using System.Text;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Json;

/// <summary>One megabyte meant to hurt: refused, or read and checked, well under a second even on a busy machine (the benchmark holds it to 100 ms).</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string, string> Inputs => new()
    {
        { "deep objects", "{\"resourceType\":\"Patient\",\"x\":" + string.Concat(Enumerable.Repeat("{\"a\":", 160_000)) },
        { "deep arrays", "{\"resourceType\":\"Patient\",\"name\":" + new string('[', 900_000) },
        { "deep known elements", "{\"resourceType\":\"Questionnaire\"," + string.Concat(Enumerable.Repeat("\"item\":[{", 100_000)) },
        { "deep resources", string.Concat(Enumerable.Repeat("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":", 20_000)) },
        { "resource types last", string.Concat(Enumerable.Repeat("{\"entry\":[{\"resource\":", 40_000)) },
        { "many items", "{\"resourceType\":\"Patient\",\"name\":[" + string.Join(',', Enumerable.Repeat("0", 500_000)) + "]}" },
        { "many empty items", "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[" + string.Join(',', Enumerable.Repeat("\"\"", 330_000)) + "]}]}" },
        { "many good items", "{\"resourceType\":\"Patient\",\"name\":[" + string.Join(',', Enumerable.Repeat("{\"family\":\"a\"}", 60_000)) + "]}" },
        { "long number", "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + new string('9', 10_000) + "}}" },
        { "long unknown number", "{\"resourceType\":\"Observation\",\"x\":" + new string('9', 900_000) + "}" },
        { "long text", "{\"resourceType\":\"Patient\",\"id\":\"" + new string('a', 900_000) + "\"}" },
        { "long escaped text", "{\"resourceType\":\"Patient\",\"id\":\"" + string.Concat(Enumerable.Repeat("\\u0041", 150_000)) + "\"}" },
        { "long narrative", "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"" + string.Concat(Enumerable.Repeat("<div>", 150_000)) + "\"}}" },
        { "entities", "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<!DOCTYPE x [<!ENTITY a \\\"b\\\">]><div>" + string.Concat(Enumerable.Repeat("&a;", 200_000)) + "</div>\"}}" },
        { "many unknown names", "{\"resourceType\":\"Patient\"," + string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"x{i}\":0")) + "}" },
        { "blanks", new string(' ', 1_000_000) },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Hostile_input_ends_soon(string name, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Read(bytes);
        var clock = Stopwatch.StartNew();
        Read(bytes);

        // What is read in linear time takes milliseconds; what grows with the square, minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{name} took {clock.Elapsed}.");
    }

    private static void Read(byte[] bytes)
    {
        foreach (var result in new[] { FhirJson.ParseStrict(bytes), FhirJson.ParseLenient(bytes) })
        {
            Assert.InRange(result.Issues.Count, 0, 201);
            if (result.Resource is not null) Assert.InRange(FhirValidator.Validate(result.Resource).Count, 0, 500);
        }
    }
}
