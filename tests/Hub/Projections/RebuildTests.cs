using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Projections;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Retention;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Projections;

public class RebuildTests
{
    [Fact]
    public async Task The_table_of_messages_built_from_zero_equals_the_live_one_row_for_row()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new Vkp.Sandbox.FaultRule { Kind = Vkp.Sandbox.FaultKind.Refuse, Times = 1 });
        using (await hub.PostAsync(TestHub.Event("dose.dispensed"))) await hub.UntilAsync(s => s.Failed == 1);
        var missed = Guid.CreateVersion7();
        using (await hub.PostAsync(TestHub.Event("dose.notTaken", id: missed))) await hub.RoutedAsync();
        using (await hub.PostAsync(TestHub.Event("alert.closed", alerts: [Vkp.Sandbox.TriggerEvents.AlertIdOf(missed)]))) await hub.UntilAsync(s => s.Settled == 1);
        var unknown = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace("ZZ000201", "ZZ000999", StringComparison.Ordinal));
        using (await hub.PostAsync(unknown)) await hub.UntilAsync(s => s.Held.Count == 1);
        await hub.RoutedAsync();
        await hub.StopAsync();

        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var live = await RowsAsync(superuser, hub.Database.Schema);
        Assert.Equal(["failed", "held", "journaled", "settled"], live.Select(row => row.State).Order(StringComparer.Ordinal));

        await using var app = NpgsqlDataSource.Create(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(app);
        // The content of every message is gone: what the table says stands in the facts alone.
        Assert.Equal(live.Count, await DeletedContent.MakeAsync(hub));
        await using (var empty = superuser.CreateCommand($"delete from \"{hub.Database.Schema}\".message; delete from \"{hub.Database.Schema}\".subscription_checkpoint where name = 'messages'")) await empty.ExecuteNonQueryAsync();
        // Small pages: what a row is must not depend on where a page ends.
        var projection = new Subscription(store, "messages", 3, MessageProjection.HandleAsync, TimeProvider.System);
        while (await projection.RunOnceAsync(default) > 0)
        {
        }

        Assert.Equal(live, await RowsAsync(superuser, hub.Database.Schema));
    }

    private static async Task<IReadOnlyList<(string State, string Row)>> RowsAsync(NpgsqlDataSource database, string schema)
    {
        await using var command = database.CreateCommand($"select state, m::text from \"{schema}\".message m order by tenant, message_id");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetString(1)));
        return rows;
    }
}
