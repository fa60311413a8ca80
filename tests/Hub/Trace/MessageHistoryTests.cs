using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Projections;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Trace;

/// <summary>What happened to a message is told whole, whether the places of its facts are noted or have to be sought.</summary>
public class MessageHistoryTests
{
    private static int Tenant => int.Parse(TestHub.OrgNo, System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_facts_whose_places_are_noted_are_those_that_are_found_by_seeking()
    {
        await using var hub = await EventfulAsync();
        await using var app = Connect(hub);
        var (rows, history) = (await RowsAsync(app), new MessageHistory(app));
        Assert.All(rows, row => Assert.NotNull(row.Facts));
        Assert.Equal(["failed", "held", "journaled", "settled"], rows.Select(row => row.State).Distinct().Order(StringComparer.Ordinal));

        var noted = await PlacesAsync(history, rows);
        await DoAsync(hub, "update message set facts = null");
        var sought = await PlacesAsync(history, rows);

        Assert.Equal(sought, noted);
        Assert.Equal(noted, rows.Select(row => $"{row.MessageId} {row.Facts}"));
        Assert.True(noted.Sum(line => line.Count(c => c == ',')) >= 3, string.Join('\n', noted));
    }

    [Fact]
    public async Task A_fact_that_the_table_of_messages_has_not_seen_is_told()
    {
        await using var hub = await EventfulAsync();
        await hub.StopAsync();
        await using var app = Connect(hub);
        await using var store = new EventLog(app);
        var (rows, history) = (await RowsAsync(app), new MessageHistory(app));

        await new MessageOpening(store).NoteAsync(rows, "test", "tilsyn", Ct);

        foreach (var row in rows) Assert.Equal(MessageEvents.BodyOpened, (await history.ReadAsync(row, Ct))[^1].Type);
    }

    [Fact]
    public async Task A_row_that_an_older_node_has_changed_no_longer_says_where_its_facts_are_and_one_that_this_one_changes_does()
    {
        await using var hub = await EventfulAsync();
        await hub.StopAsync();
        await using var app = Connect(hub);
        var (rows, history) = (await RowsAsync(app), new MessageHistory(app));
        var before = await PlacesAsync(history, rows);

        await DoAsync(hub, "update message set forwarded_at = clock_timestamp()");

        Assert.All(await RowsAsync(app), row => Assert.Null(row.Facts));
        Assert.Equal(before, await PlacesAsync(history, rows));
        await DoAsync(hub, "update message set facts = '1,2'");
        await DoAsync(hub, "update message set facts = '1,2,3', state = 'failed'");
        Assert.All(await RowsAsync(app), row => Assert.Equal("1,2,3", row.Facts));
    }

    /// <summary>A message that is journaled, one refused, two that became one note, one that is held; and one that somebody has looked at.</summary>
    private static async Task<TestHub> EventfulAsync()
    {
        var hub = await TestHub.StartAsync();
        hub.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Times = 1 });
        using (await hub.PostAsync(TestHub.Event("dose.dispensed"))) await hub.UntilAsync(s => s.Failed == 1);
        var missed = Guid.CreateVersion7();
        using (await hub.PostAsync(TestHub.Event("dose.notTaken", id: missed))) await hub.RoutedAsync();
        using (await hub.PostAsync(TestHub.Event("alert.closed", alerts: [TriggerEvents.AlertIdOf(missed)]))) await hub.UntilAsync(s => s.Settled == 1);
        var unknown = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span).Replace("ZZ000201", "ZZ000999", StringComparison.Ordinal));
        using (await hub.PostAsync(unknown)) await hub.UntilAsync(s => s.Held.Count == 1);
        await hub.RoutedAsync();
        return hub;
    }

    private static NpgsqlDataSource Connect(TestHub hub) => NpgsqlDataSource.Create(Vkp.EventStore.Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));

    private static async Task<IReadOnlyList<MessageRow>> RowsAsync(NpgsqlDataSource app) =>
        [.. (await new MessageReader(app).OccurredAsync(Tenant, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 100, Ct)).OrderBy(row => row.MessageId)];

    private static async Task<IReadOnlyList<string>> PlacesAsync(MessageHistory history, IReadOnlyList<MessageRow> rows)
    {
        var facts = await history.ReadAsync(Tenant, rows, Ct);
        return [.. rows.Select(row => $"{row.MessageId} {string.Join(',', facts[row.MessageId].Select(e => e.Position))}")];
    }

    private static async Task DoAsync(TestHub hub, string statement)
    {
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder((await TestCluster.GetAsync(Ct)).SuperuserConnectionString) { SearchPath = hub.Database.Schema, Pooling = false }.ConnectionString);
        await using var command = superuser.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
