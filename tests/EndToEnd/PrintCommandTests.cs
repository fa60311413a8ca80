namespace Vkp.EndToEnd.Tests;

public class PrintCommandTests
{
    [Fact]
    public async Task Without_a_browser_a_report_is_refused_before_a_hub_is_asked_for_it()
    {
        var (exitCode, output) = await CommandRun.RunAsync(["trace", "1", "--purpose", "tilsyn: sak 26/114", "--pdf", "natt.pdf"], ("PATH", Path.GetDirectoryName(Environment.ProcessPath)!));

        Assert.Equal(69, exitCode);
        Assert.StartsWith("VKP-908 ", output, StringComparison.Ordinal);
        Assert.Contains("--format html --out FILE", output, StringComparison.Ordinal);
    }
}
