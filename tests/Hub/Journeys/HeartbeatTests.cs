using System.Net;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>Heartbeats are state: heard, silent, heard again. What changes nothing is counted, and its sender still gets an honest answer.</summary>
public class HeartbeatTests
{
    [Fact]
    public async Task Edge_case_17_A_hundred_heartbeats_are_one_event_and_each_is_answered_with_the_message_it_is_counted_under()
    {
        await using var hub = await TestHub.StartAsync();
        var dispenser = new VendorEvents(person: 0);
        var ids = new HashSet<string>();
        for (var i = 0; i < 100; i++) ids.Add(await BeatAsync(hub, dispenser));

        var id = Assert.Single(ids);
        var counts = await hub.UntilAsync(s => s is { Accepted: 1, Open: 0 });
        Assert.Equal(1, counts.SettledBy["heartbeat"]);
        Assert.Contains(",100,f", await hub.DumpAsync(), StringComparison.Ordinal);
        var status = await HeldTests.StatusAsync(hub, new Uri($"/vendors/evondos-style/messages/{id}/$status", UriKind.Relative));
        Assert.Equal("settled", (string?)status["state"]);
    }

    [Fact]
    public async Task Edge_case_17_A_silence_is_an_event_once_and_so_is_the_beat_that_ends_it()
    {
        var clock = new ShiftedClock(TimeProvider.System.GetUtcNow());
        await using var hub = await TestHub.StartAsync(clock: clock);
        var dispenser = new VendorEvents(person: 0);
        var first = await BeatAsync(hub, dispenser);
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 0 });

        clock.Set(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(Limits.SilentMinutesDefault + 1));
        await SilencesAsync(hub, 1);

        Assert.NotEqual(first, await BeatAsync(hub, dispenser));
        Assert.Equal(2, (await hub.UntilAsync(s => s is { Accepted: 2, Open: 0 })).SettledBy["heartbeat"]);
        await SilencesAsync(hub, 1);
    }

    [Fact]
    public async Task Devices_are_told_apart_and_an_event_among_heartbeats_is_an_event()
    {
        await using var hub = await TestHub.StartAsync();
        var (one, other) = (await BeatAsync(hub, new VendorEvents(person: 0)), await BeatAsync(hub, new VendorEvents(person: 1)));
        Assert.NotEqual(one, other);

        using var dose = await hub.PostAsync(TestHub.Event("dose.dispensed"));

        await hub.UntilAsync(s => s is { Accepted: 3, Journaled: 1, Open: 0 });
    }

    private static async Task<string> BeatAsync(TestHub hub, VendorEvents dispenser)
    {
        using var answer = await hub.PostAsync(dispenser.Of("service.heartbeat", TimeProvider.System.GetUtcNow().ToString("O"), $$"""{ "device": { "serial": "{{dispenser.Serial}}" } }"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messageId"]!;
    }

    private static Task SilencesAsync(TestHub hub, int wanted) =>
        Asking.UntilAsync(async () => (await hub.DumpAsync()).Split(MessageEvents.SenderSilent).Length - 1, found => found == wanted);
}
