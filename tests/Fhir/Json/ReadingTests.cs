using System.Text;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Tests.Json;

public sealed class ReadingTests
{
    /// <summary>What real senders send, what it becomes in lenient reading, and the code that says so.</summary>
    [Theory]
    [InlineData("""{"resourceType":"Patient","name":{"family":"Test"}}""", """{"resourceType":"Patient","name":[{"family":"Test"}]}""", "VKP-211", "Patient.name")]
    [InlineData("""{"resourceType":"Patient","maritalStatus":[{"text":"gift"}]}""", """{"resourceType":"Patient","maritalStatus":{"text":"gift"}}""", "VKP-212", "Patient.maritalStatus")]
    [InlineData("""{"resourceType":"Patient","id":"a","identifier":[{"system":"urn:x:y","value":""}]}""", """{"resourceType":"Patient","id":"a","identifier":[{"system":"urn:x:y"}]}""", "VKP-209", "Patient.identifier[0].value")]
    [InlineData("""{"resourceType":"Patient","id":"a","name":[],"birthDate":null}""", """{"resourceType":"Patient","id":"a"}""", "VKP-209", "Patient.name")]
    [InlineData("""{"resourceType":"Patient","id":"a","name":[{}]}""", """{"resourceType":"Patient","id":"a"}""", "VKP-209", "Patient.name[0]")]
    [InlineData("""{"resourceType":"Patient","active":"true"}""", """{"resourceType":"Patient","active":true}""", "VKP-214", "Patient.active")]
    [InlineData("""{"resourceType":"Observation","valueQuantity":{"value":"72.50"}}""", """{"resourceType":"Observation","valueQuantity":{"value":72.50}}""", "VKP-214", "Observation.value.value")]
    [InlineData("""{"resourceType":"Observation","code":{"coding":[{"code":7}]}}""", """{"resourceType":"Observation","code":{"coding":[{"code":"7"}]}}""", "VKP-214", "Observation.code.coding[0].code")]
    [InlineData("""{"resourceType":"Patient","identifier":[{"value":" 12"}]}""", """{"resourceType":"Patient","identifier":[{"value":"12"}]}""", "VKP-215", "Patient.identifier[0].value")]
    [InlineData("""{"resourceType":"Observation","code":{"coding":[{"system":"https://loinc.org"}]}}""", """{"resourceType":"Observation","code":{"coding":[{"system":"http://loinc.org"}]}}""", "VKP-216", "Observation.code.coding[0].system")]
    [InlineData("""{"resourceType":"Basic","code":{"coding":[{"system":"http://ehelse.no/fhir/ValueSet/vkp-severity-level-v090"}]}}""", """{"resourceType":"Basic","code":{"coding":[{"system":"http://ehelse.no/fhir/CodeSystem/vkp-severity-level-v090"}]}}""", "VKP-216", "Basic.code.coding[0].system")]
    [InlineData("""{"resourceType":"Patient","identifier":[{"system":"2.16.578.1.12.4.1.4.1"}]}""", """{"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.1"}]}""", "VKP-216", "Patient.identifier[0].system")]
    [InlineData("""{"resourceType":"Basic","meta":{"profile":["http://ehelse.no/fhir/StructureDefinition/vkp-QuestionnaireResponse-v090"]}}""", """{"resourceType":"Basic","meta":{"profile":["http://ehelse.no/fhir/StructureDefinition/vkp-QuestionnaireReponse-v090"]}}""", "VKP-216", "Basic.meta.profile[0]")]
    [InlineData("""{"resourceType":"Composition","date":"2026-11-20 08:00:00+0100"}""", """{"resourceType":"Composition","date":"2026-11-20T08:00:00+01:00"}""", "VKP-208", "Composition.date")]
    public void Lenient_puts_the_form_right_and_strict_calls_it_an_error(string sent, string read, string code, string location)
    {
        var lenient = FhirJson.ParseLenient(Utf8(sent));
        Assert.True(lenient.IsReadable);
        Assert.Contains(lenient.Repairs, x => x.Code == code && x.Location == location);
        Assert.Equal(read, Encoding.UTF8.GetString(FhirJson.Serialize(lenient.Resource!)));

        var strict = FhirJson.ParseStrict(Utf8(sent));
        Assert.False(strict.IsReadable);
        Assert.Contains(strict.Issues, x => x.Code == code && x.Location == location && x is { Severity: FhirSeverity.Error, Hint.Length: > 0 });
    }

