using System.Text;
using System.Text.Json.Nodes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>Senders that already speak VKP R4: the real submission, and what others send.</summary>
public sealed class VkpR4Tests
{
    private const string Sample = "vkp-r4/safety-alarm-follow-up";

    [Fact]
    public void The_real_submission_is_taken_with_its_faults_told()
    {
        var translated = Payloads.Translated(Sample);
        Assert.Equal(["Composition", "DetectedIssue", "Device"], translated.Resources.Select(resource => resource.TypeName));
        Assert.Equal(("TA", Lane.Clinical, CaseRole.None), (translated.ServiceCode, translated.Lane, translated.CaseRole));
        Assert.NotEmpty(translated.Repairs);
        Assert.Equal(new SourceIdentifier("http://cosdoc.dips.no/lopenummer", "1302"), translated.Envelope.Patient);
    }

    [Fact]
    public void A_wrong_code_is_passed_on_unchanged() =>
        Assert.Equal("7", Payloads.Translated(Sample).Resources.OfType<DetectedIssue>().Single().Code!.Coding[0].Code);

    [Fact]
    public void The_same_identifier_with_a_later_timestamp_is_a_later_message_of_the_same_case()
    {
        var first = Payloads.Translated(Sample);
        var later = Payloads.Translated(Sample, payload => payload["timestamp"] = "2024-07-03T09:00:00Z");
        Assert.NotEqual(first.Envelope.SourceMessageId, later.Envelope.SourceMessageId);
        Assert.Equal(first.CaseIds, later.CaseIds);
    }

    [Fact]
    public void Without_identifier_the_source_id_is_empty() =>
        Assert.Equal(string.Empty, Payloads.Translated(Sample, payload => payload.Remove("identifier")).Envelope.SourceMessageId);

    [Fact]
    public void The_Composition_comes_first_whatever_the_senders_order()
    {
        var translated = Payloads.Translated(Sample, payload =>
        {
            var entries = payload["entry"]!.AsArray();
            var composition = entries[0]!.DeepClone();
            entries.RemoveAt(0);
            entries.Add(composition);
        });
        Assert.IsType<Composition>(translated.Resources[0]);
    }

    [Theory]
    [InlineData("urn:uuid:not-hex-at-all")]
    [InlineData("https://vendor.example/fhir/DetectedIssue/1")]
    [InlineData("DetectedIssue/1")]
    public void A_full_url_that_is_no_uuid_gets_one_and_references_follow(string fullUrl)
    {
        var translated = Payloads.Translated(Sample, payload =>
        {
            payload["entry"]![1]!["fullUrl"] = fullUrl;
            foreach (var section in payload["entry"]![0]!["resource"]!["section"]!.AsArray())
                section!["entry"]![0]!["reference"] = fullUrl;
        });
        var issue = translated.Resources.OfType<DetectedIssue>().Single();
        Assert.True(Guid.TryParseExact(issue.Id, "D", out _));
        Assert.All(Assert.IsType<Composition>(translated.Resources[0]).Section, section => Assert.Equal($"urn:uuid:{issue.Id}", section.Entry[0].Reference));
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-294");
    }

    [Fact]
    public void Two_entries_with_one_full_url_get_different_ids()
    {
        var translated = Payloads.Translated(Sample, payload => payload["entry"]![2]!["fullUrl"] = payload["entry"]![1]!["fullUrl"]!.GetValue<string>());
        Assert.Equal(3, translated.Resources.Select(resource => resource.Id).Distinct().Count());
    }

