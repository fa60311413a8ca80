using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Agreement;

/// <summary>A second opinion on every official example and on damaged ones, from the @medplum/core validator. The table in src/Fhir/README.md explains the differences.</summary>
public sealed class ValidatorAgreementTests
{
    private const int BytesMax = 100_000;

    // What the other validator does not look at: value sets, reference targets, references inside bundles.
    private static readonly string[] s_oursAlone = [FhirIssueCodes.NotInValueSet, FhirIssueCodes.ReferenceTarget, FhirIssueCodes.BundleRule, FhirIssueCodes.UnresolvedReference];

    [Fact]
    public void Official_examples_are_judged_alike()
    {
        NodeTools.SkipWithoutNode();
        var examples = Examples.All().Where(x => x.Bytes.Length < BytesMax).ToList();

        var (agreed, differences) = Compare(examples);

        Assert.True(differences.Count == 0, $"{agreed} agreed, {differences.Count} differ:\n{string.Join('\n', differences.Take(60))}");
        Assert.InRange(agreed, 4660, int.MaxValue);
    }

    [Fact]
    public void Damaged_examples_are_judged_alike()
    {
        NodeTools.SkipWithoutNode();
        var small = Examples.All().Where(x => x.Bytes.Length < 20_000 && !x.Name.StartsWith("SearchParameter", StringComparison.Ordinal)).ToList();
        var damaged = new List<(string, byte[])>();
        for (var i = 0; damaged.Count < 800; i++)
        {
            var (name, bytes) = small[i * 37 % small.Count];
            var json = JsonDamage.Apply(bytes, i * 7919, JsonDamage.Scraps[i % JsonDamage.Scraps.Length]);
            if (JsonNode.Parse(json)!["resourceType"]?.ToJsonString() == JsonNode.Parse(bytes)!["resourceType"]!.ToJsonString()) damaged.Add(($"{name}#{i}", json));
        }

        var (agreed, differences) = Compare(damaged);

        Assert.True(differences.Count == 0, $"{agreed} agreed, {differences.Count} differ:\n{string.Join('\n', differences.Take(80))}");
        Assert.InRange(agreed, 650, int.MaxValue);
    }

    [Fact]
    public void What_we_write_passes_the_other_validator_unchanged()
    {
        NodeTools.SkipWithoutNode();
        var contracts = Path.Combine(OfficialPackage.Root, "contracts");
        var written = Directory.GetFiles(contracts, "valid.json", SearchOption.AllDirectories)
            .Append(Path.Combine(contracts, "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json"))
            .Select(x => (Path.GetRelativePath(contracts, x).Replace('\\', '/'), FhirJson.Serialize(FhirJson.ParseLenient(File.ReadAllBytes(x)).Resource!)))
            .Concat(Examples.All().Where(x => x.Name.StartsWith("Composition-", StringComparison.Ordinal) || x.Name.StartsWith("MedicationDispense-", StringComparison.Ordinal)).Select(x => (x.Name, FhirJson.Serialize(FhirJson.ParseStrict(x.Bytes).Resource!))))
            .ToList();

        var answers = NodeTools.Run("validate.mjs", written.Select(static x => $"{{\"id\":\"{x.Item1}\",\"resource\":{OneLine(x.Item2)}}}"));

        Assert.All(answers, x => Assert.EndsWith("\"errors\":[]}", x, StringComparison.Ordinal));
        Assert.InRange(written.Count, 90, 1000);
    }

    private static (int Agreed, List<string> Differences) Compare(IReadOnlyList<(string Name, byte[] Bytes)> messages)
    {
        var answers = NodeTools.Run("validate.mjs", messages.Select(static x => $"{{\"id\":\"{x.Name}\",\"resource\":{OneLine(x.Bytes)}}}"));
        var agreed = 0;
        var differences = new List<string>();
        foreach (var ((name, bytes), answer) in messages.Zip(answers))
        {
            var theirs = JsonNode.Parse(answer)!["errors"]!.AsArray().Select(static x => $"{x!["code"]} {x["text"]} at {x["at"]}").ToList();
            var ours = Errors(bytes);
            if (ours.Count > 0 == theirs.Count > 0) agreed++;
            else if (!Differences.AreExplained(ours, theirs)) differences.Add($"{name}: ours [{string.Join("; ", ours.Take(3).Select(static x => $"{x.Code} {x.Location} {x.Message} {x.Rule}"))}] theirs [{string.Join("; ", theirs.Take(3))}]");
        }

        return (agreed, differences);
    }

    private static List<FhirIssue> Errors(byte[] bytes)
    {
        var result = FhirJson.ParseStrict(bytes);
        var issues = result.Issues.Concat(result.Resource is null ? [] : FhirValidator.Validate(result.Resource, new FhirValidationOptions { UseDeclaredProfiles = false }));
        return [.. issues.Where(static x => x.Severity >= FhirSeverity.Error && !s_oursAlone.Contains(x.Code))];
    }

    private static string OneLine(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) document.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

/// <summary>The differences that the room's README explains. Each is about one kind of finding that only one side has.</summary>
internal static class Differences
{
    private static readonly (string Code, string Text, string Reason)[] s_oursAlone =
    [
        (FhirIssueCodes.EmptyValue, "", "it passes over empty texts, objects and arrays (R4: json.html, 'properties are never empty')"),
        (FhirIssueCodes.WrongShape, "The extensions of a primitive", "it does not look at the shape of _name"),
        (FhirIssueCodes.WrongShape, "An object or array stands", "it does not look into primitives that are objects or arrays"),
        (FhirIssueCodes.WrongShape, "A plain value stands", "it takes plain values where some objects are required"),
        (FhirIssueCodes.UnknownElement, "'_", "it does not mind _name beside an element that is no primitive"),
        (FhirIssueCodes.WrongFormat, "Not a valid id", "it does not check the form of ids"),
        (FhirIssueCodes.Invariant, "A system is required if a value is provided", "it does not evaluate cpt-2 on nested telecom"),
        (FhirIssueCodes.Invariant, "If the resource is contained", "it does not evaluate dom-3"),
        (FhirIssueCodes.Invariant, "The narrative SHALL", "it does not evaluate htmlChecks()"),
    ];

    private static readonly (string Text, string Reason)[] s_theirsAlone =
    [
        (" at ValueSet.contained", "a ConceptMap inside a value set: a type we have no class for, passed on unread"),
        ("Invalid base64Binary format", "it takes no white space inside base64, which R4 allows"),
    ];

    /// <summary>One side found nothing, and what the other found is of a kind in the lists: ours may have followers of their own, theirs must all be listed.</summary>
    public static bool AreExplained(List<FhirIssue> ours, List<string> theirs) => theirs.Count == 0
        ? ours.Exists(static x => s_oursAlone.Any(y => x.Code == y.Code && x.Message.Contains(y.Text, StringComparison.Ordinal)))
        : theirs.TrueForAll(static x => s_theirsAlone.Any(y => x.Contains(y.Text, StringComparison.Ordinal)));
}