    /// <summary>Repairs never touch meaning: these are reported and passed on as they came.</summary>
    [Theory]
    [InlineData("""{"resourceType":"DetectedIssue","status":"ferdig"}""", null)]
    [InlineData("""{"resourceType":"Bundle","identifier":{"system":"Skyresponse:GlobalAlarmId","value":"1"}}""", "VKP-236")]
    [InlineData("""{"resourceType":"Bundle","identifier":{"system":"Skyresponse Alarm","value":"1"}}""", "VKP-236")]
    [InlineData("""{"resourceType":"Composition","date":"2026-11-20T08:00:00"}""", "VKP-208")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:not-a-uuid"}]}""", "VKP-208")]
    [InlineData("""{"resourceType":"Patient","favouriteColour":"blue"}""", "VKP-206")]
    public void Lenient_passes_on_what_it_may_not_change(string sent, string? code)
    {
        var result = FhirJson.ParseLenient(Utf8(sent));

        Assert.True(result.IsReadable);
        Assert.Empty(result.Repairs);
        if (code is not null) Assert.Contains(result.Issues, x => x.Code == code);
        Assert.Equal(sent, Encoding.UTF8.GetString(FhirJson.Serialize(result.Resource!)));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","active":true,"active":true}""", "VKP-204")]
    [InlineData("""{"resourceType":"Patient","x":{"a":1,"a":1}}""", "VKP-204")]
    [InlineData("""{"resourceType":"Patient","resourceType":"Patient"}""", "VKP-204")]
    [InlineData("""{"active":true}""", "VKP-205")]
    [InlineData("""{"resourceType":7}""", "VKP-205")]
    [InlineData("""{"resourceType":"Patient"} {}""", "VKP-201")]
    [InlineData("""{"resourceType":"Patient","id":"\ud800"}""", "VKP-203")]
    [InlineData("""{"resourceType":"Patient","id":"a\u0000b"}""", "VKP-208")]
    [InlineData("""{"resourceType":"Patient",""", "VKP-201")]
    [InlineData("[]", "VKP-207")]
    [InlineData("", "VKP-201")]
    public void What_no_one_can_read_safely_is_refused_in_both_modes(string sent, string code)
    {
        foreach (var result in new[] { FhirJson.ParseStrict(Utf8(sent)), FhirJson.ParseLenient(Utf8(sent)) })
        {
            Assert.False(result.IsReadable);
            Assert.Contains(result.Issues, x => x.Code == code);
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_and_a_byte_order_mark_is_a_fault_of_form()
    {
        byte[] latin1 = [.. "{\"resourceType\":\"Patient\",\"id\":\""u8, 0xE5, .. "\"}"u8];
        Assert.Equal("VKP-203", FhirJson.ParseLenient(latin1).Issues.Single().Code);

        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{\"resourceType\":\"Patient\",\"id\":\"a\"}"u8];
        Assert.True(FhirJson.ParseLenient(marked).IsReadable);
        Assert.False(FhirJson.ParseStrict(marked).IsReadable);
    }

    [Fact]
    public void Extensions_beside_primitives_are_kept_whichever_comes_first()
    {
        const string json = """{"resourceType":"Patient","name":[{"_given":[null,{"id":"x"}],"given":["Kari",null],"_family":{"id":"f"},"family":"Test"}]}""";
        var result = FhirJson.ParseStrict(Utf8(json));

        Assert.Empty(result.Issues);
        var name = ((Patient)result.Resource!).Name[0];
        Assert.Equal(("Kari", null, "f"), (name.Given[0], name.Given[1], name.FamilyElement!.Id));
        Assert.Null(Support.JsonMeaning.Difference(Utf8(json), FhirJson.Serialize(result.Resource)));
    }

    [Fact]
    public void Strict_says_everything_not_only_the_first()
    {
        var result = FhirJson.ParseStrict(Utf8("""{"resourceType":"Patient","birthDate":"1950-02-30","active":"yes","name":{"use":" usual"},"x":1,"deceasedBoolean":true,"deceasedDateTime":"2026","contact":["a"],"link":[{"other":"Patient/1"}]}"""));

        Assert.Equal(
            ["VKP-208 Patient.birthDate", "VKP-208 Patient.active", "VKP-211 Patient.name", "VKP-215 Patient.name.use", "VKP-206 Patient", "VKP-210 Patient.deceased", "VKP-207 Patient.contact[0]", "VKP-207 Patient.link[0].other"],
            result.Issues.Where(x => x.Severity == FhirSeverity.Error).Select(x => $"{x.Code} {x.Location}").Distinct());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
