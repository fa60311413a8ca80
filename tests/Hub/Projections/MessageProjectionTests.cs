using System.Globalization;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Projections;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Projections;

public class MessageProjectionTests
{
    [Fact]
    public async Task A_message_that_begins_twice_stops_the_projection_and_its_row_stays_as_it_was()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var hub = await TestHub.StartAsync();
        using (await hub.PostAsync(TestHub.Event("dose.dispensed"))) await hub.UntilAsync(s => s.Journaled == 1);
        await hub.StopAsync();
        await using var app = NpgsqlDataSource.Create(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(app);
        var tenant = int.Parse(TestHub.OrgNo, CultureInfo.InvariantCulture);
        var before = await RowAsync(app, tenant, ct);

        // Nothing in the hub does this: an id is derived from what the log takes once.
        var first = await store.ReadPositionAsync(tenant, before.Position, ct);
        Assert.Equal(MessageEvents.Accepted, first.Type);
        await store.AppendAsync(new AppendRequest(tenant, first.Stream, [new NewEvent(first.Id, first.Type, first.Metadata, first.Body)]), ct);
        var projection = new Subscription(store, "messages", 100, MessageProjection.HandleAsync, TimeProvider.System);
        await projection.RunOnceAsync(ct);

        var stopped = (await projection.StatusAsync(ct)).Single(status => status.Tenant == tenant);
        Assert.Contains("message_pkey", stopped.StoppedReason, StringComparison.Ordinal);
        Assert.Equal(before, await RowAsync(app, tenant, ct));
    }

    private static async Task<(long Position, string State)> RowAsync(NpgsqlDataSource app, int tenant, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var transaction = await Vkp.EventStore.Database.BeginAsync(connection, [tenant], ct);
        await using var command = new NpgsqlCommand("select position, state from message", connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(ct);
        Assert.True(await reader.ReadAsync(ct));
        return (reader.GetInt64(0), reader.GetString(1));
    }
}
