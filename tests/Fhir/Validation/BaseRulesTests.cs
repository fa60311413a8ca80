using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Validation;

public sealed class BaseRulesTests
{
    /// <summary>Findings in official examples that are right: the examples break R4 there.</summary>
    private static readonly (string Example, string Finding, string Reason)[] s_known =
    [
        ("Questionnaire-qs1", "'linkId' is missing", "items without linkId, which is 1..1"),
        ("SearchParameter-", "'base' is missing", "ten generated search parameters without base, which is 1..*"),
        ("StructureDefinition-", "sdf-4", "logical models without a base definition"),
        ("DeviceMetric-example", "A reference to DeviceDefinition", "parent is a Device"),
        ("Observation-clinical-gender", "A reference to Encounter", "performer is an Encounter"),
    ];

    [Fact]
    public void Official_examples_follow_the_base_rules()
    {
        var faults = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, bytes) in Examples.All())
        {
            if (bytes.Length > 2_000_000) continue;
            var resource = FhirJson.ParseStrict(bytes, FhirLimits.Files).Resource!;
            foreach (var issue in FhirValidator.Validate(resource, new FhirValidationOptions { UseDeclaredProfiles = true }).Where(x => x.Severity >= FhirSeverity.Error || x.Message.Contains("could not be evaluated", StringComparison.Ordinal)))
            {
                if (s_known.Any(x => name.StartsWith(x.Example, StringComparison.Ordinal) && $"{issue.Rule} {issue.Message}".Contains(x.Finding, StringComparison.Ordinal))) continue;
                var key = $"{issue.Code} {issue.Rule} {issue.Message}";
                if (!faults.TryGetValue(key, out var list)) faults[key] = list = [];
                list.Add($"{name} {issue.Location}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.OrderByDescending(x => x.Value.Count).Select(x => $"{x.Value.Count} {x.Key}: {string.Join("; ", x.Value.Take(3))}")));
    }
}
