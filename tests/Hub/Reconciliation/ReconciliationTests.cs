using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Adapters.Notes;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Reconciliation;

/// <summary>A day counted at the hub, against what a sender counts by itself.</summary>
public class ReconciliationTests
{
    [Fact]
    public async Task A_senders_own_list_of_the_ids_it_was_answered_with_has_the_hash_the_hub_tells()
    {
        await using var hub = await TestHub.StartAsync();
        var ids = new List<string>();
        for (var number = 0; number < 5; number++) ids.Add(await SendAsync(hub, number < 4 ? "dose.dispensed" : "dose.notTaken"));
        await hub.UntilAsync(s => s is { Accepted: 5, Journaled: 4 });

        var today = await DayAsync(hub, NorwegianTime.Day(TimeProvider.System.GetUtcNow()));

        var sender = today.Single(party => (string?)party["role"] == "sender");
        Assert.Equal(("Evondos_Test_Eksempel", 5, 4, 0, 1), ((string?)sender["party"], (int)sender["accepted"]!, (int)sender["journaled"]!, (int)sender["failed"]!, (int)sender["open"]!));
        Assert.Equal(HashOf(ids), (string?)sender["acceptedHash"]);
        Assert.Equal(HashOf(ids.Take(4)), (string?)sender["journaledHash"]);
        var epj = today.Single(party => (string?)party["role"] == "destination");
        Assert.Equal(("epj", 4, HashOf(ids.Take(4))), ((string?)epj["party"], (int)epj["delivered"]!, (string?)epj["journaledHash"]));
        Assert.NotEqual(HashOf(ids.Skip(1)), (string?)sender["acceptedHash"]);
    }

    [Fact]
    public async Task Another_day_has_nothing_and_what_is_no_day_is_refused()
    {
        await using var hub = await TestHub.StartAsync();
        await SendAsync(hub, "dose.dispensed");

        Assert.Empty(await DayAsync(hub, NorwegianTime.Day(TimeProvider.System.GetUtcNow()).AddDays(-1)));
        using var wrong = await hub.AdminAsync(HttpMethod.Get, "admin/reconciliation?day=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    /// <summary>As the page tells the other end to make it.</summary>
    private static string HashOf(IEnumerable<string> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(ids.Order(StringComparer.Ordinal).Select(id => id + "\n")))));

    private static async Task<string> SendAsync(TestHub hub, string type)
    {
        using var answer = await hub.PostAsync(TestHub.Event(type));
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;
    }

    private static async Task<IReadOnlyList<JsonNode>> DayAsync(TestHub hub, DateOnly day)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/reconciliation?day={day:yyyy-MM-dd}&tenant={TestHub.OrgNo}");
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(party => party!)];
    }
}
