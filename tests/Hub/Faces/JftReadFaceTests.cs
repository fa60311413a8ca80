using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Retention;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Faces;

/// <summary>A journal system that fetches its documents and answers what became of them, over real HTTP.</summary>
public class JftReadFaceTests
{
    [Fact]
    public async Task A_document_is_registered_then_read_then_journaled_and_its_sender_sees_each()
    {
        await using var hub = await StartAsync();
        using var posted = await SendAsync(hub, 1, "Skyresponse");
        var location = posted.Headers.Location!.ToString();
        await hub.UntilAsync(s => s.Accepted == 1);
        Assert.Equal("registered", (string?)(await ReadAsync(hub, location, "journaling"))["state"]);

        var fetched = Assert.Single(await FetchAsync(hub, "v1/Composition", 1));
        var read = await UntilAsync(hub, location, "read");
        using var acknowledged = await AnswerAsync(hub, IdOf(fetched), "$journaling-acknowledged");

        Assert.NotNull(read["read"]);
        Assert.Null(read["journaled"]);
        Assert.Equal(HttpStatusCode.Accepted, acknowledged.StatusCode);
        Assert.NotNull((await UntilAsync(hub, acknowledged.Headers.Location!.ToString(), "journaled"))["journaled"]);
        Assert.Equal(location.Split('/')[3], IdOf(fetched));
        Assert.Equal(
            ["https://fhir.jft.nhn.no/parent-organization-number|" + TestHub.OrgNo, "https://fhir.jft.nhn.no/source-client-id|journaling", "https://fhir.jft.nhn.no/source-client-name|Journalforing_Test_Eksempel", "https://fhir.jft.nhn.no/source-system-name|Skyresponse"],
            fetched["meta"]!["tag"]!.AsArray().Select(t => $"{t!["system"]}|{t["code"]}"));
    }

    [Fact]
    public async Task Reading_and_answering_again_change_nothing()
    {
        await using var hub = await StartAsync();
        using var posted = await SendAsync(hub, 1);
        await hub.UntilAsync(s => s.Accepted == 1);
        var first = Assert.Single(await FetchAsync(hub, "v1/Composition", 1));
        var again = Assert.Single(await FetchAsync(hub, "v1/Composition", 1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AnswerAsync(hub, IdOf(first), "$journaling-acknowledged")));

        Assert.True(JsonNode.DeepEquals(first, again));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var timeline = await ReadAsync(hub, posted.Headers.Location!.ToString().Replace("$status", "$timeline", StringComparison.Ordinal), "journaling");
        Assert.Equal(["registered", "read", "journaled"], timeline["steps"]!.AsArray().Select(s => (string)s!["what"]!));
    }

    [Fact]
    public async Task What_was_deleted_under_retention_is_said_to_be_gone_and_never_a_fault_nor_an_empty_list()
    {
        await using var hub = await StartAsync();
        using var posted = await SendAsync(hub, 1);
        await hub.UntilAsync(s => s.Accepted == 1);
        var id = IdOf(Assert.Single(await FetchAsync(hub, "v1/Composition", 1)));
        using var acknowledged = await AnswerAsync(hub, id, "$journaling-acknowledged");
        await hub.UntilAsync(s => s.Journaled == 1);
        await hub.RoutedAsync();
        Assert.Equal(1, await DeletedContent.MakeAsync(hub));
        using var another = await SendAsync(hub, 2);
        await hub.UntilAsync(s => s.Accepted == 2);

        var found = await FetchAsync(hub, "v1/Composition", 2);
        using var alone = await hub.GetAsync($"v1/Composition/{id}", "journal", await hub.TokenAsync("journal", JftFace.Scope));

        Assert.Equal(["Composition", "OperationOutcome"], found.Select(resource => (string)resource["resourceType"]!));
        Assert.Contains("VKP-326", found[1].ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, alone.StatusCode);
        Assert.Contains("deleted under retention, by the run of", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("journaled", (string?)(await ReadAsync(hub, posted.Headers.Location!.ToString(), "journaling"))["state"]);
    }

    [Fact]
    public async Task A_rejection_gives_the_sender_a_coded_reason_and_cannot_be_taken_back_by_the_other_answer()
    {
        await using var hub = await StartAsync();
        using var posted = await SendAsync(hub, 1);
        await hub.UntilAsync(s => s.Accepted == 1);
        var id = IdOf(Assert.Single(await FetchAsync(hub, "v1/Composition", 1)));

        using var rejected = await AnswerAsync(hub, id, "$journaling-rejected", Reason("patient-unknown"));
        using var same = await AnswerAsync(hub, id, "$journaling-rejected", Reason("patient-unknown"));
        using var opposite = await AnswerAsync(hub, id, "$journaling-acknowledged");
        using var unknown = await AnswerAsync(hub, id, "$journaling-rejected", Reason("13717404089"));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.BadRequest), (rejected.StatusCode, same.StatusCode, opposite.StatusCode, unknown.StatusCode));
        Assert.DoesNotContain("13717404089", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var status = await UntilAsync(hub, posted.Headers.Location!.ToString(), "failed");
        Assert.Equal(("VKP-610", true), ((string)status["reason"]!["code"]!, status["failed"] is not null));
    }

