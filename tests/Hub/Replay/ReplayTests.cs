using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.Faces;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Tests.Replay;

public sealed class ReplayTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-replay-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_replays_of_one_selection_give_the_same_bytes_signed_by_the_anchors_key_and_nobody_is_sent_anything()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 5);
        var before = hub.Epj.Counters.Messages.Sum(m => m.Received);

        var first = await Replays.ReplayAsync(hub, new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon"));
        var second = await Replays.ReplayAsync(hub, new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon igjen"));

        Assert.Equal(first.Report, second.Report);
        var result = JsonNode.Parse(first.Report)!["result"]!;
        Assert.Equal((5L, 5L, 0L), ((long)result["messages"]!, (long)result["unchanged"]!, (long)result["changed"]!));
        using var key = ECDsa.Create();
        key.ImportFromPem(first.PublicKey);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(first.Report), Convert.FromBase64String(first.Signature), HashAlgorithmName.SHA256));
        Assert.False(key.VerifyData(Encoding.UTF8.GetBytes(first.Report.Replace("\"messages\":5", "\"messages\":6", StringComparison.Ordinal)), Convert.FromBase64String(first.Signature), HashAlgorithmName.SHA256));
        Assert.Equal(before, hub.Epj.Counters.Messages.Sum(m => m.Received));
    }

    [Fact]
    public async Task A_later_translator_shows_what_it_changes_by_kind_with_examples_and_no_values()
    {
        await using var hub = await TestHub.StartAsync();
        var ids = await PostAsync(hub, 3);
        await hub.StopAsync();
        await using var bench = new ReplayBench(hub, [new LaterAdapter(Evondos, Louder)], folder);

        var report = JsonNode.Parse((await bench.FinishAsync(await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "ny oversetter")))).Report)!["result"]!;

        Assert.Equal(3L, (long)report["changed"]!);
        var (change, count) = Assert.Single(report["changes"]!.AsObject());
        Assert.Equal("evondos-style dose.dispensed: MedicationDispense.note added", change);
        Assert.Equal(ids.Select(id => id.ToString()), count!["examples"]!.AsArray().Select(id => (string)id!));
        Assert.Equal($"evondos-style {Evondos.Info.Version} -> {Evondos.Info.MajorVersion}.{Evondos.Info.MinorVersion + 1}", report["translators"]!.AsObject().Single().Key);
        Assert.DoesNotContain("HØYERE", report.ToJsonString(), StringComparison.Ordinal);

        // At one message a second it rests after each, and whoever looks earlier finds it resting.
        var slow = await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "ny oversetter", Rate: 1));
        var rest = TimeSpan.Zero;
        while (rest <= TimeSpan.Zero) rest = await bench.Engine.RunOnceAsync(default);
        Assert.InRange(rest, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        await bench.Engine.RunOnceAsync(default);
        Assert.Equal(1, (await bench.StatusAsync(slow)).Messages);
    }

    [Fact]
    public async Task A_replay_killed_ten_times_in_the_middle_of_a_page_comes_to_the_same_report()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 12);
        await hub.StopAsync();
        // A page of one event: every message is a page to die in.
        var request = new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 4);
        await using var database = ReplayBench.Connect(hub);
        string undisturbed;
        Guid id;
        await using (var bench = new ReplayBench(hub, [Evondos], folder, database: database))
        {
            undisturbed = (await bench.FinishAsync(await bench.StartAsync(request with { Rate = 0 }))).Report;
            id = await bench.StartAsync(request);
        }

        for (var kills = 0; kills < 10;)
        {
            using var death = new CancellationTokenSource();
            await using var life = new ReplayBench(hub, [new DyingAdapter(Evondos, death.Cancel)], folder, database: database);
            try
            {
                await life.Engine.RunOnceAsync(death.Token);
                // It lived through a page without messages; the next one goes on.
            }
            catch (OperationCanceledException)
            {
                kills++;
                await using var next = new ReplayBench(hub, [Evondos], folder, database: database);
                Assert.Equal((ReplayStates.Running, kills - 1L), ((await next.StatusAsync(id)).State, (await next.StatusAsync(id)).Messages));
                await next.Engine.RunOnceAsync(default);
            }
        }

        await using var last = new ReplayBench(hub, [Evondos], folder, database: database);
        Assert.Equal(undisturbed, (await last.FinishAsync(id)).Report);
    }

    [Theory]
    [InlineData(ReplayStates.Running, 4000, 1000, 200, 16.0)]
    [InlineData(ReplayStates.Paused, 4000, 1000, 200, 16.0)]
    [InlineData(ReplayStates.Running, 4000, 1000, 1200, 0.0)]
    [InlineData(ReplayStates.Running, 999, 1000, 200, null)]
    [InlineData(ReplayStates.Running, 4000, 1000, 0, null)]
    [InlineData(ReplayStates.Completed, 4000, 1000, 200, null)]
    public void The_time_left_is_told_from_the_pace_so_far_and_not_before_there_is_one(string state, long workedMs, long estimate, long messages, double? seconds) =>
        Assert.Equal(seconds, new ReplayRow(1, Guid.Empty, ReplayKinds.Audit, state, 0, 0, estimate, 0, "", workedMs, default, null).SecondsLeft(messages));

    [Fact]
    public async Task An_aborted_replay_has_stopped_when_it_says_so_and_a_paused_one_goes_on_where_it_was()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 12);
        var slow = await Replays.PlanAsync(hub, new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 4));
        Assert.Equal(12, slow.Estimate);
        await Replays.ActAsync(hub, slow, "run");
        await Replays.UntilAsync(hub, slow, s => s.Messages >= 1);

        Assert.Equal("paused", (await Replays.ActAsync(hub, slow, "pause")).State);
        var paused = await Replays.StatusAsync(hub, slow);
        Assert.Equal("running", (await Replays.ActAsync(hub, slow, "resume")).State);
        await Replays.UntilAsync(hub, slow, s => s.Messages > paused.Messages);

        Assert.Equal("aborted", (await Replays.ActAsync(hub, slow, "abort")).State);
        var stopped = await Replays.StatusAsync(hub, slow);
        await PostAsync(hub, 1);
        Assert.Equal(stopped, await Replays.StatusAsync(hub, slow) with { Selection = stopped.Selection });
        Assert.InRange(stopped.Messages, 1, 11);
        Assert.Equal("VKP-712", await Replays.RefusedAsync(hub, HttpMethod.Post, $"admin/replays/{slow.OrgNo}/{slow.ReplayId}/resume"));
        Assert.Equal("VKP-712", await Replays.RefusedAsync(hub, HttpMethod.Get, $"admin/replays/{slow.OrgNo}/{slow.ReplayId}/report"));
        Assert.Equal("VKP-711", await Replays.RefusedAsync(hub, HttpMethod.Get, $"admin/replays/{slow.OrgNo}/{Guid.Empty}"));
    }

    public static TheoryData<string, long> Selections => new()
    {
        { "{}", 4 },
        { $$$"""{"patient":{"value":"{{{SyntheticPeople.All[0].NationalId}}}"}}""", 2 },
        { """{"device":"ZZ000202"}""", 1 },
        { """{"vendor":"evondos-style"}""", 4 },
        { """{"vendor":"alarm-style"}""", 0 },
        { """{"source":"Evondos_Test_Eksempel"}""", 4 },
        { """{"kind":"dose.notTaken"}""", 1 },
        { """{"destination":"epj"}""", 2 },
        { """{"state":"held"}""", 1 },
        { """{"state":"journaled","kind":"dose.dispensed"}""", 2 },
        { """{"from":"2020-01-01T00:00:00Z","to":"2020-01-02T00:00:00Z"}""", 0 },
        { """{"from":"2020-01-01T00:00:00Z"}""", 4 },
    };

    [Fact]
    public async Task Every_way_to_choose_chooses_what_it_says_and_the_estimate_is_right()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 1);
        using var second = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 1));
        using var waiting = await hub.PostAsync(TestHub.Event("dose.notTaken"));
        using var held = await hub.PostAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace("ZZ000201", "ZZ000999", StringComparison.Ordinal)));
        await hub.UntilAsync(s => s is { Journaled: 2 } && s.Held.Count == 1);

        foreach (var (selection, expected) in Selections.Select(row => row.Data))
        {
            var chosen = JsonNode.Parse(selection)!;
            chosen["orgNo"] = TestHub.OrgNo;
            var request = JsonSerializer.Deserialize(chosen.ToJsonString(), AdminJson.Default.ReplayRequest)! with { Purpose = "revisjon" };
            var planned = await Replays.PlanAsync(hub, request);
            await Replays.ActAsync(hub, planned, "run");
            var done = await Replays.UntilAsync(hub, planned, s => s.State == "completed");
            Assert.True(expected == done.Messages, $"{selection}: {done.Messages}");
            if (request.Device is null) Assert.True(expected == planned.Estimate, $"{selection}: estimate {planned.Estimate}");
        }

        var dump = await hub.DumpAsync();
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_message_is_shown_then_and_now_to_whoever_says_why_and_that_is_kept()
    {
        await using var hub = await TestHub.StartAsync();
        var id = (await PostAsync(hub, 1))[0];

        Assert.Equal("VKP-701", await Replays.RefusedAsync(hub, HttpMethod.Get, $"admin/retranslation/{TestHub.OrgNo}/{id}"));
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/retranslation/{TestHub.OrgNo}/{id}?purpose=revisjon");
        var shown = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.RetranslationAnswer)!;

        Assert.Equal(("translated", "translated", 0), (shown.Then, shown.Now, shown.Changes.Count));
        Assert.Equal(shown.OldNote, shown.NewNote);
        Assert.NotEmpty(shown.OldNote);
        using var trace = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{id}");
        var told = JsonSerializer.Deserialize(await trace.Content.ReadAsStringAsync(), AdminJson.Default.TraceAnswer)!;
        Assert.Equal("revisjon", Assert.Single(told.Looked).Purpose);
    }

    [Fact]
    public async Task What_has_been_shredded_is_counted_as_unreadable_and_stops_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 2);
        using var other = await hub.PostAsync(TestHub.Event("dose.dispensed", person: 1));
        await hub.UntilAsync(s => s.Journaled == 3);
        var shredding = new ShreddingRequest(TestHub.OrgNo, new TracePatient(null, SyntheticPeople.All[0].NationalId), "feil pasient");
        using var content = new StringContent(JsonSerializer.Serialize(shredding, AdminJson.Default.ShreddingRequest), Encoding.UTF8, "application/json");
        using var shredded = await hub.AdminAsync(HttpMethod.Post, "admin/shred", content);

        var result = JsonNode.Parse((await Replays.ReplayAsync(hub, new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon"))).Report)!["result"]!;

        Assert.Equal((3L, 1L, 2L), ((long)result["messages"]!, (long)result["unchanged"]!, (long)result["unreadable"]!));
    }

    private static IVendorAdapter Evondos => VendorCatalog.Find("evondos-style")!;

    private static Translation Louder(Translation translation)
    {
        if (translation is not Translation.Translated { Resources: [MedicationDispense dispense, ..] } message) return translation;
        var louder = (MedicationDispense)dispense.DeepCopy();
        louder.Note.Add(new() { Text = "HØYERE" });
        return message with { Resources = [louder, .. message.Resources.Skip(1)] };
    }

    private static async Task<IReadOnlyList<Guid>> PostAsync(TestHub hub, int count)
    {
        var journaled = (await hub.StatusAsync()).Journaled;
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
            ids.Add(Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]));
        }

        await hub.UntilAsync(s => s.Journaled == journaled + count);
        return ids;
    }

    private sealed class DyingAdapter(IVendorAdapter inner, Action translating) : IVendorAdapter
    {
        public IReadOnlyList<VendorEventKind> Kinds => inner.Kinds;

        public AdapterInfo Info => inner.Info;

        public Translation Translate(VendorPayload payload)
        {
            translating();
            return inner.Translate(payload);
        }
    }
}
