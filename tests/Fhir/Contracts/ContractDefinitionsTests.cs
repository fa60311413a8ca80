using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Contracts;

public sealed class ContractDefinitionsTests
{
    public static string Folder { get; } = Path.Combine(OfficialPackage.Root, "contracts", "fhir");

    [Fact]
    public void Our_definitions_are_valid_FHIR()
    {
        var faults = new List<string>();
        foreach (var file in Directory.GetFiles(Folder, "*-*.json", SearchOption.AllDirectories).Where(x => Path.GetFileName(x).Split('-')[0] is "StructureDefinition" or "ValueSet" or "CodeSystem"))
        {
            var result = FhirJson.ParseStrict(File.ReadAllBytes(file));
            var issues = result.Issues.Concat(result.Resource is null ? [] : FhirValidator.Validate(result.Resource));
            faults.AddRange(issues.Where(x => x.Severity >= FhirSeverity.Warning).Select(x => $"{Path.GetFileName(file)}: {x}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
    }

    [Fact]
    public void Every_profile_compiles_and_every_base_is_known()
    {
        foreach (var profile in ProfileCatalog.All)
        {
            var definition = profile.Definition;
            var isBaseType = definition.BaseDefinition == $"http://hl7.org/fhir/StructureDefinition/{definition.Type}";
            Assert.True(isBaseType || ProfileCatalog.Find(definition.BaseDefinition!) is not null, $"{profile.Canonical}: base {definition.BaseDefinition}");
            Assert.NotNull(profile.Rules);
        }
    }
}
