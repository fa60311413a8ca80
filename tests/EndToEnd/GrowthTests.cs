using System.Text.Json.Nodes;
using Vkp.EmbeddedPostgres;

namespace Vkp.EndToEnd.Tests;

public sealed class GrowthTests
{
    [Fact]
    public async Task The_rate_of_appends_is_told_for_a_short_log_and_a_long_one_with_the_way_between()
    {
        var before = LeftByBenches();

        var (exitCode, output) = await CommandRun.RunAsync(["bench", "growth", "--events", "6000", "--early", "2000", "--json"]);

        Assert.True(exitCode == 0, output);
        var result = JsonNode.Parse(output.Split('\n').First(line => line.StartsWith('{')))!;
        Assert.Equal((2000L, 6000L), ((long)result["earlyEvents"]!, (long)result["events"]!));
        Assert.True((double)result["earlyPerSecond"]! > 0 && (double)result["perSecond"]! > 0);
        Assert.Equal(6000L, (long)result["points"]!.AsArray()[^1]!["events"]!);
        // A database of its own is thrown away whole, also where the server's account has it.
        Assert.Equal(before, LeftByBenches());
    }

    private static List<string> LeftByBenches() =>
    [
        .. ClusterState.Abandoned().Where(left => left.BelongedTo.Contains("vkp-bench", StringComparison.Ordinal)).Select(left => left.Home).Order(),
        .. Directory.EnumerateDirectories(Path.GetTempPath(), "vkp-bench*").Order(),
    ];
}
