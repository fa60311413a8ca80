using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Faces;

/// <summary>The successor of VKP R4, as its senders meet it, over real HTTP.</summary>
public class JftFaceTests
{
    private const string SamplePerson = "- { identifiers: [ { value: \"13717404089\" } ], services: [ MD, TA, DT, RT, DHO ] }";

    [Theory]
    [InlineData("Bundle")]
    [InlineData("Composition")]
    [InlineData("MedicationDispense")]
    public async Task A_message_is_taken_with_202_and_its_status_follows_it_into_the_journal(string type)
    {
        await using var hub = await StartAsync();

        using var answer = await PostAsync(hub, type, Sample(type));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var status = await ReadAsync(hub, answer.Headers.Location!.ToString());
        Assert.Equal(["registered", "read", "journaled", "failed"], status.AsObject().Select(m => m.Key).Take(4));
        Assert.True(At(status, "registered") <= At(status, "read") && At(status, "read") <= At(status, "journaled"));
        Assert.Null(status["failed"]);
        Assert.StartsWith($"/v1/{type}/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_lenient_face_would_put_right_is_refused_with_its_place_and_not_stored()
    {
        await using var hub = await StartAsync();
        var faulty = Encoding.UTF8.GetString(Sample("Composition")).Replace("\"Operatør 17\"", "\"\"", StringComparison.Ordinal);

        using var answer = await PostAsync(hub, "Composition", Encoding.UTF8.GetBytes(faulty));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var issue = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["issue"]![0]!;
        Assert.Equal("Composition.author[0].display", (string?)issue["expression"]![0]);
        Assert.Equal("VKP-209", (string?)issue["details"]!["coding"]![0]!["code"]);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    [Fact]
    public async Task A_refusal_by_the_journal_system_stands_in_the_status_with_a_code_and_in_the_timeline()
    {
        await using var hub = await StartAsync();
        hub.Epj.SetFaults([new FaultRule { Kind = FaultKind.Refuse }]);

        using var answer = await PostAsync(hub, "MedicationDispense", Sample("MedicationDispense"));

        await hub.UntilAsync(s => s.Failed == 1);
        var location = answer.Headers.Location!.ToString();
        var status = await ReadAsync(hub, location);
        Assert.NotNull(status["failed"]);
        Assert.Null(status["journaled"]);
        Assert.Equal("urn:vkp:error", (string?)status["reason"]!["system"]);
        Assert.Matches("^VKP-5[0-9]{2}$", (string?)status["reason"]!["code"]);
        var steps = (await ReadAsync(hub, location.Replace("$status", "$timeline", StringComparison.Ordinal)))["steps"]!.AsArray();
        Assert.Equal(["registered", "failed"], steps.Select(s => (string)s!["what"]!));
        Assert.Equal("epj", (string?)steps[1]!["destination"]);
    }

    [Fact]
    public async Task A_correction_supersedes_and_both_messages_and_the_journal_say_so()
    {
        await using var hub = await StartAsync();
        using var first = await PostAsync(hub, "Composition", Sample("Composition"));
        await hub.UntilAsync(s => s.Journaled == 1);
        var earlier = first.Headers.Location!.ToString();
        var corrected = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sample("Composition"))
            .Replace("Alt vel.", "Litt urolig.", StringComparison.Ordinal).Replace("000000000011", "000000000099", StringComparison.Ordinal));

        using var second = await PostAsync(hub, earlier[4..].Replace("$status", "$correct", StringComparison.Ordinal), corrected);
        using var again = await PostAsync(hub, earlier[4..].Replace("$status", "$correct", StringComparison.Ordinal), corrected);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (second.StatusCode, again.StatusCode));
        Assert.Equal(second.Headers.Location, again.Headers.Location);
        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });
        var later = second.Headers.Location!.ToString();
        Assert.Equal(later.Split('/')[3], (string?)(await UntilAsync(hub, earlier, s => s["correctedBy"] is not null))["correctedBy"]);
        Assert.Equal(earlier.Split('/')[3], (string?)(await ReadAsync(hub, later))["corrects"]);
        var steps = (await ReadAsync(hub, earlier.Replace("$status", "$timeline", StringComparison.Ordinal)))["steps"]!.AsArray();
        Assert.Equal(1, steps.Count(s => (string?)s!["what"] == "corrected"));
        Assert.Contains(hub.Epj.Journal, entry => entry.Text.Contains("Erstatter et tidligere notat.", StringComparison.Ordinal) && entry.Text.Contains("Litt urolig.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_correction_under_the_same_id_is_a_conflict()
    {
        await using var hub = await StartAsync();
        using var first = await PostAsync(hub, "Composition", Sample("Composition"));
        var correct = first.Headers.Location!.ToString()[4..].Replace("$status", "$correct", StringComparison.Ordinal);

        using var same = await PostAsync(hub, correct, Sample("Composition"));
        using var other = await PostAsync(hub, correct, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sample("Composition")).Replace("Alt vel.", "Uro.", StringComparison.Ordinal)));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (same.StatusCode, other.StatusCode));
        Assert.Contains("VKP-124", await same.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("VKP-110", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Skyresponse 4.2", HttpStatusCode.Accepted)]
    [InlineData("13717404089", HttpStatusCode.BadRequest)]
    public async Task The_named_source_system_is_kept_unless_it_could_be_a_person(string system, HttpStatusCode expected)
    {
        await using var hub = await StartAsync();

        using var answer = await PostAsync(hub, "Composition", Sample("Composition"), system);

        Assert.Equal(expected, answer.StatusCode);
        Assert.DoesNotContain("13717404089", await hub.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vkp_client_does_not_open_the_face_of_another_interface()
    {
        await using var hub = await StartAsync();

        using var answer = await hub.PostAsync(Sample("Composition"), "responses", "v1/Composition");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Edge_case_07_A_strict_sender_of_a_person_who_may_be_real_is_refused_outside_production_with_a_code()
    {
        await using var hub = await StartAsync();
        // Born in 2039, so nobody's; made here, so that the number stands nowhere.
        var unborn = Enumerable.Range(0, 100).Select(end => $"311239950{end:00}").First(number => Vkp.Fhir.NationalIdentityNumber.TryParse(number, out _));

        using var answer = await PostAsync(hub, "Composition", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sample("Composition")).Replace("13717404089", unborn, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var codes = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["issue"]![0]!["details"]!["coding"]!.AsArray().Select(coding => (string?)coding!["code"]);
        Assert.Equal(["VKP-130", "2.1"], codes);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
        Assert.DoesNotContain(unborn, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, morePatients: SamplePerson));
        return hub;
    }

    private static byte[] Sample(string type) => File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "jft", "samples", type.ToLowerInvariant() + ".json"));

    private static async Task<HttpResponseMessage> PostAsync(TestHub hub, string path, byte[] body, string? system = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"v1/{path}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync("journaling"));
        if (system is not null) request.Headers.Add(JftFace.SourceSystemHeader, system);
        return await hub.Http.SendAsync(request);
    }

    private static async Task<JsonNode> ReadAsync(TestHub hub, string path)
    {
        using var answer = await hub.GetAsync(path, "journaling");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<JsonNode> UntilAsync(TestHub hub, string path, Func<JsonNode, bool> wanted) => Asking.UntilAsync(() => ReadAsync(hub, path), wanted);

    private static DateTimeOffset At(JsonNode status, string step) => (DateTimeOffset)status[step]!;
}
