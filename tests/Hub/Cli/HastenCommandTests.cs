using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Cli;

/// <summary>`vkp destination hasten`: a person's word that a journal system is well again.</summary>
public sealed class HastenCommandTests(CommandHub vkp) : IClassFixture<CommandHub>
{
    private const string OrgNo = TestHub.OrgNo;

    [Fact]
    public async Task What_waits_for_its_next_try_is_journaled_now_in_order_whichever_hub_process_is_told()
    {
        // An hour is what the journal system itself asks for, before it is well again.
        vkp.Hub.Epj.SetFaults([new FaultRule { Kind = FaultKind.Status, Status = 503, RetryAfterSeconds = 3600, Times = 1 }]);
        List<string> expected = [await PostAsync()];
        await UntilStateAsync(1, "state = 'retryable' and due_at > now() + interval '50 minutes'");
        expected.Add(await PostAsync());
        await UntilStateAsync(1, "state = 'available'");
        // The first process holds the deliveries; the second is told.
        await using var second = await vkp.Hub.StartNodeAsync();

        Assert.Equal("Waiting for their next try at 'epj': 1. Nothing is done yet; repeat with '--yes' to try them now.\n", await vkp.SaysAsync("destination", "hasten", OrgNo, "epj"));
        await UntilStateAsync(1, "due_at > now() + interval '50 minutes'");
        var done = await AskAsync(second.Address, "hasten?apply=true&reason=oppgradert");
        Assert.Equal((1, false), ((int)done["waiting"]!, (bool)done["isDryRun"]!));
        await vkp.FinishedAsync();

        Assert.Equal(expected, vkp.Hub.Epj.Journal.Select(entry => entry.MessageHeaderId));
        Assert.Contains("destination epj hastened, 1 waited: oppgradert", await vkp.SaysAsync("config", "history", OrgNo), StringComparison.Ordinal);
        // Pressed twice: nothing waits any more, and nothing is sent again.
        Assert.Equal("Done. Tried now at 'epj': 0.\n", await vkp.SaysAsync("destination", "hasten", OrgNo, "epj", "--yes"));
        Assert.Equal(2, vkp.Hub.Epj.Journal.Count);
        await vkp.RefusesAsync(66, "VKP-404", "destination", "hasten", OrgNo, "no-such");
    }

    private async Task<string> PostAsync()
    {
        using var posted = await vkp.Hub.PostAsync(TestHub.Event("dose.dispensed"));
        return posted.Headers.Location!.ToString().Split('/')[4];
    }

    private async Task UntilStateAsync(long count, string condition)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var command = superuser.CreateCommand($"select count(*) from \"{vkp.Hub.Database.Schema}\".delivery where {condition}");
        await Asking.UntilAsync(async () => (long)(await command.ExecuteScalarAsync())!, found => found == count);
    }

    private async Task<JsonNode> AskAsync(Uri node, string act)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, string.Create(CultureInfo.InvariantCulture, $"admin/destinations/{OrgNo}/epj/{act}")));
        request.Headers.Authorization = new("Bearer", TestHub.AdminToken);
        using var answer = await vkp.Hub.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
