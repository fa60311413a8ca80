using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Registry;

/// <summary>The configuration as a file, in both directions, and what a file may not do.</summary>
public sealed class ConfigurationTests
{
    private const string Policy = """{ serviceGate: registry, heldHours: 12, retentionDays: 400, journaling: { "*": each, dose.dispensed: deviationsOnly }, escalation: { alarmMinutes: 5, mail: { alarm: "vakt@example.org leder@example.org" }, webhook: "https://vakt.example.org/kall" } }""";

    [Fact]
    public async Task An_exported_configuration_planned_again_changes_nothing_and_says_nobodys_number()
    {
        await using var hub = await TestHub.StartAsync();
        var file = TestHub.Configuration(hub.Epj.FhirBase, Policy, $"- {{ identifiers: [ {{ value: \"{SyntheticPeople.All[4].NationalId}\" }} ], services: [ DT ], devices: [ {{ value: \"77|a\" }} ], from: \"2026-02-03T04:05:06+01:00\" }}")
            .Replace("vendor: vkp-r4,", "vendor: vkp-r4, serviceCodes: [ TA, RT ], reports: [ TA ], responseCentre: Natt, requestsPerSecond: 7, webhookSecrets: [ \"env:VKP_TEST_A\", \"env:VKP_TEST_B\" ],", StringComparison.Ordinal);
        await hub.ConfigureAsync(file);

        foreach (var orgNo in (string[])[TestHub.OrgNo, TestHub.OtherOrgNo])
        {
            var exported = await ExportAsync(hub, orgNo);

            Assert.All(SyntheticPeople.All, person => Assert.DoesNotContain(person.NationalId, exported, StringComparison.Ordinal));
            Assert.Empty(await ChangesAsync(hub, "plan", exported));
        }

        // What somebody did meanwhile is undone by the file that was exported before.
        var before = await ExportAsync(hub, TestHub.OrgNo);
        var changed = file.Replace("alarmMinutes: 5", "alarmMinutes: 6", StringComparison.Ordinal).Replace("- { identifiers: [ { system: \"http://cosdoc.dips.no/lopenummer\", value: \"1302\" } ], services: [ TA, RT ] }", "", StringComparison.Ordinal);
        Assert.Equal(3, (await ChangesAsync(hub, "apply", changed)).Count);
        Assert.Equal(3, (await ChangesAsync(hub, "apply", before)).Count);
        Assert.Empty(await ChangesAsync(hub, "plan", file));
    }

    [Fact]
    public async Task Every_change_is_told_with_its_author_and_a_stream_of_elsewhere_is_nobodys()
    {
        await using var hub = await TestHub.StartAsync();
        using var paused = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=oppgradering");

        using var told = await hub.AdminAsync(HttpMethod.Get, $"admin/config/{TestHub.OrgNo}/history");
        var lines = JsonNode.Parse(await told.Content.ReadAsStringAsync())!.AsArray();
        var elsewhere = (await ExportAsync(hub, TestHub.OtherOrgNo)).Split('\n').Single(line => line.Contains("stream:", StringComparison.Ordinal)).Split(':')[1].Trim();
        var borrowed = hub.CurrentConfiguration[..hub.CurrentConfiguration.IndexOf($"  - orgNo: \"{TestHub.OtherOrgNo}\"", StringComparison.Ordinal)] + $"      - {{ stream: {elsewhere}, services: [ TA ] }}\n";
        using var refused = await SendAsync(hub, "apply", borrowed);

        Assert.Equal("+ municipality 'Eksempel kommune'", (string?)lines[0]!["change"]);
        Assert.Equal(("~ destination epj paused: oppgradering", "admin"), ((string?)lines[^1]!["change"], (string?)lines[^1]!["author"]));
        Assert.All(lines, line => Assert.NotNull(line!["at"]));
        Assert.Equal((HttpStatusCode.BadRequest, "VKP-407"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Fact]
    public async Task A_file_that_would_orphan_messages_is_refused_and_changes_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var paused = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause");
        using var waiting = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        using var open = await hub.PostAsync(TestHub.Event("dose.notTaken"));
        using var held = await hub.PostAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestHub.Event("dose.dispensed", person: 1).Body.Span).Replace("ZZ000202", "ZZ000999", StringComparison.Ordinal)));
        await hub.UntilAsync(s => s.Accepted == 3 && s.Held.Count == 1);
        await Asking.UntilAsync(() => QueueAsync(hub), queue => queue.Count > 0);
        var before = await ExportAsync(hub, TestHub.OrgNo);
        (string Today, string Wanted, string Left)[] files =
        [
            ("name: epj, adapter: fhir-messaging", "name: ny, adapter: fhir-messaging", "destination 'epj' away from municipality '888134574', which has 1 "),
            ($"adapter: fhir-messaging, address: \"{hub.Epj.FhirBase}\"", "adapter: jft-pull, settings: { client: journal }", "destination 'epj' away from municipality '888134574', which has 1 "),
            ("vkpId: Evondos_Test_Eksempel", "vkpId: Evondos_Ny_Eksempel", "the sender 'Evondos_Test_Eksempel' away from municipality '888134574', which has 2 "),
        ];

        foreach (var (today, wanted, left) in files)
        {
            var file = new Regex(Regex.Escape(today), RegexOptions.None, TimeSpan.FromSeconds(1)).Replace(hub.CurrentConfiguration, wanted, 1);
            foreach (var verb in (string[])["plan", "apply"])
            {
                using var refused = await SendAsync(hub, verb, file);
                var said = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
                Assert.Equal((HttpStatusCode.Conflict, "VKP-406"), (refused.StatusCode, (string?)said["code"]));
                Assert.Contains(left, (string?)said["title"], StringComparison.Ordinal);
            }

            Assert.NotEmpty(await ChangesAsync(hub, "plan?leave-open=true", file));
        }

        Assert.Equal(before, await ExportAsync(hub, TestHub.OrgNo));
    }

    [Theory]
    [InlineData("clients:", "clients: ~")]
    [InlineData("clients:", "clients: [ ~ ]")]
    [InlineData("name:", "name:")]
    [InlineData("patients:", "patients: [ { identifiers: [ { value: null } ] } ]")]
    [InlineData("policy:", "policy: { escalation: { mail: { alarm: } } }")]
    [InlineData("policy:", "policy: !!null ''")]
    public void A_value_that_is_none_is_refused_with_its_place(string key, string line)
    {
        var (file, error) = RegistryFile.Read($"municipalities:\n  - orgNo: \"{TestHub.OrgNo}\"\n{(key == "name:" ? "" : "    name: a\n")}    {line}\n");

        Assert.Null(file);
        Assert.Equal("VKP-402", error!.Code);
        Assert.StartsWith("line ", error.Path, StringComparison.Ordinal);
    }

    private static async Task<JsonArray> QueueAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/destinations/{TestHub.OrgNo}/epj/queue");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messages"]!.AsArray();
    }

    private static async Task<string> ExportAsync(TestHub hub, string orgNo)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/config/{orgNo}/export");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Of every municipality of the file.</summary>
    private static async Task<IReadOnlyList<string>> ChangesAsync(TestHub hub, string verb, string file)
    {
        using var answer = await SendAsync(hub, verb, file);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return [.. JsonNode.Parse(text)!.AsArray().SelectMany(m => m!["changes"]!.AsArray()).Select(change => (string)change!)];
    }

    private static Task<HttpResponseMessage> SendAsync(TestHub hub, string verb, string file) => hub.AdminAsync(HttpMethod.Post, $"admin/config/{verb}", new StringContent(file, Encoding.UTF8, "application/yaml"));

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"];
}
