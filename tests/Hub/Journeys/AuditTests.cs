using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Audit;
using Vkp.Hub.Audit;
using Vkp.Hub.Faces;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

public class AuditTests
{
    [Fact]
    public async Task A_log_nobody_touched_verifies_and_one_changed_byte_is_found()
    {
        await using var hub = await TestHub.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        }

        await hub.UntilAsync(s => s is { Journaled: 3, Open: 0 });
        Assert.Null((await VerifyAsync(hub)).Break);
        Assert.Equal([true, false], await UnderWayAsync(hub));

        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var tamper = superuser.CreateCommand(
            $"update {hub.Database.Schema}.event set body = set_byte(body, 20, get_byte(body, 20) # 1) where tenant = {TestHub.OrgNo} and type = 'MessageAccepted' and position = (select max(position) from {hub.Database.Schema}.event where tenant = {TestHub.OrgNo} and type = 'MessageAccepted')"))
        {
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync());
        }

        Assert.Equal("changed", (await VerifyAsync(hub)).Break?.Kind);
    }

    /// <summary>Whether each word of a verification is about the way or the end; those of the way are one here.</summary>
    private static async Task<IEnumerable<bool>> UnderWayAsync(TestHub hub)
    {
        var folder = Directory.CreateTempSubdirectory("vkp-audit-tests-");
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(app);
        // Impatient: it tells of itself as often as it is let to.
        var chain = new ChainAudit(new LogAudit(app), store, new AnchorFiles(folder.FullName, store, TimeProvider.System, NullLogger<AnchorFiles>.Instance), TimeProvider.System, TimeSpan.Zero);
        var words = new List<AuditAnswer>();
        await foreach (var answer in chain.VerifyAsync([int.Parse(TestHub.OrgNo, CultureInfo.InvariantCulture)], 1, default)) words.Add(answer);
        folder.Delete(recursive: true);

        Assert.All(words[..^1], word => Assert.True(word.To <= word.Head && word.Break is null));
        Assert.True(words[^1] is { Head: null, Events: > 3 });
        return words.Select(word => word.Head is not null).Distinct();
    }

    private static async Task<AuditAnswer> VerifyAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/verify?tenant={TestHub.OrgNo}");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.AuditAnswer)!;
    }
}
