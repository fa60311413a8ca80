namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>The reckoning of the kill rounds, over hubs with a bug in them: what it finds clean elsewhere has to be found wanting here.</summary>
public class PlantedBugTests
{
    [Fact]
    public async Task A_hub_that_settles_before_it_sends_is_caught()
    {
        await using var world = await KillWorld.StartAsync(StartupHook.SettleBeforeSend);

        await world.StrikeAsync(Strike.KillBothHubs);

        var found = await world.QuietAsync(isPlanted: true);
        Assert.True(found is { Lost: > 0, Untrue: > 0 }, found.ToString());
    }

    [Fact]
    public async Task A_hub_that_does_not_compare_the_leases_epoch_is_caught()
    {
        await using var world = await KillWorld.StartAsync(StartupHook.NoLeaseEpoch);

        await world.StrikeAsync(Strike.SleepPastLease);

        var found = await world.QuietAsync(isPlanted: true);
        Assert.True(found.Untrue > 0, found.ToString());
    }
}
