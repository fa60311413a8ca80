using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Samples;

/// <summary>A submission as a response centre really sends it (contracts/samples/nhn-vkp-samples).</summary>
public sealed class RealSubmissionTests
{
    private static readonly byte[] s_bytes = File.ReadAllBytes(Path.Combine(OfficialPackage.Root, "contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json"));

    [Fact]
    public void Lenient_takes_it_and_reports_each_repair()
    {
        var result = FhirJson.ParseLenient(s_bytes);

        Assert.True(result.IsReadable);
        Snapshot.Match("RealSubmission.lenient", result.Issues.Concat(FhirValidator.Validate(result.Resource!)));
    }

    [Fact]
    public void Strict_lists_its_faults_with_place_rule_and_hint()
    {
        var result = FhirJson.ParseStrict(s_bytes);

        Assert.False(result.IsReadable);
        Snapshot.Match("RealSubmission.strict", result.Issues.Concat(FhirValidator.Validate(result.Resource!)));
    }
}
