using System.Net;
using System.Text.Json.Nodes;
using Vkp.Fhir.Codes;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Faces;

/// <summary>The national VKP R4 interface, over real HTTP.</summary>
public class VkpFaceTests
{
    /// <summary>The person of the published samples, with every service they are about.</summary>
    private const string SamplePerson = "- { identifiers: [ { value: \"13717404089\" } ], services: [ MD, TA, DT, RT, DHO ] }";

    private static readonly byte[] RealSubmission = File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json"));

    [Theory]
    [InlineData("composition")]
    [InlineData("medicationdispense")]
    [InlineData("encounter")]
    [InlineData("communication")]
    public async Task A_resource_posted_alone_to_the_address_of_its_kind_is_journaled(string kind)
    {
        await using var hub = await StartAsync();

        using var answer = await PostAsync(hub, kind, Sample(kind));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.StartsWith($"/epj/r4/{TestHub.OrgNo}/{kind}/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Equal("13717404089", Assert.Single(hub.Epj.Journal).PatientValue);
    }

    /// <summary>Every payload the national guides describe, in our own words: taken as it is, kept as it was sent, and one note in the journal.</summary>
    public static TheoryData<string> Variants =>
        [.. Directory.GetFiles(Repository.PathOf("contracts", "vendors", "vkp-r4", "samples"), "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .Where(name => !name.EndsWith(".verified", StringComparison.Ordinal) && name != "safety-alarm-follow-up").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task A_variant_of_the_published_examples_passes_unchanged_and_is_journaled(string sample)
    {
        await using var hub = await StartAsync();
        var sent = JsonNode.Parse(Sample(sample))!;
        var kind = ((string)sent["resourceType"]!).ToLowerInvariant();

        using var answer = await PostAsync(hub, kind, Sample(sample));

        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        Assert.Equal("information", (string?)(await ReadAsync(answer))["issue"]![0]!["severity"]);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Single(hub.Epj.Journal);
        using var trace = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{answer.Headers.Location!.ToString().Split('/')[^2]}?purpose=test");
        var kept = JsonNode.Parse(await trace.Content.ReadAsStringAsync())!["fhir"]!.AsArray();
        var resources = kind == "bundle" ? sent["entry"]!.AsArray().Select(entry => entry!["resource"]!) : [sent];
        Assert.All(resources, resource => Assert.Contains(kept, one => JsonNode.DeepEquals(Shown(resource), Shown(one!))));
    }

    /// <summary>As a person is shown it: identity numbers masked; the entry in the journal shows that they were kept. Ids are the hub's.</summary>
    private static JsonNode Shown(JsonNode resource)
    {
        var copy = JsonNode.Parse(Masking.Mask(resource.ToJsonString()))!.AsObject();
        copy.Remove("id");
        return copy;
    }

    [Fact]
    public async Task A_resource_at_the_address_of_another_kind_is_refused_and_not_stored()
    {
        await using var hub = await StartAsync();

        using var answer = await PostAsync(hub, "encounter", Sample("composition"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["VKP-108", "2.4"], Codes(await ReadAsync(answer)));
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    [Fact]
    public async Task A_token_for_one_kind_of_resource_opens_no_other()
    {
        await using var hub = await StartAsync();
        var token = await hub.TokenAsync("responses", VkpFace.BundleScope);

        using var answer = await hub.PostAsync(Sample("communication"), path: $"epj/r4/{TestHub.OrgNo}/communication", token: token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(["VKP-803", "1.5"], Codes(await ReadAsync(answer)));
    }

    [Fact]
    public async Task What_was_put_right_can_be_fetched_again_as_it_was_told()
    {
        await using var hub = await StartAsync();
        using var posted = await PostAsync(hub, "bundle", RealSubmission);
        var told = (await ReadAsync(posted))["issue"]!;
        var message = posted.Headers.Location!.ToString().Split('/')[5];
        await hub.UntilAsync(s => s.Journaled == 1);

        using var one = await hub.GetAsync($"epj/r4/{TestHub.OrgNo}/bundle/{message}/$repairs", "responses");
        using var all = await hub.GetAsync($"epj/r4/{TestHub.OrgNo}/bundle/$repairs", "responses");

        var report = await ReadAsync(one);
        Assert.True(told.AsArray().Count > 3);
        Assert.True(JsonNode.DeepEquals(told, report["issue"]));
        var entry = Assert.Single((await ReadAsync(all))["entry"]!.AsArray())!;
        Assert.Equal($"urn:uuid:{message}", (string?)entry["fullUrl"]);
        Assert.True(JsonNode.DeepEquals(report, entry["resource"]));
    }

    [Fact]
    public async Task A_message_without_faults_is_in_no_repair_report()
    {
        await using var hub = await StartAsync();
        using var posted = await PostAsync(hub, "medicationdispense", Sample("medicationdispense"));
        await hub.UntilAsync(s => s.Journaled == 1);

        using var all = await hub.GetAsync($"epj/r4/{TestHub.OrgNo}/bundle/$repairs", "responses");

        Assert.Null((await ReadAsync(all))["entry"]);
    }

    [Fact]
    public async Task A_sender_sees_nothing_of_another_senders_message()
    {
        await using var hub = await StartAsync();
        using var posted = await PostAsync(hub, "bundle", RealSubmission);
        var message = posted.Headers.Location!.ToString().Split('/')[5];
        await hub.UntilAsync(s => s.Journaled == 1);

        using var own = await hub.GetAsync($"epj/r4/{TestHub.OrgNo}/bundle/{message}/$status", "responses");
        using var another = await hub.GetAsync($"vendors/evondos-style/messages/{message}/$status", "dispensers");

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
    }

    private static async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, morePatients: SamplePerson));
        return hub;
    }

    private static byte[] Sample(string kind) => File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "vkp-r4", "samples", kind + ".json"));

    private static async Task<HttpResponseMessage> PostAsync(TestHub hub, string kind, byte[] body) =>
        await hub.PostAsync(body, path: $"epj/r4/{TestHub.OrgNo}/{kind}", token: await hub.TokenAsync("responses", [.. VkpFace.Scopes]));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>The first issue's codes: the hub's own, then the published one.</summary>
    private static IEnumerable<string> Codes(JsonNode outcome)
    {
        var codings = outcome["issue"]![0]!["details"]!["coding"]!.AsArray();
        Assert.Equal([Systems.HubError, OperationOutcomeCodes.System], codings.Select(c => (string)c!["system"]!));
        return codings.Select(c => (string)c!["code"]!);
    }
}
