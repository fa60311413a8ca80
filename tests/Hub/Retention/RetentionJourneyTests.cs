using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Vkp.Hub.Faces;
using Vkp.Hub.Retention;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Retention;

/// <summary>A municipality that keeps content for a year, a year and a day later.</summary>
public sealed class RetentionJourneyTests : IDisposable
{
    private const string Address = $"admin/retention/{TestHub.OrgNo}";

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-retention-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_is_finished_and_too_old_is_deleted_with_a_receipt_and_everybody_who_asks_for_it_is_told_so()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        var sent = TestHub.Event("dose.dispensed");
        var id = await IdOfAsync(await hub.PostAsync(sent));
        await IdOfAsync(await hub.PostAsync(TestHub.Event("dose.dispensed")));
        await IdOfAsync(await hub.PostAsync(TestHub.Event("dose.notTaken", person: 1)));
        await hub.UntilAsync(s => s.Journaled == 2);
        await hub.RoutedAsync();

        // Nothing is deleted that nobody decided; and nobody can decide on less than a year.
        Assert.Contains("names no retentionDays", (await PlanAsync(hub)).Waits!, StringComparison.Ordinal);
        using (var refused = await hub.AdminAsync(HttpMethod.Post, "admin/config/apply", Yaml(hub, 364)))
            Assert.Contains("365", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await hub.ConfigureAsync(await Yaml(hub, 365).ReadAsStringAsync());
        Assert.Equal((0, null), (await PlanAsync(hub)) is var young ? (young.Events, young.Waits) : default);

        clock.Set(TimeProvider.System.GetUtcNow().AddDays(366));
        var due = await PlanAsync(hub);
        Assert.Equal((2, 365), (due.Events, due.Days));
        // The missed dose waits for its closing: the patient's stream keeps its bodies.
        Assert.True(due.KeptStreams > 0);
        Assert.Single((await HoldAsync(hub, "hold")).Holds);
        Assert.Equal(0, (await PlanAsync(hub)).Events);
        Assert.Empty((await HoldAsync(hub, "release")).Holds);
        var outcome = await AskAsync(hub, HttpMethod.Post, "/run", AdminJson.Default.RetentionOutcome);
        // Vendors' tokens are of today; a hub does not live through a year that is taken back.
        await hub.StopAsync();
        clock.Set(TimeProvider.System.GetUtcNow());
        await hub.RestartAsync();

        var run = outcome.Run!;
        Assert.Equal(2, run.Events);
        Assert.True(await SignedAsync(hub, run.Signed!.Statement, run.Signed.Signature));
        Assert.Equal(run, Assert.Single((await AskAsync(hub, HttpMethod.Get, "", AdminJson.Default.RetentionStatus)).Runs));
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, run.Signed.Statement, StringComparison.Ordinal);

        await TellsItAsync(hub, id, run.Receipt);
        await VerifiesAsync(hub);

