using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Faces;

/// <summary>Measurements in by the batch and out by a search, over real HTTP.</summary>
public class MeasurementFaceTests
{
    private const string Person = "13717404089";

    private const string SamplePerson = "- { identifiers: [ { value: \"13717404089\" } ], services: [ DHO ] }";

    [Fact]
    public async Task Each_entry_of_a_batch_gets_an_outcome_of_its_own_under_its_full_url()
    {
        await using var hub = await StartAsync();
        var faulty = Sample("weight");
        faulty["subject"]!["identifier"]!["value"] = "13717404088";

        using var answer = await PostAsync(hub, Entry(1, Sample("blood-pressure")), Entry(2, faulty), Entry(3, new JsonObject { ["resourceType"] = "Patient" }), new JsonObject { ["resource"] = Sample("weight") });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        var entries = JsonNode.Parse(text)!["entry"]!.AsArray();
        Assert.Equal(["201", "400", "400", "400"], entries.Select(e => (string)e!["response"]!["status"]!));
        Assert.Equal([Url(1), Url(2), Url(3), null], entries.Select(e => (string?)e!["fullUrl"]));
        Assert.Equal(["VKP-269", "2.1"], entries[1]!["response"]!["outcome"]!["issue"]![0]!["details"]!["coding"]!.AsArray().Select(c => (string)c!["code"]!));
        Assert.DoesNotContain("13717404088", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_a_batch_keeps_the_profile_of_such_answers()
    {
        await using var hub = await StartAsync();

        using var answer = await PostAsync(hub, Entry(1, Sample("blood-pressure")));

        var bundle = FhirJson.ParseStrict(await answer.Content.ReadAsByteArrayAsync()).Resource!;
        var options = new FhirValidationOptions { Profiles = ["http://hl7.no/fhir/vkpobservation/StructureDefinition/pmd-Bundle-Response"] };
        Assert.DoesNotContain(FhirValidator.Validate(bundle, options), issue => issue.Severity >= Fhir.FhirSeverity.Error);
    }

    [Fact]
    public async Task Green_measurements_are_searchable_and_never_journaled_and_a_deviating_one_is()
    {
        await using var hub = await StartAsync();

        using var posted = await PostAsync(hub, Entry(1, Sample("blood-pressure")), Entry(2, Sample("weight")), Entry(3, Sample("oxygen-saturation.deviating")));

        var counts = await hub.UntilAsync(s => s is { Accepted: 3, Open: 0 });
        Assert.Equal((1, 2, 2), (counts.Journaled, counts.Settled, counts.SettledBy["measurement"]));
        Assert.Contains("86", Assert.Single(hub.Epj.Journal).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await SearchAsync(hub, "journal", ("patient.identifier", Person)))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_corrected_measurement_takes_the_place_of_the_earlier_in_a_search()
    {
        await using var hub = await StartAsync();
        using var first = await PostAsync(hub, Entry(1, Sample("weight")));
        using var second = await PostAsync(hub, Entry(2, Sample("weight.corrected")));

        var found = (await SearchAsync(hub, "journal", ("patient.identifier", Person)))["entry"]!.AsArray();

        Assert.Equal((71.4m, "corrected"), ((decimal)Assert.Single(found)!["resource"]!["valueQuantity"]!["value"]!, (string)found[0]!["resource"]!["status"]!));
    }

    [Fact]
    public async Task A_search_narrows_by_code_and_date_and_goes_on_by_cursor()
    {
        await using var hub = await StartAsync();
        var days = Enumerable.Range(1, 5).Select(day =>
        {
            var weight = Sample("weight");
            weight["identifier"]![0]!["value"] = $"urn:uuid:5b0e7a11-0000-4000-8000-0000000001{day:00}";
            weight["effectiveDateTime"] = $"2026-03-0{day}T23:30:00+01:00";
            return Entry(day, weight);
        });
        using var posted = await PostAsync(hub, [.. days, Entry(9, Sample("blood-pressure"))]);

        var weights = await SearchAsync(hub, "journal", ("patient.identifier", $"urn:oid:2.16.578.1.12.4.1.4.1|{Person}"), ("code", "http://loinc.org|29463-7"), ("date", "ge2026-03-02"), ("date", "lt2026-03-05"), ("_count", "2"));
        var next = (string)weights["link"]![0]!["url"]!;
        var rest = await SearchAsync(hub, "journal", next, ("patient.identifier", Person), ("code", "29463-7"), ("date", "ge2026-03-02"), ("date", "lt2026-03-05"), ("_count", "2"));

        Assert.Equal((3, "2026-03-04T23:30:00+01:00", "2026-03-03T23:30:00+01:00"), ((int)weights["total"]!, Time(weights, 0), Time(weights, 1)));
        Assert.Equal("2026-03-02T23:30:00+01:00", Time(rest, 0));
        Assert.Null(rest["link"]);
        Assert.DoesNotContain(Person, next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vendor_finds_what_it_sent_itself_and_a_journal_system_what_all_sent()
    {
        await using var hub = await StartAsync();
        hub.Issuer.Register(hub.Client("others").AsRegistered("Maling_Test_Andre", TestHub.OrgNo, [MeasurementFace.WriteScope, MeasurementFace.ReadScope]));
        await hub.ConfigureAsync(Configuration(hub).Replace("- { id: measurements,", "- { id: others, vendor: fhir-observation, vkpId: Maling_Test_Andre }\n      - { id: measurements,", StringComparison.Ordinal));
        using var posted = await PostAsync(hub, Entry(1, Sample("weight")));

        Assert.Equal(1, (int)(await SearchAsync(hub, "measurements", ("patient.identifier", Person)))["total"]!);
        Assert.Equal(1, (int)(await SearchAsync(hub, "journal", ("patient.identifier", Person)))["total"]!);
        Assert.Equal(0, (int)(await SearchAsync(hub, "others", ("patient.identifier", Person)))["total"]!);
        Assert.Equal(0, (int)(await SearchAsync(hub, "journal", ("patient.identifier", SyntheticPeople.All[0].NationalId)))["total"]!);
    }

    [Fact]
    public async Task That_somebody_searched_is_kept_and_for_whom_is_in_no_plain_column()
    {
        await using var hub = await StartAsync();
        using var posted = await PostAsync(hub, Entry(1, Sample("weight")));

        await SearchAsync(hub, "journal", ("patient.identifier", Person));

        var dump = await hub.DumpAsync();
        Assert.Contains("Observation/_search", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Person, dump, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fhir/Observation/_search", "date=2026-03-02", "VKP-109")]
    [InlineData("fhir/Observation/_search", "patient.identifier=12345", "VKP-109")]
    [InlineData("fhir/Observation/_search", "patient.identifier=13717404089&patient.identifier=13717404089", "VKP-109")]
    [InlineData("fhir/Observation/_search", "patient.identifier=13717404089&date=yesterday", "VKP-109")]
    [InlineData("fhir/Observation/_search", "patient.identifier=13717404089&_sort=code", "VKP-128")]
    [InlineData("fhir/Observation/_search?patient.identifier=13717404089", "date=2026-03-02", "VKP-109")]
    public async Task A_search_that_is_not_one_of_one_patient_by_its_body_is_refused_without_repeating_it(string path, string form, string code)
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, path, "journal", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"), MeasurementFace.ReadScope);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_by_address_is_not_allowed()
    {
        await using var hub = await StartAsync();

        using var answer = await hub.GetAsync("fhir/Observation?code=29463-7", "journal", await hub.TokenAsync("journal", MeasurementFace.ReadScope));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{}]}", "VKP-125")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}", "VKP-103")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"type\":\"batch\"}", "VKP-104")]
    [InlineData("{\"resourceType\":\"Observation\"}", "VKP-108")]
    [InlineData("[]", "VKP-108")]
    public async Task What_is_not_a_batch_is_refused_whole(string body, string code)
    {
        await using var hub = await StartAsync();

        using var answer = await SendAsync(hub, "fhir", "measurements", new StringContent(body, Encoding.UTF8, "application/fhir+json"), MeasurementFace.WriteScope);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(Configuration(hub));
        return hub;
    }

    /// <summary>The journal system may call the hub itself.</summary>
    private static string Configuration(TestHub hub) => TestHub.Configuration(hub.Epj.FhirBase, morePatients: SamplePerson)
        .Replace($"address: \"{hub.Epj.FhirBase}\"", $"address: \"{hub.Epj.FhirBase}\", settings: {{ client: journal }}", StringComparison.Ordinal);

    private static JsonObject Sample(string name) => JsonNode.Parse(Repository.ReadText("contracts", "vendors", "fhir-observation", "samples", name + ".json"))!.AsObject();

    private static string Url(int number) => $"urn:uuid:00000000-0000-4000-8000-{number:000000000000}";

    private static JsonObject Entry(int number, JsonObject resource) =>
        new() { ["fullUrl"] = Url(number), ["resource"] = resource, ["request"] = new JsonObject { ["method"] = "POST", ["url"] = "Observation" } };

    private static string Time(JsonNode bundle, int entry) => (string)bundle["entry"]![entry]!["resource"]!["effectiveDateTime"]!;

    private static Task<HttpResponseMessage> PostAsync(TestHub hub, params JsonObject[] entries)
    {
        var batch = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "batch", ["entry"] = new JsonArray([.. entries]) };
        return SendAsync(hub, "fhir", "measurements", new StringContent(batch.ToJsonString(), Encoding.UTF8, "application/fhir+json"), MeasurementFace.WriteScope);
    }

    private static Task<JsonNode> SearchAsync(TestHub hub, string client, params (string, string)[] form) => SearchAsync(hub, client, "fhir/Observation/_search", form);

    private static async Task<JsonNode> SearchAsync(TestHub hub, string client, string path, params (string Name, string Value)[] form)
    {
        using var answer = await SendAsync(hub, path, client, new FormUrlEncodedContent(form.Select(p => KeyValuePair.Create(p.Name, p.Value))), MeasurementFace.ReadScope);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHub hub, string path, string client, HttpContent body, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync(client, scope));
        return await hub.Http.SendAsync(request);
    }
}
