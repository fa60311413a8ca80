using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.Correcting;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Tests.Replay;

public sealed class CorrectTests : IDisposable
{
    private static readonly ReplayRequest Everything = new(TestHub.OrgNo, Purpose: "ny oversetter", Rate: 0, As: ReplayKinds.Correct);

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-correct-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_a_later_translator_reads_otherwise_is_replaced_in_the_journal_once_for_each_version()
    {
        await using var hub = await TestHub.StartAsync();
        // A dose, and a missed one with its closing: two documents of three messages.
        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        var missed = Guid.CreateVersion7();
        using var alert = await hub.PostAsync(TestHub.Event("dose.notTaken", person: 1, id: missed));
        using var closing = await hub.PostAsync(TestHub.Event("alert.closed", person: 1, alerts: [Vkp.Sandbox.TriggerEvents.AlertIdOf(missed)]));
        await hub.UntilAsync(s => s is { Journaled: 2, Settled: 1, Open: 0 });
        await hub.StopAsync();

        var louder = new LaterAdapter(Evondos, translation => Say(translation, "HØYERE"));
        await using (var bench = new ReplayBench(hub, [louder], folder))
        {
            var rehearsed = await RunAsync(bench, Everything with { DryRun = true });
            var sent = await RunAsync(bench, Everything);
            Assert.Equal((2, 2, 2), Counts(rehearsed));
            Assert.Equal((string?)rehearsed["digest"], (string?)sent["digest"]);
            Assert.Equal(2, (long)sent["documents"]!["corrected"]!);
            Assert.Contains("evondos-style dose.dispensed: MedicationDispense.dosageInstruction added", sent["changes"]!.AsObject().Select(c => c.Key));
            // Again before anything has followed the log: whatever is counted, nothing is stored twice.
            await RunAsync(bench, Everything);
        }

        await hub.RestartAsync();
        // The two corrections beside the two documents they replace, and the folded message.
        await hub.UntilAsync(s => s is { Accepted: 5, Journaled: 4, Settled: 1, Open: 0 });
        var corrections = hub.Epj.Journal.Where(entry => entry.Text.Contains("Rettelse", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, corrections.Count);
        Assert.All(corrections, entry => Assert.Contains("HØYERE", entry.Text, StringComparison.Ordinal));
        Assert.Equal(2, hub.Epj.Journal.Count - corrections.Count);
        await hub.StopAsync();

        await using (var same = new ReplayBench(hub, [louder], folder))
        {
            Assert.Equal(2, (long)(await RunAsync(same, Everything))["documents"]!["left out, corrected by these translators already"]!);
            // What the hub wrote itself was never translated: an audit is about what came in, and so is its estimate.
            var audit = await same.StartAsync(Everything with { As = ReplayKinds.Audit });
            Assert.Equal(3, JsonNode.Parse((await same.FinishAsync(audit)).Report)!["result"]!["messages"]!.GetValue<long>());
            Assert.Equal(3, (await same.StatusAsync(audit)).Estimate);
        }

        // The same content under a later version changes nothing; another content replaces the correction, not what it replaced.
        await using var again = new ReplayBench(hub, [new LaterAdapter(louder, translation => translation)], folder);
        Assert.Equal(2, (long)(await RunAsync(again, Everything))["documents"]!["as it stands"]!);
        await using var third = new ReplayBench(hub, [new LaterAdapter(new LaterAdapter(louder, translation => translation), translation => Say(translation, "LAVERE"))], folder);
        Assert.Equal(2, (long)(await RunAsync(third, Everything))["documents"]!["corrected"]!);
        await hub.RestartAsync();
        await hub.UntilAsync(s => s is { Accepted: 7, Journaled: 6, Open: 0 });
        var id = Guid.Parse(dose.Headers.Location!.ToString().Split('/')[4]);
        using var trace = await Replays.SendAsync(hub, HttpMethod.Get, $"admin/trace/{id}");
        var correctedBy = JsonNode.Parse(await trace.Content.ReadAsStringAsync())!["steps"]!.AsArray().Where(s => (string)s!["what"]! == MessageEvents.Corrected).Select(s => (Guid)s!["other"]!);
        Assert.Equal([Named(1), Named(3)], correctedBy);

        Guid Named(int minor) => CorrectingMessages.IdOf(id, Adapters.Cases.CorrectionKind.Replaced, $"evondos-style {(Evondos.Info with { MinorVersion = Evondos.Info.MinorVersion + minor }).Version}");
    }

    [Fact]
    public async Task What_would_no_longer_be_translated_is_left_to_a_person()
    {
        await using var hub = await TestHub.StartAsync();
        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s.Journaled == 1);
        await hub.StopAsync();
        var silent = new LaterAdapter(Evondos, translation => translation is Translation.Translated t ? new Translation.NothingToJournal(t.Envelope, "policy") : translation);
        await using var bench = new ReplayBench(hub, [silent], folder);

        var result = await RunAsync(bench, Everything);

        Assert.Equal(0, (long)result["sent"]!);
        Assert.Equal(1, (long)result["documents"]!["left to a person, translated would be nothing policy"]!);
    }

    private static IVendorAdapter Evondos => VendorCatalog.Find("evondos-style")!;

    private static Translation Say(Translation translation, string words)
    {
        if (translation is not Translation.Translated message) return translation;
        var first = (Resource)message.Resources[0].DeepCopy();
        if (first is MedicationDispense dispense) dispense.DosageInstruction.Add(new() { Text = words });
        if (first is DetectedIssue issue) issue.Detail += " " + words;
        return message with { Resources = [first, .. message.Resources.Skip(1)] };
    }

    private static async Task<JsonNode> RunAsync(ReplayBench bench, ReplayRequest request) => JsonNode.Parse((await bench.FinishAsync(await bench.StartAsync(request))).Report)!["result"]!;

    private static (int Messages, int Changed, int Sent) Counts(JsonNode result) => ((int)result["messages"]!, (int)result["changed"]!, (int)result["sent"]!);
}
