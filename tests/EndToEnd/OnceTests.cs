using System.Text.Json.Nodes;

namespace Vkp.EndToEnd.Tests;

public class OnceTests
{
    [Fact]
    public async Task One_command_on_an_empty_machine_brings_every_message_of_the_sample_flow_to_its_end()
    {
        await using var hub = new HubProcess(Path.GetTempPath(), new Uri("http://127.0.0.1/"));

        using var once = hub.Start("up", "--once");
        await once.WaitForExitAsync(TestContext.Current.CancellationToken);
        once.WaitForExit();

        Assert.True(once.ExitCode == 0, hub.Output);
        var report = JsonNode.Parse(hub.Output.Split('\n').Last(line => line.StartsWith('{')))!;
        Assert.Equal((long)report["accepted"]!, (long)report["journaled"]! + (long)report["settled"]!);
        Assert.Equal((0L, 0), ((long)report["open"]!, (int)report["doubled"]!));
    }

    [Fact]
    public async Task Listening_beyond_this_machine_is_refused_with_one_clear_line()
    {
        var folder = Directory.CreateTempSubdirectory("vkp-listen-").FullName;
        await using var hub = new HubProcess(folder, new Uri("http://127.0.0.1/"));

        using var serve = hub.Start("serve", "--listen", "0.0.0.0", "--issuer", "http://127.0.0.1:1/", "--data", folder);
        await serve.WaitForExitAsync(TestContext.Current.CancellationToken);
        serve.WaitForExit();

        Assert.Equal(69, serve.ExitCode);
        Assert.Contains("VKP-901", hub.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_command_without_a_running_hub_says_how_to_start_one()
    {
        var folder = Directory.CreateTempSubdirectory("vkp-nohub-").FullName;
        await using var hub = new HubProcess(folder, new Uri("http://127.0.0.1/"));

        using var status = hub.Start("status", "--data", folder);
        await status.WaitForExitAsync(TestContext.Current.CancellationToken);
        status.WaitForExit();

        Assert.Equal(69, status.ExitCode);
        Assert.Contains("VKP-910", hub.Output, StringComparison.Ordinal);
        Directory.Delete(folder);
    }
}
