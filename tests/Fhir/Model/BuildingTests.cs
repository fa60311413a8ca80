using System.Text;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Tests.Model;

public sealed class BuildingTests
{
    [Fact]
    public void Initializers_build_what_the_wire_shows_in_the_order_of_the_definition()
    {
        var issue = new DetectedIssue
        {
            Code = AlertCodes.Fall,
            Status = ObservationStatus.Final,
            Identifier = { new Identifier(IdentifierSystems.Uri, "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001") },
            Identified = new FhirDateTime("2026-11-20T08:00:00+01:00"),
            Detail = "Fall på badet",
        };

        Assert.Equal(
            """{"resourceType":"DetectedIssue","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:0a1b2c3d-0000-4000-8000-000000000001"}],"status":"final","code":{"coding":[{"system":"http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090","code":"4.1","display":"Fall"}]},"identifiedDateTime":"2026-11-20T08:00:00+01:00","detail":"Fall på badet"}""",
            Encoding.UTF8.GetString(FhirJson.Serialize(issue)));
    }

    [Fact]
    public void Lists_are_live_views()
    {
        var name = new HumanName { Given = { "Kari" } };
        name.Given.Add("Anne");
        name.GivenElement[0].Text = "Siri";

        Assert.Equal(["Siri", "Anne"], name.Given);
        name.Given.Clear();
        Assert.True(name.IsEmpty);
    }

    [Fact]
    public void Setting_a_value_keeps_the_extension_beside_it()
    {
        var patient = new Patient { BirthDateElement = new Date("1950") };
        patient.BirthDateElement!.AddExtension("http://example.org/precision", new Code("year"));
        patient.BirthDate = "1951";

        Assert.Equal("""{"resourceType":"Patient","birthDate":"1951","_birthDate":{"extension":[{"url":"http://example.org/precision","valueCode":"year"}]}}""", Encoding.UTF8.GetString(FhirJson.Serialize(patient)));
    }

    [Fact]
    public void A_decimal_keeps_its_trailing_zeros_and_a_code_outside_the_list_keeps_its_text()
    {
        var json = """{"resourceType":"Observation","status":"ferdig","valueQuantity":{"value":36.60}}"""u8.ToArray();
        var observation = (Observation)FhirJson.ParseLenient(json).Resource!;

        Assert.Equal(36.6m, ((Quantity)observation.Value!).Value);
        Assert.Null(observation.Status);
        Assert.Equal("ferdig", observation.StatusElement!.Text);
        Assert.Equal(json, FhirJson.Serialize(observation));
    }

    [Fact]
    public void What_the_model_does_not_know_survives()
    {
        var json = """{"resourceType":"Group","member":[{"x":1.0}]}"""u8.ToArray();
        Assert.Equal(json, FhirJson.Serialize(FhirJson.ParseStrict(json).Resource!));

        var strange = """{"resourceType":"Patient","hårfarge":{"a":[1,2.50]},"active":true}"""u8.ToArray();
        var result = FhirJson.ParseLenient(strange);
        Assert.Equal("Patient", result.Issues.Single(x => x.Code == FhirIssueCodes.UnknownElement).Location);
        Assert.Equal(strange, FhirJson.Serialize(result.Resource!));
    }
}
