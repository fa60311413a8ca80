using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Audit;
using Vkp.Hub.Faces;
using Vkp.Hub.Privacy;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Archive;

public class ArchiveTests
{
    [Fact]
    public async Task A_patients_messages_the_configuration_and_a_queue_are_told_as_they_were_at_a_time()
    {
        await using var hub = await TestHub.StartAsync();
        var before = TimeProvider.System.GetUtcNow();
        using var paused = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=upgrade");
        var first = await PostAsync(hub);
        await hub.RoutedAsync();
        var between = TimeProvider.System.GetUtcNow();
        using var resumed = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/resume");
        await hub.UntilAsync(s => s.Journaled == 1);
        await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 2);

        var then = await TraceAsync(hub, between);
        Assert.Equal((first, "registered"), (then.Messages.Single().MessageId, then.Messages.Single().State));
        Assert.Equal(2, (await TraceAsync(hub, null)).Messages.Count(m => m.State == "journaled"));
        Assert.Equal("VKP-705", await RefusedAsync(hub, before));

        Assert.True((await GetAsync(hub, "config", $"?at={Uri.EscapeDataString(between.ToString("O"))}"))["destinations"]!["epj"]!["paused"]!.GetValue<bool>());
        Assert.False((await GetAsync(hub, "config", ""))["destinations"]!["epj"]!["paused"]!.GetValue<bool>());
        Assert.Equal(0, (int)(await GetAsync(hub, "config", "?at=2020-01-01T00:00:00Z"))["version"]!);

        var queue = await GetAsync(hub, "destinations", $"/epj/queue?at={Uri.EscapeDataString(between.ToString("O"))}");
        Assert.Equal(first.ToString(), (string?)queue["messages"]!.AsArray().Single()!["messageId"]);
        Assert.Empty((await GetAsync(hub, "destinations", "/epj/queue"))["messages"]!.AsArray());
    }

    [Fact]
    public async Task An_export_goes_on_after_any_page_to_the_same_lines_and_leaves_who_took_it()
    {
        await using var hub = await TestHub.StartAsync();
        for (var i = 0; i < 3; i++) await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 3);

        var (whole, _, upTo) = await ExportAsync(hub, 0, null);
        await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 4);
        var (again, position, _) = await ExportAsync(hub, 0, upTo);
        var rest = new StringBuilder();
        // From the middle, as if the first half had been taken and the line had broken.
        var middle = upTo / 2;
        for (var at = middle; at < upTo;)
        {
            (var lines, at, _) = await ExportAsync(hub, at, upTo);
            rest.Append(lines);
        }

        Assert.Equal(3, whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("MedicationDispense", (string?)JsonNode.Parse(line)!["resourceType"]));
        Assert.Contains(SyntheticPeople.All[0].NationalId, whole, StringComparison.Ordinal);
        Assert.Equal((whole, upTo), (again, position));
        Assert.EndsWith(rest.ToString(), whole, StringComparison.Ordinal);
        Assert.Contains("flytting", await hub.DumpAsync(), StringComparison.Ordinal);
        using var without = await hub.AdminAsync(HttpMethod.Get, $"admin/export/{TestHub.OrgNo}/MedicationDispense");
        Assert.Equal("VKP-701", (string?)JsonNode.Parse(await without.Content.ReadAsStringAsync())!["code"]);
    }

    [Fact]
    public async Task A_shredded_patient_is_unreadable_everywhere_the_receipt_says_so_and_the_chain_still_verifies()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await PostAsync(hub);
        await hub.UntilAsync(s => s.Journaled == 1);

        var request = new ShreddingRequest(TestHub.OrgNo, new TracePatient(null, SyntheticPeople.All[0].NationalId), "feil pasient");
        using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.ShreddingRequest), Encoding.UTF8, "application/json");
        using var answer = await hub.AdminAsync(HttpMethod.Post, "admin/shred", content);
        var receipt = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.ShreddingReceipt)!;

        var statement = JsonNode.Parse(receipt.Statement)!;
        Assert.Equal((Shredding.Format, "feil pasient"), ((string)statement["format"]!, (string)statement["reason"]!));
        Assert.True((long)statement["bodies"]! >= 2);
        Assert.Equal((long)statement["bodies"]!, (long)statement["unreadable"]!);
        using var key = ECDsa.Create();
        key.ImportFromPem(receipt.PublicKey);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(receipt.Statement), Convert.FromBase64String(receipt.Signature), HashAlgorithmName.SHA256));
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, receipt.Statement, StringComparison.Ordinal);

        using var trace = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{id}?purpose=tilsyn");
        var told = JsonSerializer.Deserialize(await trace.Content.ReadAsStringAsync(), AdminJson.Default.TraceAnswer)!;
        Assert.Equal((false, "", "journaled"), (told.IsOpened, told.Payload, told.State));
        Assert.Equal("", (await ExportAsync(hub, 0, null)).Lines);
        using var verified = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/verify?tenant={TestHub.OrgNo}");
        Assert.Null(JsonSerializer.Deserialize(await verified.Content.ReadAsStringAsync(), AdminJson.Default.AuditAnswer)!.Break);
    }

    private static async Task<Guid> PostAsync(TestHub hub)
    {
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        return Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);
    }

    private static async Task<TraceStory> TraceAsync(TestHub hub, DateTimeOffset? asOf)
    {
        using var answer = await AskAsync(hub, asOf);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.TraceStory)!;
    }

    private static async Task<string?> RefusedAsync(TestHub hub, DateTimeOffset asOf)
    {
        using var answer = await AskAsync(hub, asOf);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"];
    }

    private static async Task<HttpResponseMessage> AskAsync(TestHub hub, DateTimeOffset? asOf)
    {
        var question = new TraceQuestion(TestHub.OrgNo, Patient: new TracePatient(null, SyntheticPeople.All[0].NationalId)) { AsOf = asOf };
        using var content = new StringContent(JsonSerializer.Serialize(question, AdminJson.Default.TraceQuestion), Encoding.UTF8, "application/json");
        return await hub.AdminAsync(HttpMethod.Post, "admin/trace", content);
    }

    private static async Task<JsonNode> GetAsync(TestHub hub, string what, string rest)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/{what}/{TestHub.OrgNo}{rest}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<(string Lines, long Position, long UpTo)> ExportAsync(TestHub hub, long after, long? upTo)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/export/{TestHub.OrgNo}/MedicationDispense?purpose=flytting&after={after}{(upTo is null ? "" : $"&upTo={upTo}")}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadAsStringAsync(), long.Parse(answer.Headers.GetValues("Vkp-Position").Single()), long.Parse(answer.Headers.GetValues("Vkp-Up-To").Single()));
    }
}