    [Fact]
    public void A_national_identity_number_with_wrong_control_digits_is_refused_without_being_repeated()
    {
        var errors = Payloads.Rejected(Sample, payload => Patient(payload, "urn:oid:2.16.578.1.12.4.1.4.1", "13717404088"));
        Assert.Equal("VKP-269", Assert.Single(errors).Code);
        Assert.DoesNotContain("13717404088", errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Edge_case_30_The_older_name_of_an_identifier_system_becomes_the_published_one()
    {
        var translated = Payloads.Translated(Sample, payload => Patient(payload, "http://ehelse.no/fhir/identifiertypes/FNR", "13717404089"));
        Assert.Equal("urn:oid:2.16.578.1.12.4.1.4.1", translated.Envelope.Patient!.System);
        Assert.Equal("urn:oid:2.16.578.1.12.4.1.4.1", Assert.IsType<Composition>(translated.Resources[0]).Subject!.Identifier!.System);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-297");
    }

    [Fact]
    public void A_patient_in_the_same_submission_is_found_through_its_reference()
    {
        var translated = Payloads.Translated(Sample, payload =>
        {
            payload["entry"]!.AsArray().Add(Payloads.Json("""
                {"fullUrl":"urn:uuid:0b1f4c0a-5c5e-4f0e-9d67-1f4f8f1e9a01","resource":{"resourceType":"Patient","identifier":[{"system":"urn:local","value":"9"},{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"13717404089"}]} }
                """));
            payload["entry"]![0]!["resource"]!["subject"] = Payloads.Json("""{"reference":"urn:uuid:0b1f4c0a-5c5e-4f0e-9d67-1f4f8f1e9a01"}""");
        });
        Assert.Equal("13717404089", translated.Envelope.Patient!.Value);
    }

    [Fact]
    public void A_submission_about_nobody_is_held()
    {
        var held = Payloads.Held(Sample, payload =>
        {
            payload["entry"]![0]!["resource"]!.AsObject().Remove("subject");
            payload["entry"]![1]!["resource"]!.AsObject().Remove("patient");
        });
        Assert.Equal("VKP-283", held.Error.Code);
    }

    [Fact]
    public void A_submission_of_no_known_service_is_held() =>
        Assert.Equal("VKP-282", Payloads.Held(Sample, payload =>
        {
            var composition = payload["entry"]![0]!["resource"]!.AsObject();
            composition.Remove("category");
            composition["type"] = Payloads.Json("""{"text":"Notat"}""");
            payload["entry"]!.AsArray().RemoveAt(1);
        }).Error.Code);

    [Theory]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">Ok<script>alert(1)</script></div>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p onclick=\"x()\">Ok</p></div>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"http://evil.example/x\"/>Ok</div>")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"javascript:x()\">Ok</a></div>")]
    [InlineData("<div>Ok<br></div>")]
    public void Narrative_that_could_do_something_is_written_anew_from_its_words(string div)
    {
        var translated = Payloads.Translated(Sample, payload => payload["entry"]![0]!["resource"]!["section"]![0]!["text"]!["div"] = div);
        var settled = Assert.IsType<Composition>(translated.Resources[0]).Section[0].Text!.Div!;
        Assert.Contains("Ok", settled, StringComparison.Ordinal);
        foreach (var danger in new[] { "<script", "onclick", "<img", "href", "<br>" })
            Assert.DoesNotContain(danger, settled, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(translated.Repairs, repair => repair.Code == "VKP-296");
    }

    [Fact]
    public void Narrative_that_FHIR_allows_is_passed_on_unchanged()
    {
        const string Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"a\">Fall &amp; feber</p><table border=\"1\"><tr><td>1</td></tr></table></div>";
        var translated = Payloads.Translated(Sample, payload => payload["entry"]![0]!["resource"]!["section"]![0]!["text"]!["div"] = Div);
        Assert.Equal(Div, Assert.IsType<Composition>(translated.Resources[0]).Section[0].Text!.Div);
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient"}""", "VKP-273")]
    [InlineData("""{"resourceType":"Bundle","type":"history","entry":[]}""", "VKP-273")]
    [InlineData("""{"resourceType":"Bundle","type":"document"}""", "VKP-274")]
    public void What_is_no_submission_is_refused(string body, string code)
    {
        var rejected = Assert.IsType<Translation.Rejected>(VendorCatalog.Find("vkp-r4")!.Translate(Samples.Payload(Encoding.UTF8.GetBytes(body))));
        Assert.Contains(rejected.Errors, error => error.Code == code);
    }

    [Fact]
    public void A_dispense_alone_is_taken_with_its_own_identifier_as_source_id()
    {
        const string Body = """
            {"resourceType":"MedicationDispense","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:2f0e2f0e-6f0e-4b0e-8f0e-0f0e2f0e6f0e"}],"status":"completed",
             "category":{"coding":[{"system":"http://ehelse.no/fhir/CodeSystem/vkp-medicationdispense-events-v090","code":"1"}]},"medicationCodeableConcept":{"text":"Ukjent medisin"},
             "subject":{"identifier":{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"13717404089"}},"whenHandedOver":"2026-05-11T08:04:10+02:00"}
            """;
        var translated = Assert.IsType<Translation.Translated>(VendorCatalog.Find("vkp-r4")!.Translate(Samples.Payload(Encoding.UTF8.GetBytes(Body))));
        Assert.Equal(("MD", Lane.Routine), (translated.ServiceCode, translated.Lane));
        Assert.Equal("urn:ietf:rfc:3986|urn:uuid:2f0e2f0e-6f0e-4b0e-8f0e-0f0e2f0e6f0e|", translated.Envelope.SourceMessageId);
    }

    private static void Patient(JsonObject payload, string system, string value)
    {
        foreach (var (index, name) in new[] { (0, "subject"), (1, "patient") })
            payload["entry"]![index]!["resource"]![name] = Payloads.Json($$"""{"identifier":{"system":"{{system}}","value":"{{value}}"} }""");
    }
}
