using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Faces;
using Vkp.Hub.Handover;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Retention;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Archive;

public sealed class HandoverTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-handover-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_journal_system_gets_history_and_live_traffic_in_order_and_once()
    {
        await using var hub = await TestHub.StartAsync(signsIn: false);
        await using var fresh = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "new")), TimeProvider.System, default);
        for (var i = 0; i < 15; i++) await PostAsync(hub, i % 2);
        await hub.UntilAsync(s => s.Journaled == 15);

        // Live traffic before, during and after: from the plan until the handover is approved and done.
        using var isDone = new CancellationTokenSource();
        var live = LiveAsync(hub, isDone.Token);
        var planned = await PlanAsync(hub, fresh, "Kari");
        Assert.Equal("VKP-713", (string?)(await ApproveAsync(hub, planned, "Kari"))["code"]);
        Assert.Empty(fresh.Journal);
        var completed = await ApproveAsync(hub, planned, "Ola");
        await isDone.CancelAsync();
        var posted = 15 + await live;
        for (var i = 0; i < 4; i++, posted++) await PostAsync(hub, i % 2);
        await hub.UntilAsync(s => s.Journaled == posted && s.Open == 0);
        await hub.DeliveredAsync();

        Assert.True(posted > 20, $"only {posted}: no live traffic ran beside the handover");
        Assert.Equal(("completed", "Kari", "Ola"), ((string?)completed["state"], (string?)completed["plannedBy"], (string?)completed["approvedBy"]));
        Assert.All(fresh.Counters.Messages, message => Assert.Equal(1, message.Journaled));
        Assert.Equal(posted, fresh.Journal.Count);
        foreach (var person in SyntheticPeople.All.Take(2)) Assert.Equal(OrderOf(hub.Epj, person), OrderOf(fresh, person));
        // The old journal and the hub's own log agree on that order.
        var log = await OrderOfLogAsync(hub);
        Assert.Equal(posted, log.Sum(stream => stream.Count));
        foreach (var person in SyntheticPeople.All.Take(2)) Assert.Contains(log, stream => stream.SequenceEqual(OrderOf(fresh, person)));
    }

    [Fact]
    public async Task A_handover_leaves_out_what_was_deleted_and_approved_twice_copies_nothing_twice()
    {
        await using var hub = await TestHub.StartAsync(signsIn: false);
        await using var fresh = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "new")), TimeProvider.System, default);
        for (var i = 0; i < 2; i++) await PostAsync(hub, 0);
        await hub.UntilAsync(s => s.Journaled == 2);
        await hub.DeliveredAsync();
        Assert.Equal(2, await DeletedContent.MakeAsync(hub));
        for (var i = 0; i < 3; i++) await PostAsync(hub, 0);
        await hub.UntilAsync(s => s.Journaled == 5);
        var planned = await PlanAsync(hub, fresh, "Kari");
        Assert.Equal(3, planned.Messages);

        await ApproveAsync(hub, planned, "Ola");
        await ApproveAsync(hub, planned, "Per");

        await fresh.WaitForJournaledAsync(3, default);
        await hub.DeliveredAsync();
        Assert.Equal([1, 1, 1], fresh.Counters.Messages.Select(m => m.Received));
    }

    /// <summary>What stands in the journal about one person, in the order it was written.</summary>
    private static List<string> OrderOf(SimulatedEpj epj, SyntheticPerson person) =>
        [.. epj.Journal.Where(entry => entry.PatientValue == person.NationalId).OrderBy(entry => entry.Sequence).Select(entry => entry.MessageHeaderId)];

    /// <summary>By patient's stream, the messages as the log has them.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> OrderOfLogAsync(TestHub hub)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var command = superuser.CreateCommand(
            $"select array_agg(metadata::jsonb ->> 'messageId' order by position) from \"{hub.Database.Schema}\".event where type = 'MessageAccepted' and tenant = {TestHub.OrgNo} group by stream");
        await using var reader = await command.ExecuteReaderAsync();
        var streams = new List<IReadOnlyList<string>>();
        while (await reader.ReadAsync()) streams.Add(reader.GetFieldValue<string[]>(0));
        return streams;
    }

    private static async Task<int> LiveAsync(TestHub hub, CancellationToken ct)
    {
        var count = 0;
        while (!ct.IsCancellationRequested) await PostAsync(hub, count++ % 2);
        return count;
    }

    private static async Task PostAsync(TestHub hub, int person)
    {
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed", person));
        Assert.True(posted.IsSuccessStatusCode);
    }

    private static async Task<HandoverStatus> PlanAsync(TestHub hub, SimulatedEpj fresh, string author)
    {
        var request = new HandoverRequest(TestHub.OrgNo, "epj", "ny", "fhir-messaging", fresh.FhirBase.ToString(), Purpose: "nytt journalsystem");
        var answer = await AsAsync(hub, author, "admin/handovers", JsonSerializer.Serialize(request, AdminJson.Default.HandoverRequest));
        return JsonSerializer.Deserialize(answer, AdminJson.Default.HandoverStatus)!;
    }

    private static async Task<JsonNode> ApproveAsync(TestHub hub, HandoverStatus planned, string author) =>
        JsonNode.Parse(await AsAsync(hub, author, $"admin/handovers/{planned.OrgNo}/{planned.HandoverId}/approve", null))!;

    private static async Task<string> AsAsync(TestHub hub, string author, string path, string? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestHub.AdminToken);
        request.Headers.Add("X-Vkp-Author", author);
        using var answer = await hub.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
