using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Canary;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Notifications;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Canary;

public class CanaryTests
{
    [Fact]
    public async Task A_canary_comes_through_the_whole_path_counts_nowhere_and_is_missed_when_the_path_stands_still()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock, canaries: TimeSpan.FromMinutes(5));
        await UntilAsync(hub, "MessageJournaled", times: 2);

        // Nothing but the next one's coming through makes the age fall.
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(1));
        await AgeAsync(hub, age => age < 60);
        await Asking.UntilAsync(() => Task.FromResult(Gauge()), measured => measured.Any(of => of.Municipality == TestHub.OrgNo && of.Seconds is >= 0 and < 60));
        await AssertCountsNowhereAsync(hub);

        await LeaseAsync(hub, "owner = gen_random_uuid(), epoch = epoch + 1, until = 'infinity'");
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(2));
        await UntilAsync(hub, Canaries.SentEvent, times: 6);
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(2).AddMinutes(10));
        await AgeAsync(hub, age => age > 4000);
        Assert.Equal("[]", (await EscalationsAsync(hub)).ToJsonString());
        clock.Set(TimeProvider.System.GetUtcNow().AddHours(2).AddMinutes(16));
        var raised = await Asking.UntilAsync(() => EscalationsAsync(hub), list => list.Count == 2);
        Assert.All(raised, e => Assert.Equal(("canary", "canary"), ((string?)e!["kind"], (string?)e["subject"])));

        await LeaseAsync(hub, "until = '-infinity'");
        await Asking.UntilAsync(() => EscalationsAsync(hub), list => list.All(e => e!["clearedAt"] is not null));
    }

    private static async Task AssertCountsNowhereAsync(TestHub hub)
    {
        var status = await hub.StatusAsync();
        Assert.Equal((0L, 0L, 0L), (status.Accepted, status.Journaled, status.Open));
        Assert.Empty(hub.Epj.Journal);
        foreach (var path in new[] { $"admin/reconciliation?day={DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date):yyyy-MM-dd}", $"admin/benefit/{TestHub.OrgNo}" })
        {
            using var answer = await hub.AdminAsync(HttpMethod.Get, path);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task AgeAsync(TestHub hub, Func<double, bool> wanted) => await Asking.UntilAsync(() => hub.StatusAsync(), status => status.CanaryAgeSeconds is { } age && wanted(age));

    private static Task<string> UntilAsync(TestHub hub, string fact, int times) => Asking.UntilAsync(hub.DumpAsync, dump => dump.Split(fact).Length > times);

    private static async Task<JsonArray> EscalationsAsync(TestHub hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, "admin/escalations");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();
    }

    /// <summary>As when the node that has the municipalities' deliveries stands still and nobody may take over.</summary>
    private static async Task LeaseAsync(TestHub hub, string change)
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var command = superuser.CreateCommand($"update \"{hub.Database.Schema}\".delivery_lease set {change}");
        await command.ExecuteNonQueryAsync();
    }

    private static List<(string Municipality, double Seconds)> Gauge()
    {
        var measured = new List<(string, double)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => { if (instrument.Meter.Name == Canaries.MeterName) own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add(((string)tags[0].Value!, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
