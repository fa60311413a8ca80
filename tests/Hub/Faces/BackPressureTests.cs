using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Faces;

/// <summary>More than the hub can store at the moment: said with a hint when to return, and nothing of it lost.</summary>
public class BackPressureTests
{
    private const int BatchEvents = 100;

    /// <summary>The municipality's log is held, so that what is posted piles up before the store until no more is kept waiting.</summary>
    [Fact]
    public async Task More_than_is_kept_waiting_is_answered_503_with_when_to_return_and_every_event_is_stored_once_in_the_end()
    {
        const int batches = (int)(Limits.ListBytesWaitingMax / 1_000_000) + Limits.ListsAtOnceMax + 4;
        await using var hub = await TestHub.StartAsync();
        var token = await hub.TokenAsync("dispensers");
        var bodies = Enumerable.Range(0, batches).Select(Batch).ToList();

        HttpResponseMessage[] answers;
        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var holder = await superuser.OpenConnectionAsync())
        await using (var held = await holder.BeginTransactionAsync())
        {
            await using (var hold = new NpgsqlCommand($"select 1 from \"{hub.Database.Schema}\".log_head for update", holder, held)) await hold.ExecuteNonQueryAsync();
            var posts = bodies.Select(body => hub.PostAsync(body, token: token)).ToList();
            // Nothing can be stored yet, so the first answer is a refusal.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await await Task.WhenAny(posts)).StatusCode);
            await held.RollbackAsync();
            answers = await Task.WhenAll(posts);
        }

        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Equal("VKP-303", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]);
        }

        // As every vendor does: what was not taken is sent again, and so is what the vendor is not sure of.
        foreach (var body in bodies)
        {
            using var again = await hub.PostAsync(body, token: token);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.All(JsonNode.Parse(await again.Content.ReadAsStringAsync())!.AsArray(), entry => Assert.Equal(202, (int)entry!["status"]!));
        }

        // The log itself is asked: what the rooms behind it make of the events is not what this is about.
        await using (var log = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var count = log.CreateCommand($"select count(*), count(distinct key_hash) from \"{hub.Database.Schema}\".event where type = 'MessageAccepted'"))
        await using (var counted = await count.ExecuteReaderAsync())
        {
            Assert.True(await counted.ReadAsync());
            Assert.Equal((batches * BatchEvents, batches * BatchEvents), (counted.GetInt64(0), counted.GetInt64(1)));
        }

        Array.ForEach(answers, answer => answer.Dispose());
    }

    /// <summary>A megabyte of events with nothing to journal, so that only the store is busy.</summary>
    private static byte[] Batch(int number)
    {
        var padding = new string('x', (1_000_000 / BatchEvents) - 250);
        var events = Enumerable.Range(0, BatchEvents).Select(i => $$"""
            {"eventId":"{{number}}-{{i}}","eventType":"service.test","schemaVersion":"1.0","occurredAt":"2026-05-11T08:00:00+02:00","sentAt":"2026-05-11T08:00:00+02:00","tenant":{"municipalityOrgNo":"{{TestHub.OrgNo}}","unit":"Test"},"environment":"test","padding":"{{padding}}","data":{"device":{"serial":"ZZ000201" } } }
            """);
        return Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
    }
}