    [Fact]
    public async Task Pages_hold_every_document_once_in_order_and_latest_first_turns_them_round()
    {
        await using var hub = await StartAsync();
        var sent = new List<string>();
        for (var number = 1; number <= 7; number++)
        {
            using var posted = await SendAsync(hub, number, number % 2 == 0 ? "even" : "odd");
            sent.Add(posted.Headers.Location!.ToString().Split('/')[3]);
        }

        await hub.UntilAsync(s => s.Accepted == 7);

        Assert.Equal(sent, (await FetchAsync(hub, "v1/Composition?_count=3", 7)).Select(IdOf));
        Assert.Equal(sent.AsEnumerable().Reverse(), (await FetchAsync(hub, "v1/Composition?_count=2&_sort=-_lastUpdated", 7)).Select(IdOf));
        Assert.Equal([sent[1], sent[3], sent[5]], (await FetchAsync(hub, "v1/Composition?_count=2&_tag=https%3A%2F%2Ffhir.jft.nhn.no%2Fsource-system-name%7Ceven", 3)).Select(IdOf));
        Assert.Equal([sent[0], sent[2], sent[4], sent[6]], (await FetchAsync(hub, "v1/Composition?_count=1&_tag:not=even", 4)).Select(IdOf));
    }

    [Fact]
    public async Task Asking_for_what_is_later_than_the_last_one_seen_misses_nothing_of_one_commit()
    {
        await using var hub = await StartAsync();
        var events = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => JsonNode.Parse(TestHub.Event("dose.dispensed").Body.Span))]);
        using var batch = await hub.PostAsync(Encoding.UTF8.GetBytes(events.ToJsonString()));
        await hub.UntilAsync(s => s.Accepted == 20);
        await FetchAsync(hub, "v1/MedicationDispense", 20);

        var seen = new List<string>();
        var after = "2020-01-01";
        while (await SearchOnceAsync(hub, $"v1/MedicationDispense?_count=3&_lastUpdated=gt{after}") is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(IdOf));
            after = (string)page[^1]["meta"]!["lastUpdated"]!;
        }

        Assert.Equal((20, 20), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task A_correction_that_comes_before_anybody_fetched_takes_the_earlier_document_away()
    {
        await using var hub = await StartAsync();
        using var first = await SendAsync(hub, 1);
        var earlier = first.Headers.Location!.ToString();
        using var second = await SendAsync(hub, 2, path: $"Composition/{earlier.Split('/')[3]}/$correct");
        await UntilAsync(hub, earlier, "settled");

        var fetched = Assert.Single(await FetchAsync(hub, "v1/Composition", 1));

        Assert.Equal(second.Headers.Location!.ToString().Split('/')[3], IdOf(fetched));
        Assert.Equal("replaces", (string?)fetched["relatesTo"]![0]!["code"]);
        Assert.Equal("superseded", (string?)(await ReadAsync(hub, earlier, "journaling"))["reason"]!["code"]);
    }

    [Fact]
    public async Task Documents_that_a_case_gathers_are_fetched_as_a_bundle_and_settle_what_they_hold()
    {
        await using var hub = await StartAsync();
        var missed = Guid.CreateVersion7();
        using var opened = await hub.PostAsync(TestHub.Event("dose.notTaken", id: missed));
        using var closed = await hub.PostAsync(TestHub.Event("alert.closed", alerts: [TriggerEvents.AlertIdOf(missed)]));
        var document = Assert.Single(await FetchAsync(hub, "v1/Bundle", 1));
        using var acknowledged = await AnswerAsync(hub, IdOf(document), "$journaling-acknowledged", type: "Bundle");

        Assert.Equal("document", (string?)document["type"]);
        Assert.Equal("Composition", (string?)document["entry"]![0]!["resource"]!["resourceType"]);
        var counts = await hub.UntilAsync(s => s is { Journaled: 1, Settled: 1, Open: 0 });
        Assert.Equal(1, counts.SettledBy["folded-into-case"]);
    }

    [Theory]
    [InlineData("_lastUpdated=lately", "VKP-109")]
    [InlineData("_count=0", "VKP-109")]
    [InlineData("_sort=subject", "VKP-109")]
    [InlineData("cursor=AAAA", "VKP-109")]
    [InlineData("patient=13717404089", "VKP-128")]
    public async Task A_parameter_that_cannot_be_applied_is_refused_and_not_repeated(string query, string code)
    {
        await using var hub = await StartAsync();

        using var answer = await hub.GetAsync($"v1/Composition?{query}", "journal", await hub.TokenAsync("journal", JftFace.Scope));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, text, StringComparison.Ordinal);
        Assert.DoesNotContain("13717404089", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_cannot_fetch_what_journal_systems_fetch()
    {
        await using var hub = await StartAsync();

        using var answer = await hub.GetAsync("v1/Composition", "journaling");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>A silent journal system is no journal system that said yes: first people are told that it does not fetch, then that it does not answer.</summary>
    [Fact]
    public async Task Edge_case_29_A_document_nobody_fetched_within_the_hour_or_answered_within_a_day_is_told_to_people_until_it_is()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await StartAsync(clock);
        using var posted = await SendAsync(hub, 1);
        await hub.UntilAsync(s => s.Accepted == 1);
        Assert.Equal(0, (await hub.StatusAsync()).Overdue.Count);

        clock.Set(TimeProvider.System.GetUtcNow() + Limits.UntakenAfter + TimeSpan.FromMinutes(1));
        var untaken = (await hub.UntilAsync(s => s.Overdue.Count == 1)).Overdue.First[0];
        Assert.Equal(("untaken", "epj", "document.note"), (untaken.Waits, untaken.Destination, untaken.Kind));

        var id = IdOf(Assert.Single(await FetchAsync(hub, "v1/Composition", 1)));
        await UntilAsync(hub, posted.Headers.Location!.ToString(), "read");
        Assert.Equal(0, (await hub.StatusAsync()).Overdue.Count);

        clock.Set(TimeProvider.System.GetUtcNow() + Limits.UntakenAfter + Limits.UnansweredAfter + TimeSpan.FromMinutes(2));
        Assert.Equal("unanswered", (await hub.UntilAsync(s => s.Overdue.Count == 1)).Overdue.First[0].Waits);

        using var acknowledged = await AnswerAsync(hub, id, "$journaling-acknowledged");
        Assert.Equal(HttpStatusCode.Accepted, acknowledged.StatusCode);
        await hub.UntilAsync(s => s is { Journaled: 1, Overdue.Count: 0 });
    }

    private static async Task<TestHub> StartAsync(TimeProvider? clock = null)
    {
        var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, morePatients: "- { identifiers: [ { value: \"13717404089\" } ], services: [ MD, TA, DT, RT, DHO ] }")
            .Replace($"adapter: fhir-messaging, address: \"{hub.Epj.FhirBase}\"", "adapter: jft-pull, settings: { client: journal }", StringComparison.Ordinal));
        return hub;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHub hub, int number, string? system = null, string path = "Composition")
    {
        var body = Repository.ReadText("contracts", "vendors", "jft", "samples", "composition.json").Replace("000000000011", $"0000000009{number:00}", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"v1/{path}")) { Content = new StringContent(body, Encoding.UTF8, "application/fhir+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync("journaling"));
        if (system is not null) request.Headers.Add(JftFace.SourceSystemHeader, system);
        var answer = await hub.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer;
    }

    /// <summary>Everything, page after page; again from the beginning until Routing has offered what was sent. Reading again changes nothing.</summary>
    private static Task<List<JsonNode>> FetchAsync(TestHub hub, string path, int expected) => Asking.UntilAsync(() => FetchOnceAsync(hub, path), all => all.Count >= expected);

    private static async Task<List<JsonNode>> FetchOnceAsync(TestHub hub, string path)
    {
        var (all, next) = (new List<JsonNode>(), (string?)path);
        while (next is not null)
        {
            using var answer = await hub.GetAsync(next, "journal", await hub.TokenAsync("journal", JftFace.Scope));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var bundle = JsonNode.Parse(text)!;
            all.AddRange((bundle["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!.DeepClone()));
            next = (string?)bundle["link"]?[0]?["url"];
        }

        return all;
    }

    private static async Task<List<JsonNode>> SearchOnceAsync(TestHub hub, string path)
    {
        using var answer = await hub.GetAsync(path, "journal", await hub.TokenAsync("journal", JftFace.Scope));
        return [.. (JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!.DeepClone())];
    }

    private static async Task<HttpResponseMessage> AnswerAsync(TestHub hub, string id, string act, string? body = null, string type = "Composition")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"v1/{type}/{id}/{act}"));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hub.TokenAsync("journal", JftFace.Scope));
        return await hub.Http.SendAsync(request);
    }

    private static string Reason(string code) => "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\",\"valueCode\":\"" + code + "\"}]}";

    private static string IdOf(JsonNode resource) => (string)resource["id"]!;

    private static async Task<JsonNode> ReadAsync(TestHub hub, string path, string client)
    {
        using var answer = await hub.GetAsync(path, client, await hub.TokenAsync(client, JftFace.Scope));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<JsonNode> UntilAsync(TestHub hub, string path, string state) => Asking.UntilAsync(() => ReadAsync(hub, path, "journal"), read => (string?)read["state"] == state);
}
