using System.Text;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Routing;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Retention;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Projections;

public class RebuildTests
{
    [Fact]
    public async Task Everything_that_follows_the_log_built_from_zero_equals_the_live_one_row_for_row()
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
        var schema = hub.Database.Schema;
        Assert.Equal(Kinds.Keys.Order(StringComparer.Ordinal), await TextsAsync(superuser, $"select tablename from pg_tables where schemaname = '{schema}' order by tablename collate \"C\""));
        Assert.Equal(Built.Keys.Order(StringComparer.Ordinal), await TextsAsync(superuser, $"select distinct name from \"{schema}\".subscription_checkpoint order by name"));
        var counted = await TextsAsync(superuser, Counted(schema));
        Assert.Equal(await TextsAsync(superuser, $"select jsonb_build_array(tenant, state, coalesce(reason, ''), count(*))::text from \"{schema}\".message group by tenant, state, reason order by 1"), counted);
        var planned = await PlannedAsync(superuser, schema);
        Assert.All(planned.Take(3), rows => Assert.NotEmpty(rows));
        foreach (var table in Built.Values.SelectMany(tables => tables).Append("subscription_checkpoint")) await DoAsync(superuser, $"delete from \"{schema}\".{table}");
        // The router says again what it has settled; in a log that has those facts already they need other ids.
        await DoAsync(superuser, $"update \"{schema}\".event set id = gen_random_uuid() where type = 'MessageSettled'");

        // Small pages: what a row is must not depend on where a page ends. The router's own facts, said again, change no row.
        var routing = new RoutingSubscription(store, new MunicipalityRegistry(store, new Vault(app, hub.MasterKey, TimeProvider.System), TimeProvider.System), TimeProvider.System);
        await FollowAsync(new Subscription(store, "routing", 3, routing.HandleAsync, TimeProvider.System));
        await FollowAsync(new Subscription(store, "messages", 3, MessageProjection.HandleAsync, TimeProvider.System));

        Assert.Equal(planned, await PlannedAsync(superuser, schema));
        Assert.Equal(live.Select(row => row.State), (await RowsAsync(superuser, schema)).Select(row => row.State));
        Assert.Equal(live, await RowsAsync(superuser, schema));
        Assert.Equal(counted, await TextsAsync(superuser, Counted(schema)));
    }

    /// <summary>By subscription, the tables that follow from the log alone and are built again here. A new subscription is added, or this fails.</summary>
    private static readonly Dictionary<string, string[]> Built = new(StringComparer.Ordinal)
    {
        ["messages"] = ["message", "message_count"],
        ["routing"] = ["case_entry", "case_key", "offer", "summary_item", "delivery_attempt", "delivery"],
    };

    /// <summary>What every table is. A new one is placed before it can be landed: one that follows from the log belongs to a subscription above.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["event"] = "the log itself", ["log_head"] = "the log itself", ["log_commit"] = "the log itself",
        ["message"] = "built", ["message_count"] = "built with it", ["case_entry"] = "built", ["case_key"] = "built", ["offer"] = "built", ["summary_item"] = "built", ["delivery"] = "built as it was planned",
        ["subscription_checkpoint"] = "how far who builds has come", ["subscription_lease"] = "who builds", ["delivery_lease"] = "who delivers",
        ["delivery_attempt"] = "what journal systems answered: the outside world, which nothing repeats",
        ["tenant_key"] = "keys, which are made once and must not be made again", ["stream_key"] = "keys", ["patient_alias"] = "keys: which stream a keyed hash leads to",
        ["fhir_subscription"] = "where a journal system's subscription stands with its receiver", ["fhir_subscription_event"] = "the same",
        ["heartbeat"] = "beats that change nothing are counted here and are no events",
        ["escalation"] = "who has been called", ["escalation_notice"] = "who has been called", ["canary"] = "signs of life on their way",
        ["replay"] = "a replay's working place; what it was and came to stands on its stream",
        ["break_glass"] = "access that is open now; each opening stands in the log", ["spent_proof"] = "proofs of the last minutes",
        ["schema_migration"] = "which migrations have run",
    };

    /// <summary>A state that messages have left has a row that says none.</summary>
    private static string Counted(string schema) => $"select jsonb_build_array(tenant, state, reason, messages)::text from \"{schema}\".message_count where messages <> 0 order by 1";

    /// <summary>What the router remembers and has planned; how far a delivery has come since is the journal systems' doing.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> PlannedAsync(NpgsqlDataSource database, string schema)
    {
        var planned = new List<IReadOnlyList<string>>();
        foreach (var (table, row) in ((string, string)[])
        [
            ("case_entry", "to_jsonb(t) - 'registered_at'"), ("case_key", "to_jsonb(t)"),
            ("delivery", "jsonb_build_array(position, destination, message_id, bundle_id, stream, lane, covers, context, settles, settle_reasons, pulled)"),
            ("offer", "to_jsonb(t) - 'offered_at'"), ("summary_item", "to_jsonb(t)"),
        ])
        {
            planned.Add(await TextsAsync(database, $"select ({row})::text from \"{schema}\".{table} t order by 1"));
        }

        return planned;
    }

    private static async Task FollowAsync(Subscription subscription)
    {
        while (await subscription.RunOnceAsync(default) > 0)
        {
        }
    }

    private static async Task DoAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
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
