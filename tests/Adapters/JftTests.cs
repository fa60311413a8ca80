using System.Text;
using System.Text.Json.Nodes;
using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

/// <summary>The strict reading of what VKP R4 reads leniently.</summary>
public sealed class JftTests
{
    private static readonly IVendorAdapter Strict = VendorCatalog.Find("jft")!;
    private static readonly IVendorAdapter Lenient = VendorCatalog.Find("vkp-r4")!;

    [Fact]
    public void The_real_submission_is_taken_leniently_and_refused_strictly_with_every_place()
    {
        var bytes = File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json"));

        Assert.IsType<Translation.Translated>(Lenient.Translate(Samples.Payload(bytes)));
        var refused = Assert.IsType<Translation.Rejected>(Strict.Translate(Samples.Payload(bytes)));

        Assert.Contains(refused.Errors, error => error is { Code: "VKP-209", Path: not null });
    }

    [Theory]
    [InlineData("an empty text")]
    [InlineData("an object where a list is expected")]
    [InlineData("no subject")]
    [InlineData("no category, which the declared profile demands")]
    [InlineData("no status, which FHIR demands")]
    [InlineData("a wrong control digit")]
    [InlineData("a bundle that is no document")]
    [InlineData("an Encounter alone")]
    public void This_is_refused_strictly(string what)
    {
        var node = JsonNode.Parse(Repository.ReadText("contracts", "vendors", "jft", "samples", what.Contains("bundle", StringComparison.Ordinal) ? "bundle.json" : "composition.json"))!.AsObject();
        switch (what)
        {
            case "an empty text": node["title"] = ""; break;
            case "an object where a list is expected": node["section"] = node["section"]![0]!.DeepClone(); break;
            case "no subject": node.Remove("subject"); break;
            case "no category, which the declared profile demands": node.Remove("category"); break;
            case "no status, which FHIR demands": node.Remove("status"); break;
            case "a wrong control digit": node["subject"]!["identifier"]!["value"] = "13717404088"; break;
            case "a bundle that is no document": node["type"] = "collection"; break;
            default: node = JsonNode.Parse(Repository.ReadText("contracts", "vendors", "vkp-r4", "samples", "encounter.json"))!.AsObject(); break;
        }

        Assert.IsType<Translation.Rejected>(Strict.Translate(Samples.Payload(Encoding.UTF8.GetBytes(node.ToJsonString()))));
    }

    [Fact]
    public void A_misspelt_code_system_as_in_the_published_example_is_put_right_and_told()
    {
        var text = Repository.ReadText("contracts", "vendors", "jft", "samples", "composition.json").Replace("http://loinc.org", "https://loinc.org", StringComparison.Ordinal);

        var taken = Assert.IsType<Translation.Translated>(Strict.Translate(Samples.Payload(Encoding.UTF8.GetBytes(text))));

        Assert.Equal(["VKP-216"], taken.Repairs.Select(repair => repair.Code));
    }

    [Theory]
    [InlineData("composition.json")]
    [InlineData("medicationdispense.json")]
    [InlineData("bundle.json")]
    public void What_is_taken_strictly_means_the_same_as_when_it_is_taken_leniently(string sample)
    {
        var bytes = File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "jft", "samples", sample));

        var strict = Assert.IsType<Translation.Translated>(Strict.Translate(Samples.Payload(bytes)));
        var lenient = Assert.IsType<Translation.Translated>(Lenient.Translate(Samples.Payload(bytes)));

        Assert.Equal(lenient.Envelope, strict.Envelope);
        Assert.Equal(lenient.Resources.Select(Text), strict.Resources.Select(Text));
    }

    private static string Text(Fhir.Model.Resource resource) => Encoding.UTF8.GetString(Fhir.Json.FhirJson.Serialize(resource));
}
