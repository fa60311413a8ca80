using Vkp.Adapters.Cases;
using Vkp.Fhir;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Adapters.Tests;

/// <summary>What adapters compose keeps the national profiles it claims.</summary>
public sealed class ProfileTests
{
    private static readonly SourceIdentifier Patient = new(IdentifierSystems.Fodselsnummer, "13717404089");

    public static TheoryData<string> Composed => [.. Samples.All.Where(sample => sample.Adapter.Info.Name != "vkp-r4" && sample.Translate() is Translation.Translated).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Composed))]
    public void Every_composed_resource_is_valid_against_its_profile(string name)
    {
        var translated = Assert.IsType<Translation.Translated>(Samples.Find(name).Translate());
        foreach (var resource in PatientBinding.Bind(translated.Resources, Patient))
        {
            var errors = FhirValidator.Validate(resource).Where(issue => issue.Severity >= FhirSeverity.Error).ToList();
            Assert.True(errors.Count == 0, string.Join('\n', errors));
        }
    }

    [Theory]
    [MemberData(nameof(Composed))]
    public void Every_composed_resource_but_those_without_a_profile_claims_one(string name)
    {
        var translated = Assert.IsType<Translation.Translated>(Samples.Find(name).Translate());
        Assert.All(translated.Resources.Where(resource => resource is not (Communication or Media or Provenance)), resource => Assert.NotEmpty(resource.Meta?.Profile ?? []));
    }
}
