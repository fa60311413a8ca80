using System.Text.Json;
using Npgsql;
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

        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var tamper = superuser.CreateCommand(
            $"update {hub.Database.Schema}.event set body = set_byte(body, 20, get_byte(body, 20) # 1) where tenant = {TestHub.OrgNo} and type = 'MessageAccepted' and position = (select max(position) from {hub.Database.Schema}.event where tenant = {TestHub.OrgNo} and type = 'MessageAccepted')"))
        {
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync());
        }

        Assert.Equal("changed", (await VerifyAsync(hub)).Break?.Kind);
    }

    private static async Task<AuditAnswer> VerifyAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/verify?tenant={TestHub.OrgNo}");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.AuditAnswer)!;
    }
}
