using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Support;

namespace Vkp.Fhir.Tests.Json;

/// <summary>Every instance in the official R4 package (http://hl7.org/fhir/R4/json.html).</summary>
public sealed class OfficialExamplesTests
{
    /// <summary>Examples that break the specification themselves, and how.</summary>
    private static readonly Dictionary<string, string> s_broken = new(StringComparer.Ordinal)
    {
        ["CodeSystem-v2-0550"] = "codes with leading or double blanks",
        ["Bundle-v2-valuesets"] = "contains CodeSystem v2-0550",
        ["SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject"] = "an id of more than 64 characters",
    };

    [Fact]
    public void Every_official_example_of_a_supported_type_reads_strictly_and_round_trips()
    {
        var faults = new List<string>();
        var read = 0;
        foreach (var (name, bytes) in Examples.All())
        {
            read++;
            var result = FhirJson.ParseStrict(bytes, FhirLimits.Files);
            var errors = result.Issues.Where(x => x.Severity >= FhirSeverity.Error).ToList();
            if (s_broken.ContainsKey(name) != errors.Count > 0) faults.Add($"{name}: {(errors.Count == 0 ? "listed as broken, but is not" : errors[0])}");
            if (result.Resource is null)
            {
                faults.Add($"{name}: not read");
                continue;
            }

            if (JsonMeaning.Difference(bytes, FhirJson.Serialize(result.Resource)) is { } difference) faults.Add($"{name}: {difference}");
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults in {read} examples:\n" + string.Join('\n', faults.Take(60)));
        Assert.InRange(read, 4500, int.MaxValue);
    }
}