        // The same event again is the same message, and the patient is still found by what came first.
        Assert.Equal(id, await IdOfAsync(await hub.PostAsync(sent)));
        await IdOfAsync(await hub.PostAsync(TestHub.Event("dose.dispensed")));
        await hub.UntilAsync(s => s.Journaled == 3);
    }

    private static async Task TellsItAsync(TestHub hub, Guid id, Guid receipt)
    {
        using var trace = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{id}?purpose=tilsyn");
        var told = JsonSerializer.Deserialize(await trace.Content.ReadAsStringAsync(), AdminJson.Default.TraceAnswer)!;
        Assert.Equal(("journaled", false, receipt), (told.State, told.IsOpened, told.Deleted!.Receipt));
        Assert.InRange(told.Deleted.RunOf, TimeProvider.System.GetUtcNow().AddDays(365), TimeProvider.System.GetUtcNow().AddDays(367));

        using var again = await hub.AdminAsync(HttpMethod.Get, $"admin/retranslation/{TestHub.OrgNo}/{id}?purpose=tilsyn");
        Assert.Equal(404, (int)again.StatusCode);
        Assert.Contains($"receipt {receipt}", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var export = await hub.AdminAsync(HttpMethod.Get, $"admin/export/{TestHub.OrgNo}/MedicationDispense?purpose=flytting");
        Assert.Equal(("2", ""), (export.Headers.GetValues("Vkp-Deleted").Single(), await export.Content.ReadAsStringAsync()));
    }

    /// <summary>By the hub, and by a verifier that shares no code with it and finds a receipt that was changed.</summary>
    private async Task VerifiesAsync(TestHub hub)
    {
        using var verified = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/verify?tenant={TestHub.OrgNo}");
        var answer = JsonSerializer.Deserialize(await verified.Content.ReadAsStringAsync(), AdminJson.Default.AuditAnswer)!;
        Assert.Equal((null, 2L, 1), (answer.Break, answer.BodiesRemoved, answer.Receipts));

        using var exported = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/export/{TestHub.OrgNo}");
        var package = await exported.Content.ReadAsStringAsync();
        Assert.Contains("2 bodies removed under 1 receipts", await VerifyAsync(package), StringComparison.Ordinal);
        var another = package.Replace("""\\\"events\\\":2""", """\\\"events\\\":1""", StringComparison.Ordinal);
        Assert.NotEqual(package, another);
        Assert.Contains("is not signed by this key", await VerifyAsync(another), StringComparison.Ordinal);
        var line = package.Split('\n').First(l => l.Contains("removedBodySha256", StringComparison.Ordinal));
        var unspoken = line[..line.LastIndexOf(",\"receipt\"", StringComparison.Ordinal)] + "}";
        Assert.Contains("no receipt speaks for it", await VerifyAsync(package.Replace(line, unspoken, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private async Task<string> VerifyAsync(string package)
    {
        var file = Path.Combine(folder, "package.ndjson");
        await File.WriteAllTextAsync(file, package, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardOutput = true, ArgumentList = { Repository.PathOf("tools", "VerifyAudit", "verify.py"), file } };
        using var python = Process.Start(start)!;
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return said;
    }

    private static async Task<bool> SignedAsync(TestHub hub, string statement, string signature)
    {
        using var exported = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/export/{TestHub.OrgNo}");
        using var key = ECDsa.Create();
        key.ImportFromPem((string)JsonNode.Parse((await exported.Content.ReadAsStringAsync()).Split('\n')[0])!["anchorKey"]!);
        return key.VerifyData(Encoding.UTF8.GetBytes(statement), Convert.FromBase64String(signature), HashAlgorithmName.SHA256);
    }

    private static StringContent Yaml(TestHub hub, int days) =>
        new(TestHub.Configuration(hub.Epj.FhirBase, $"{{ serviceGate: registry, retentionDays: {days} }}"), Encoding.UTF8, "application/yaml");

    private static Task<RetentionEstimate> PlanAsync(TestHub hub) => AskAsync(hub, HttpMethod.Get, "/plan", AdminJson.Default.RetentionEstimate);

    private static async Task<RetentionStatus> HoldAsync(TestHub hub, string act)
    {
        var request = new RetentionHoldRequest("klagesak", new TracePatient(null, SyntheticPeople.All[0].NationalId));
        using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.RetentionHoldRequest), Encoding.UTF8, "application/json");
        return await AskAsync(hub, HttpMethod.Post, $"/{act}", AdminJson.Default.RetentionStatus, content);
    }

    private static async Task<T> AskAsync<T>(TestHub hub, HttpMethod method, string path, JsonTypeInfo<T> type, HttpContent? content = null)
    {
        using var answer = await hub.AdminAsync(method, Address + path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, type)!;
    }

    private static async Task<Guid> IdOfAsync(HttpResponseMessage posted)
    {
        using (posted)
        {
            Assert.True(posted.IsSuccessStatusCode, await posted.Content.ReadAsStringAsync());
            return Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);
        }
    }
}
