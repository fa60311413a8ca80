using System.Globalization;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>
/// Two hub processes share the load over one PostgreSQL; vendors post and post again; the journal system drops, delays, refuses and is away. Meanwhile a hub or the
/// database is killed (-9), or a hub sleeps past its lease and wakes. Then the accounts are compared.
/// </summary>
public class KillTests
{
    /// <summary>VKP_TEST_KILLS asks for more rounds than the 3 of every run; the figures are written to artifacts/kill-rounds.txt.</summary>
    [Fact]
    public async Task Nothing_acknowledged_is_lost_doubled_or_out_of_order_through_kills_of_hubs_and_database()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("VKP_TEST_KILLS"), out var asked) ? asked : 3;
        await using var world = await KillWorld.StartAsync();
        var started = TimeProvider.System.GetTimestamp();

        Directory.CreateDirectory(Repository.PathOf("artifacts"));
        var report = Repository.PathOf("artifacts", "kill-rounds.txt");
        for (var round = 0; round < rounds; round++)
        {
            // Of a run that fails, what it was at.
            await File.WriteAllTextAsync(report, string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}, {Strikes.Of(round)}; {world.Acknowledged} acknowledged\n"));
            await world.StrikeAsync(Strikes.Of(round));
        }

        var quiet = await world.QuietAsync();
        await world.RetryRefusedAsync();
        var all = await world.QuietAsync();

        var took = TimeProvider.System.GetElapsedTime(started);
        await File.WriteAllTextAsync(report, string.Create(
            CultureInfo.InvariantCulture, $"{rounds} rounds in {took.TotalSeconds:0} s ({world.Struck})\nbefore refused messages are sent again: {quiet}\nat the end: {all}\n"));
        Assert.True(quiet is { IsClean: true, Refused: > 0 }, $"before refused messages are sent again: {quiet}");
        Assert.True(all is { IsClean: true, Refused: 0 }, $"at the end: {all}");
        Assert.Equal(all.Acknowledged, all.Journaled);
    }
}
