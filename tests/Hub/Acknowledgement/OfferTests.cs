using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Notifications;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Acknowledgement;

/// <summary>What a journal system that fetches must be able to rely on when people and other journal systems act at the same time.</summary>
public class OfferTests
{
    [Fact]
    public async Task A_document_that_a_person_offers_again_is_later_than_all_that_was_seen_stands_once_in_the_list_and_rings_again()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await subscriber.SubscribeAsync(subscriber.Asked());
        var rejected = await subscriber.MessageAsync(1);
        var other = await subscriber.MessageAsync(2);
        var seen = await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 2);
        var list = await FetchAsync(subscriber, "v1/Composition");
        var last = (string)list[^1]["meta"]!["lastUpdated"]!;
        using (var answer = await AnswerAsync(subscriber.Hub, $"v1/Composition/{rejected}/$journaling-rejected", """{"resourceType":"Parameters","parameter":[{"name":"reason","valueCode":"patient-unknown"}]}"""))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await FetchAsync(subscriber, $"v1/Composition?_lastUpdated=gt{last}"));

        var selection = new DeadLetterSelection(TestHub.OrgNo, null, null, [Guid.Parse(rejected)], "test");
        using var content = new StringContent(JsonSerializer.Serialize(selection, AdminJson.Default.DeadLetterSelection), Encoding.UTF8, "application/json");
        using (var retried = await subscriber.Hub.AdminAsync(HttpMethod.Post, "admin/dead-letters/retry?apply=true", content)) Assert.Equal(HttpStatusCode.OK, retried.StatusCode);

        Assert.Equal([rejected], (await FetchAsync(subscriber, $"v1/Composition?_lastUpdated=gt{last}")).Select(IdOf));
        Assert.Equal([other, rejected], (await FetchAsync(subscriber, "v1/Composition")).Select(IdOf));
        Assert.Equal([rejected, other], (await FetchAsync(subscriber, "v1/Composition?_sort=-_lastUpdated")).Select(IdOf));
        var told = await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 3);
        Assert.Equal([1, 2, 3], told.SelectMany(notification => notification.Numbers));
        Assert.Equal($"Composition/{rejected}", told[^1].Focuses.Single());
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task A_message_that_two_journal_systems_finish_at_the_same_instant_is_journaled()
    {
        await using var hub = await TestHub.StartAsync();
        var push = $"adapter: fhir-messaging, address: \"{hub.Epj.FhirBase}\" }}";
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase).Replace(push, $"{push}, {{ name: fetching, adapter: jft-pull, settings: {{ client: journal }} }}", StringComparison.Ordinal));
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Slow, DelayMilliseconds = 4000, Times = 1 });
        using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        var id = (string)JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["messageId"]!;
        await hub.Epj.WaitForRequestsAsync(1, default);

        // Both have counted what is open, and both wait to write their facts, before either is committed.
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var holder = await superuser.OpenConnectionAsync();
        var head = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"select from \"{hub.Database.Schema}\".log_head where tenant = {TestHub.OrgNo} for update", holder)) await hold.ExecuteNonQueryAsync();
        await UntilWaitingAsync(superuser, holder.ProcessID, 1);
        var answering = AnswerAsync(hub, $"v1/MedicationDispense/{id}/$journaling-acknowledged");
        await UntilWaitingAsync(superuser, holder.ProcessID, 2);
        await head.RollbackAsync();

        using var answer = await answering;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Single(hub.Epj.Journal);
    }

    private static Task UntilWaitingAsync(NpgsqlDataSource database, int holder, long processes) => Asking.UntilAsync(
        async () =>
        {
            await using var command = database.CreateCommand("""
                with recursive waiting as (
                  select pid from pg_stat_activity where $1 = any (pg_blocking_pids(pid))
                  union
                  select a.pid from pg_stat_activity a join waiting w on w.pid = any (pg_blocking_pids(a.pid))
                )
                select count(*) from waiting
                """);
            command.Parameters.Add(new() { Value = holder });
            return (long)(await command.ExecuteScalarAsync())!;
        }, waiting => waiting >= processes);

    private static async Task<List<JsonNode>> FetchAsync(Subscriber subscriber, string path) =>
        [.. ((await subscriber.GetAsync(path))["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!)];

    private static async Task<HttpResponseMessage> AnswerAsync(TestHub hub, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        request.Headers.Authorization = new("Bearer", await hub.TokenAsync("journal", JftFace.Scope));
        return await hub.Http.SendAsync(request);
    }

    private static string IdOf(JsonNode resource) => (string)resource["id"]!;
}
