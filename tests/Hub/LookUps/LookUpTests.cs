using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.LookUps;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.LookUps;

/// <summary>Look-ups from vendor to journal system, over real HTTP at both ends.</summary>
public sealed class LookUpTests(LookUpHubs hubs) : IClassFixture<LookUpHubs>
{
    private static readonly string Person = SyntheticPeople.All[0].NationalId;

    public static TheoryData<string, string> Kinds() => [.. from kind in (string[])["fhir-messaging", "fhir-document", "fhir-transaction", "helseplattformen-style"] from look in LookUpKind.All select new TheoryDataRow<string, string>(kind, look.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_FHIR_kind_of_journal_system_answers_every_look_up(string epj, string name)
    {
        var hub = await hubs.OfAsync(epj);

        var bundle = await SearchAsync(hub, name, "md", ("patient.identifier", Person));

        Assert.Equal("searchset", (string?)bundle["type"]);
        var kind = LookUpKind.All.Single(k => k.Name == name);
        Assert.Contains(bundle["entry"]!.AsArray(), e => (string?)e!["resource"]!["resourceType"] == kind.ResourceType && (string?)e["search"]!["mode"] == "match");
        Assert.Contains(bundle["entry"]!.AsArray(), e => (string?)e!["resource"]!["resourceType"] == "Patient");
    }

    [Theory]
    [InlineData("patient", "Patient")]
    [InlineData("episodeofcare", "EpisodeOfCare")]
    [InlineData("careplan", "CarePlan")]
    public async Task A_Gerica_style_journal_system_answers_with_patient_services_and_plan(string name, string type)
    {
        var hub = await hubs.OfAsync("gerica-style");

        var bundle = await SearchAsync(hub, name, "MD", ("patient.identifier", $"urn:oid:2.16.578.1.12.4.1.4.1|{Person}"));

        Assert.All(bundle["entry"]!.AsArray(), e => Assert.Equal(type, (string?)e!["resource"]!["resourceType"]));
        if (name == "careplan") Assert.Equal(["3", "1"], bundle["entry"]!.AsArray().Select(e => (string?)e!["resource"]!["category"]![0]!["coding"]![0]!["code"]));
    }

    [Fact]
    public async Task Visit_plan_and_measures_come_with_their_times_within_the_asked_period()
    {
        var hub = await hubs.OfAsync("fhir-messaging");

        var bundle = await SearchAsync(hub, "careplan", "ta,md", ("patient.identifier", Person), ("date", "ge2026-06-01"), ("date", "le2026-06-02"));

        var plans = bundle["entry"]!.AsArray().Select(e => e!["resource"]!).Where(r => (string?)r["resourceType"] == "CarePlan").ToList();
        Assert.Equal(["Besøksplan", "Behandlingsplan"], plans.Select(p => (string?)p["category"]![0]!["coding"]![0]!["display"]));
        Assert.Equal("2026-06-01T08:00:00+02:00", (string?)plans[0]["activity"]![0]!["detail"]!["scheduledPeriod"]!["start"]);
    }

    [Fact]
    public async Task Without_a_patient_only_those_who_have_the_service_come_through()
    {
        var hub = await hubs.OfAsync("fhir-messaging");

        var bundle = await SearchAsync(hub, "patient", "md");

        // The EPJ tells of five people; the municipality has two of them with a medicine dispenser.
        Assert.Equal([SyntheticPeople.All[0].NationalId, SyntheticPeople.All[1].NationalId], bundle["entry"]!.AsArray().Select(e => (string?)e!["resource"]!["identifier"]![0]!["value"]));
    }

    public static TheoryData<string, string, string, string, HttpStatusCode, string, string> Refusals => new()
    {
        { "the header is missing", "condition", "", "patient.identifier=PERSON", HttpStatusCode.BadRequest, "VKP-109", "2.4" },
        { "the service is unknown", "condition", "xx", "patient.identifier=PERSON", HttpStatusCode.BadRequest, "VKP-109", "2.4" },
        { "the municipality has not allowed the service to the vendor", "condition", "gps", "patient.identifier=PERSON", HttpStatusCode.Forbidden, "VKP-811", "1.2" },
        { "the patient does not have the service", "condition", "dho", "patient.identifier=PERSON", HttpStatusCode.Forbidden, "VKP-812", "1.3" },
        { "nobody is named", "condition", "md", "", HttpStatusCode.BadRequest, "VKP-109", "2.4" },
        { "the number is none", "condition", "md", "patient.identifier=12345678901", HttpStatusCode.BadRequest, "VKP-269", "2.1" },
        { "two patients are named", "condition", "md", "patient.identifier=PERSON&patient.identifier=PERSON", HttpStatusCode.BadRequest, "VKP-813", "2.3" },
        { "a date is none", "careplan", "md", "patient.identifier=PERSON&date=tomorrow", HttpStatusCode.BadRequest, "VKP-109", "2.4" },
        { "a date stands where none is taken", "condition", "md", "patient.identifier=PERSON&date=ge2026-01-01", HttpStatusCode.BadRequest, "VKP-128", "2.4" },
        { "an unknown parameter is given", "condition", "md", "patient.identifier=PERSON&_include=*", HttpStatusCode.BadRequest, "VKP-128", "2.4" },
        { "the patient is not known here", "condition", "md", "patient.identifier=STRANGER", HttpStatusCode.Forbidden, "VKP-812", "1.3" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_look_up_is_refused_with_the_published_code_when(string what, string name, string codes, string form, HttpStatusCode status, string code, string published)
    {
        Assert.NotEmpty(what);
        var hub = await hubs.OfAsync("fhir-messaging");
        var body = form.Replace("PERSON", Person, StringComparison.Ordinal).Replace("STRANGER", SyntheticPeople.Stranger.NationalId, StringComparison.Ordinal);

        using var answer = await SendAsync(hub, name, codes, new StringContent(body, MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal([code, published], JsonNode.Parse(text)!["issue"]![0]!["details"]!["coding"]!.AsArray().Select(c => (string?)c!["code"]));
        Assert.DoesNotContain(Person, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hang", "VKP-521", "3.1")]
    [InlineData("status", "VKP-520", "3")]
    [InlineData("garbage", "VKP-523", "3")]
    [InlineData("redirect", "VKP-521", "3.1")]
    [InlineData("drop", "VKP-521", "3.1")]
    public async Task A_journal_system_that_misbehaves_is_told_apart(string fault, string code, string published)
    {
        var hub = await hubs.OfAsync("fhir-messaging");
        hub.Epj.SetFaults(new FaultRule { Kind = Enum.Parse<FaultKind>(fault, ignoreCase: true), LookUps = true, Status = 503 });

        using var answer = await SendAsync(hub, "condition", "md", Form(("patient.identifier", Person)));

        hub.Epj.SetFaults();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal([code, published], JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["issue"]![0]!["details"]!["coding"]!.AsArray().Select(c => (string?)c!["code"]));
    }

    [Fact]
    public async Task What_a_journal_system_does_not_offer_is_said_so()
    {
        var hub = await hubs.OfAsync("gerica-style");

        using var answer = await SendAsync(hub, "condition", "md", Form(("patient.identifier", Person)));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("VKP-408", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_somebody_looked_stands_on_the_patients_stream_and_no_number_anywhere()
    {
        var hub = await hubs.OfAsync("fhir-messaging");

        await SearchAsync(hub, "medicationstatement", "md", ("patient.identifier", Person));

        var dump = await hub.DumpAsync();
        Assert.Contains("JournalRead", dump, StringComparison.Ordinal);
        Assert.Contains("MedicationStatement/_search for MD", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Person, dump, StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] form) => new(form.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private static async Task<JsonNode> SearchAsync(TestHub hub, string name, string serviceCodes, params (string Name, string Value)[] form)
    {
        using var answer = await SendAsync(hub, name, serviceCodes, Form(form));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHub hub, string name, string serviceCodes, HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"epj/r4/{TestHub.OrgNo}/{name}/_search")) { Content = form };
        if (serviceCodes.Length > 0) request.Headers.Add("ServiceCodes", serviceCodes);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync("responses", LookUpKind.All.Single(k => k.Name == name).Scope));
        return await hub.Http.SendAsync(request);
    }
}
