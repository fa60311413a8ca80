using System.Text.Json.Nodes;

namespace Vkp.EndToEnd.Tests;

public class DoctorTests
{
    [Fact]
    public async Task On_a_machine_that_can_run_the_hub_it_says_so_and_makes_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"vkp-doctor-{Guid.NewGuid():N}");
        var (exitCode, output) = await RunAsync(["--data", folder, "--json"]);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(0, exitCode);
        Assert.True((bool)report["canRun"]!);
        Assert.Equal("Ok", VerdictOf(report, "postgresql"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Without_PostgreSQL_and_npm_it_names_both_ways_out()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"vkp-doctor-{Guid.NewGuid():N}");
        // A home of its own, so that no earlier run's binaries are in its cache; root's cache is another, and may hold them.
        var (exitCode, output) = await RunAsync(
            ["--data", folder], ("VKP_POSTGRES_BIN", "none"), ("PATH", Path.GetDirectoryName(Environment.ProcessPath)!), ("XDG_CACHE_HOME", folder));
        var cached = Environment.IsPrivilegedProcess && Directory.Exists(EmbeddedPostgres.NpmBinaries.CacheFolder(folder));
        Assert.Equal(cached ? 0 : 1, exitCode);
        if (!cached) Assert.Contains("apt-get install postgresql", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_without_its_password()
    {
        var (exitCode, output) = await RunAsync([], ("VKP_DATABASE", "Host=127.0.0.1;Port=1;Username=vkp;Password=planted-secret"));
        Assert.Equal(1, exitCode);
        Assert.Contains("MISSING VKP_DATABASE", output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", output, StringComparison.Ordinal);
    }

    private static string? VerdictOf(JsonNode report, string name) =>
        (string?)report["findings"]!.AsArray().Single(finding => (string)finding!["name"]! == name)!["verdict"];

    private static Task<(int ExitCode, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        CommandRun.RunAsync(["doctor", .. arguments], environment);
}
