using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Contracts;

/// <summary>Each folder under contracts/fhir holds a profile, a sample that follows it and one that breaks it; the findings about both are kept beside them.</summary>
public sealed class ProfileSamplesTests
{
    public static TheoryData<string> Folders =>
    [
        .. Directory.GetFiles(ContractDefinitionsTests.Folder, "StructureDefinition-*.json", SearchOption.AllDirectories)
            .Select(x => Path.GetRelativePath(ContractDefinitionsTests.Folder, Path.GetDirectoryName(x)!)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_valid_sample_has_no_error_and_the_invalid_one_has(string folder)
    {
        var path = Path.Combine(ContractDefinitionsTests.Folder, folder);
        var valid = Check(Path.Combine(path, "valid.json"));
        var invalid = Check(Path.Combine(path, "invalid.json"));

        Assert.DoesNotContain(valid, x => x.Severity >= FhirSeverity.Error);
        Assert.Contains(invalid, x => x.Severity >= FhirSeverity.Error);
        Snapshot.MatchFile(Path.Combine(path, "invalid.issues"), Snapshot.Render(invalid));
        if (valid.Count > 0) Snapshot.MatchFile(Path.Combine(path, "valid.issues"), Snapshot.Render(valid));
    }

    [Fact]
    public void Required_value_sets_that_nobody_published_are_warned_about_and_listed()
    {
        var unchecked_ = ProfileCatalog.All.SelectMany(x => x.Definition.Differential!.Element)
            .Where(x => x.Binding is { Strength: BindingStrength.Required, ValueSet: not null })
            .Select(x => x.Binding!.ValueSet!.Split('|')[0])
            .Distinct()
            .Where(x => !Definitions.ValueSets.IsPublished(x))
            .Order(StringComparer.Ordinal);

        Snapshot.MatchFile(Path.Combine(ContractDefinitionsTests.Folder, "not-published"), string.Concat(unchecked_.Select(x => x + "\n")));
    }

    private static List<FhirIssue> Check(string file)
    {
        var result = FhirJson.ParseStrict(File.ReadAllBytes(file));
        return [.. result.Issues, .. result.Resource is null ? [] : FhirValidator.Validate(result.Resource)];
    }
}
