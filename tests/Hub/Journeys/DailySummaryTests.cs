using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>The note of the day: once per patient and Norwegian day, by the hub's clock, whatever happens to the hub meanwhile.</summary>
public class DailySummaryTests
{
    private const string Policy = "{ serviceGate: registry, journaling: { dose.dispensed: dailySummary } }";

    [Fact]
    public async Task A_day_of_doses_is_one_note_after_the_day_has_ended_and_its_messages_are_settled_with_it()
    {
        var clock = new ShiftedClock(VendorEvents.At("2026-05-11T20:00:00+02:00"));
        await using var hub = await StartAsync(clock);
        var dispenser = new VendorEvents(person: 0);
        foreach (var time in new[] { "08:00", "14:00", "20:00" }) await PostAsync(hub, dispenser.Dispensed($"2026-05-11T{time}:30+02:00", $"2026-05-11T{time}:00+02:00"));
        await hub.UntilAsync(s => s is { Accepted: 3, Open: 3 });
        await hub.RoutedAsync();

        clock.Set(VendorEvents.At("2026-05-12T00:59:00+02:00"));
        Assert.Equal(3, (await hub.StatusAsync()).Open);
        clock.Set(VendorEvents.At("2026-05-12T01:00:01+02:00"));

        var counts = await hub.UntilAsync(s => s is { Accepted: 4, Open: 0 });
        Assert.Equal((1, 3), (counts.Journaled, counts.SettledBy["in-daily-summary"]));
        var note = Assert.Single(hub.Epj.Journal).Text;
        Assert.Contains("11.05.2026: 3 hendelser.", note, StringComparison.Ordinal);
        Assert.Contains("kl. 20:00", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_is_stopped_over_midnight_writes_the_note_when_it_is_back_and_only_once()
    {
        var clock = new ShiftedClock(VendorEvents.At("2026-05-11T20:00:00+02:00"));
        await using var hub = await StartAsync(clock);
        await PostAsync(hub, new VendorEvents(person: 0).Dispensed("2026-05-11T08:00:30+02:00", "2026-05-11T08:00:00+02:00"));
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 1 });
        await hub.RoutedAsync();

        clock.Set(VendorEvents.At("2026-05-14T09:00:00+02:00"));
        await hub.RestartAsync();
        await hub.UntilAsync(s => s is { Accepted: 2, Open: 0 });
        await hub.RestartAsync();
        await PostAsync(hub, new VendorEvents(person: 1).Dispensed("2026-05-14T08:00:30+02:00", "2026-05-14T08:00:00+02:00"));

        await hub.UntilAsync(s => s is { Accepted: 3, Open: 1 });
        Assert.Contains("11.05.2026: 1 hendelse.", Assert.Single(hub.Epj.Journal).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_comes_due_when_the_note_of_the_day_is_written_gets_a_note_of_its_own()
    {
        var clock = new ShiftedClock(VendorEvents.At("2026-05-11T20:00:00+02:00"));
        await using var hub = await StartAsync(clock);
        var dispenser = new VendorEvents(person: 0);
        await PostAsync(hub, dispenser.Dispensed("2026-05-11T08:00:30+02:00", "2026-05-11T08:00:00+02:00"));
        await hub.UntilAsync(s => s is { Accepted: 1, Open: 1 });
        await hub.RoutedAsync();
        clock.Set(VendorEvents.At("2026-05-12T01:00:01+02:00"));
        await hub.UntilAsync(s => s is { Accepted: 2, Open: 0 });

        // As a node does whose clock is a few seconds behind.
        clock.Set(VendorEvents.At("2026-05-12T00:59:57+02:00"));
        await PostAsync(hub, dispenser.Dispensed("2026-05-11T14:00:30+02:00", "2026-05-11T14:00:00+02:00"));
        await hub.UntilAsync(s => s is { Accepted: 3, Open: 1 });
        await hub.RoutedAsync();
        clock.Set(VendorEvents.At("2026-05-12T01:00:02+02:00"));

        var counts = await hub.UntilAsync(s => s is { Accepted: 4, Open: 0 });
        Assert.Equal((2, 2), (counts.Journaled, counts.SettledBy["in-daily-summary"]));
        Assert.Equal(["kl. 08:00", "kl. 14:00"], hub.Epj.Journal.Select(note => note.Text.Contains("kl. 14:00", StringComparison.Ordinal) ? "kl. 14:00" : "kl. 08:00"));
    }

    private static async Task<TestHub> StartAsync(ShiftedClock clock)
    {
        var hub = await TestHub.StartAsync(clock: clock);
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, Policy));
        return hub;
    }

    private static async Task PostAsync(TestHub hub, byte[] body)
    {
        using var answer = await hub.PostAsync(body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
