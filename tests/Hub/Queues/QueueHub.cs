using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Outbound;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>What the tests of both transports do with a hub whose municipalities are reached through queues.</summary>
internal static class QueueHub
{
    /// <summary>Where everything runs, this machine, is named for one municipality and no other.</summary>
    public static OutboundPolicy InProduction(int tenant) => new(
        HubEnvironment.Production, [], NullLogger<OutboundPolicy>.Instance, own: new Dictionary<int, IReadOnlyList<IPNetwork>> { [tenant] = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] });

    /// <param name="own">The first municipality's destination, after its name; null leaves the simulated EPJ there.</param>
    /// <param name="other">The second municipality's.</param>
    public static Task ConfigureAsync(TestHub hub, string? own, string? other = null, bool leavesOpen = false)
    {
        var adapter = $"adapter: fhir-messaging, address: \"{hub.Epj.FhirBase}\"";
        var yaml = TestHub.Configuration(hub.Epj.FhirBase);
        var second = yaml.IndexOf($"orgNo: \"{TestHub.OtherOrgNo}\"", StringComparison.Ordinal);
        return hub.ConfigureAsync(yaml[..second].Replace(adapter, own ?? adapter, StringComparison.Ordinal) + yaml[second..].Replace(adapter, other ?? adapter, StringComparison.Ordinal), leavesOpen);
    }

    public static async Task PostAsync(TestHub hub, string client = "dispensers")
    {
        var site = new DispenserSite(client == "elsewhere" ? TestHub.OtherOrgNo : TestHub.OrgNo);
        var happened = TriggerEvents.Create("dose.dispensed", site, SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7(), null)!;
        using var answer = await hub.PostAsync(happened.Body, client);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fetches as the journal system does, from where the message says.</summary>
    public static async Task<JsonNode> FetchAsync(TestHub hub, string from)
    {
        using var answer = await hub.GetAsync(from, "journal", await hub.TokenAsync("journal", JftFace.Scope));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Waits, at most half a minute, until the hub knows that the transport has its only delivery; the endpoint may know earlier.</summary>
    public static async Task ForwardedAsync(TestHub hub)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var ask = superuser.CreateCommand($"select state from \"{hub.Database.Schema}\".delivery");
        await Asking.UntilAsync(() => ask.ExecuteScalarAsync(), state => state is "accepted");
    }

    /// <summary>Waits, at most half a minute, until the last attempt of the hub's only delivery to a municipality failed with this code.</summary>
    public static async Task UntilCodeAsync(TestHub hub, string code, string orgNo = TestHub.OrgNo)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var ask = superuser.CreateCommand($"select string_agg(code, ' ') from \"{hub.Database.Schema}\".delivery where tenant = {orgNo} and state = 'retryable'");
        await Asking.UntilAsync(() => ask.ExecuteScalarAsync(), seen => seen as string == code);
    }
}
