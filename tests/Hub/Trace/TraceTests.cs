using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Trace;

public class TraceTests
{
    private const string Serial = "ZZ000201";

    [Fact]
    public async Task A_patient_a_device_a_case_and_a_night_lead_to_the_same_messages_in_the_order_they_happened()
    {
        await using var hub = await TestHub.StartAsync();
        var (ids, caseId) = await AlertAndClosingAsync(hub);
        using var other = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 1));
        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });

        var now = TimeProvider.System.GetUtcNow();
        var byPatient = await AskAsync(hub, new TraceQuestion(Patient: new TracePatient(null, SyntheticPeople.All[0].NationalId), OrgNo: TestHub.OrgNo));
        var byDevice = await AskAsync(hub, new TraceQuestion(Device: Serial, Purpose: "tilsyn", OrgNo: TestHub.OrgNo));
        var byCase = await AskAsync(hub, new TraceQuestion(Case: caseId, OrgNo: TestHub.OrgNo));
        var byOneOfCase = await AskAsync(hub, new TraceQuestion(Case: ids[0].ToString()));
        var byNight = await AskAsync(hub, new TraceQuestion(From: now.AddHours(-2), To: now.AddHours(1)));

        Assert.All([byPatient, byDevice, byCase, byOneOfCase], story => Assert.Equal(ids, story.Messages.Select(m => m.MessageId)));
        Assert.Equal(3, byNight.Messages.Count);
        Assert.Equal("folded", byPatient.Messages[0].Routing.Decision);
        Assert.Equal(("document", "epj"), (byPatient.Messages[1].Routing.Decision, byPatient.Messages[1].Routing.Destinations.Single()));
        Assert.Equal([ids[0]], byPatient.Messages[1].Folded);
    }

    [Fact]
    public async Task Nothing_is_opened_without_a_purpose_and_every_opening_is_told_to_the_next_who_looks()
    {
        await using var hub = await TestHub.StartAsync();
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s.Journaled == 1);
        var patient = new TracePatient(null, SyntheticPeople.All[0].NationalId);

        var facts = (await AskAsync(hub, new TraceQuestion(Patient: patient))).Messages.Single();
        var opened = (await AskAsync(hub, new TraceQuestion(Patient: patient, Purpose: "tilsyn"))).Messages.Single();
        var again = (await AskAsync(hub, new TraceQuestion(Patient: patient))).Messages.Single();

        Assert.Equal((false, "", ""), (facts.IsOpened, facts.Payload, facts.Note));
        Assert.True(opened is { IsOpened: true, Payload.Length: > 0, Note.Length: > 0 });
        Assert.Empty(opened.Looked);
        Assert.Equal(("admin", "tilsyn"), (again.Looked.Single().Author, again.Looked.Single().Purpose));
    }

    [Fact]
    public async Task What_is_held_is_found_by_the_device_that_nobody_has()
    {
        await using var hub = await TestHub.StartAsync();
        var unknown = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace(Serial, "ZZ000999", StringComparison.Ordinal));
        using var posted = await hub.PostAsync(unknown);
        await hub.UntilAsync(s => s.Held.Count == 1);

        var story = await AskAsync(hub, new TraceQuestion(Device: "ZZ000999", Purpose: "feilsøking"));

        Assert.Equal(("held", "VKP-113"), (story.Messages.Single().Routing.Decision, story.Messages.Single().Reason));
        Assert.Equal("VKP-113", Assert.Single(story.Messages.Single().Issues).Code);

        // What was put right in a message is told with its place and its story, whatever it came to.
        using var submitted = await hub.PostBundleAsync(File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")));
        await hub.UntilAsync(s => s.Journaled == 1);
        var repaired = (await AskAsync(hub, new TraceQuestion(Patient: new TracePatient("http://cosdoc.dips.no/lopenummer", "1302")))).Messages.Single();
        Assert.Contains(repaired.Issues, issue => issue.Path!.Contains("identifier[0].value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_as_FHIR_is_a_valid_Bundle_with_a_Provenance_for_every_fact_and_no_identity_number()
    {
        await using var hub = await TestHub.StartAsync();
        var (ids, _) = await AlertAndClosingAsync(hub);

        var text = await AskTextAsync(hub, new TraceQuestion(Id: ids[1].ToString(), Purpose: "tilsyn"), "as=fhir");

        var bundle = JsonNode.Parse(text)!;
        var provenances = bundle["entry"]!.AsArray().Select(e => e!["resource"]!).Where(r => (string?)r["resourceType"] == "Provenance").ToList();
        Assert.Equal(["MessageAccepted", "MessageJournaled"], provenances.Select(p => (string?)p["activity"]!["coding"]![0]!["code"]));
        Assert.All(provenances, p => Assert.NotEmpty(p["target"]!.AsArray()));
        var parsed = FhirJson.ParseLenient(Encoding.UTF8.GetBytes(text)).Resource!;
        Assert.DoesNotContain(FhirValidator.Validate(parsed), issue => issue.Severity >= FhirSeverity.Error && issue.Location.Contains("Provenance", StringComparison.Ordinal));
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_tells_the_night_in_the_readers_language_and_escapes_what_was_sent()
    {
        await using var hub = await TestHub.StartAsync();
        var (ids, _) = await AlertAndClosingAsync(hub);

        foreach (var (language, sentence) in ((string, string)[])[("nb", "svarte at meldingen er journalført"), ("nn", "svarte at meldinga er journalført"), ("en", "answered that the message is journaled")])
        {
            var html = WebUtility.HtmlDecode(await AskTextAsync(hub, new TraceQuestion(Id: ids[1].ToString(), Purpose: "<script>alert(1)</script>"), $"as=html&lang={language}"));
            var again = await AskTextAsync(hub, new TraceQuestion(Id: ids[1].ToString(), Purpose: "tilsyn"), $"as=html&lang={language}");
            var story = await AskTextAsync(hub, new TraceQuestion(Id: ids[1].ToString(), Purpose: "tilsyn"), $"as=story&lang={language}");

            Assert.Contains(sentence, html, StringComparison.Ordinal);
            Assert.Contains(sentence, story, StringComparison.Ordinal);
            Assert.Contains($"<html lang=\"{language}\">", again, StringComparison.Ordinal);
            // What only who checks will read stands behind everything else, and on paper only.
            Assert.True(again.IndexOf("<pre>", StringComparison.Ordinal) > again.LastIndexOf("<blockquote>", StringComparison.Ordinal));
            Assert.DoesNotContain("resourceType", story, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", again, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", again, StringComparison.Ordinal);
            Assert.All([again, story], text => Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, text, StringComparison.Ordinal));
        }
    }

    public static TheoryData<string, int, string> Unanswerable => new()
    {
        { """{"device":"ZZ000201"}""", 400, "VKP-701" },
        { """{"patient":{"value":"12345678901"}}""", 400, "VKP-702" },
        { "{}", 400, "VKP-703" },
        { """{"from":"2026-02-14T00:00:00Z"}""", 400, "VKP-703" },
        { """{"id":"no such thing"}""", 404, "VKP-705" },
        { """{"id":"x","orgNo":"1"}""", 404, "VKP-401" },
    };

    [Fact]
    public async Task A_question_that_cannot_be_answered_is_refused_with_its_code_and_never_repeated()
    {
        await using var hub = await TestHub.StartAsync();

        foreach (var (question, status, code) in Unanswerable.Select(row => row.Data))
        {
            using var answer = await hub.AdminAsync(HttpMethod.Post, "admin/trace", new StringContent(question, Encoding.UTF8, "application/json"));

            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal((status, code), ((int)answer.StatusCode, (string?)JsonNode.Parse(text)!["code"]));
            Assert.DoesNotContain("12345678901", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_text_of_the_report_is_there_in_every_language_and_every_fact_and_kind_of_event_has_one()
    {
        Assert.All(ReportTexts.Keys, text => Assert.Equal(ReportTexts.Languages.Order(), text.Value.Keys.Order()));
        Assert.All(ReportTexts.Keys.SelectMany(text => text.Value.Values), text => Assert.NotEmpty(text));
        var facts = typeof(MessageEvents).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
        Assert.All(facts, fact => Assert.Contains($"event.{fact}", ReportTexts.Keys.Keys));
        Assert.All(VendorCatalog.All.SelectMany(vendor => vendor.Kinds), kind => Assert.Contains($"kind.{kind.Name}", ReportTexts.Keys.Keys));
    }

    /// <summary>A missed dose that opens a case, and the word that closes it.</summary>
    private static async Task<(IReadOnlyList<Guid> Ids, string CaseId)> AlertAndClosingAsync(TestHub hub)
    {
        var missed = TestHub.Event("dose.notTaken");
        var caseId = (string)JsonNode.Parse(missed.Body.Span)!["data"]!["alertId"]!;
        using var first = await hub.PostAsync(missed);
        await hub.RoutedAsync();
        using var second = await hub.PostAsync(TestHub.Event("alert.closed", alerts: [caseId]));
        await hub.UntilAsync(s => s is { Journaled: 1, Settled: 1, Open: 0 });
        return ([IdOf(first), IdOf(second)], caseId);
    }

    private static Guid IdOf(HttpResponseMessage posted) => Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);

    private static async Task<TraceStory> AskAsync(TestHub hub, TraceQuestion question) =>
        JsonSerializer.Deserialize(await AskTextAsync(hub, question, ""), AdminJson.Default.TraceStory)!;

    private static async Task<string> AskTextAsync(TestHub hub, TraceQuestion question, string query)
    {
        using var content = new StringContent(JsonSerializer.Serialize(question, AdminJson.Default.TraceQuestion), Encoding.UTF8, "application/json");
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/trace?{query}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal(query.StartsWith("as=html", StringComparison.Ordinal), answer.Headers.GetValues("Content-Security-Policy").Single().Contains("style-src", StringComparison.Ordinal));
        return text;
    }
}
