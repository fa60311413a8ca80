using Vkp.Cli;
using Vkp.Cli.SelfTest.Fetching;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.SelfTest;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Cli;

/// <summary>`vkp selftest epj` as it is typed: what it needs for each kind of journal system, and what it says when that is missing.</summary>
public sealed class SelfTestCommandTests(TriedFixture at) : IClassFixture<TriedFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-selftest-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("VKP-919", "--adapter", "no-such")]
    [InlineData("VKP-942", "--adapter", "profil-style")]
    [InlineData("VKP-942", "--adapter", "jft-pull")]
    [InlineData("VKP-942", "--adapter", "fhir-subscription")]
    [InlineData("VKP-944", "--adapter", "nservicebus-postgresql")]
    [InlineData("VKP-944", "--adapter", "rabbitmq")]
    [InlineData("VKP-910", "--adapter", "jft-pull", "--destination", "henter")]
    [InlineData("VKP-921", "--adapter", "jft-pull", "--destination", "henter", "--stranger", "nobody")]
    [InlineData("VKP-929", "--adapter", "jft-pull", "--destination", "henter", "--wait", "long")]
    public async Task What_it_cannot_do_it_says_before_anything_is_tried(string code, params string[] options)
    {
        var run = await RunAsync(options);

        Assert.Equal((code == "VKP-910" ? 69 : 64, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(code + " ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Hint: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_hub_without_a_sandbox_nothing_is_sent()
    {
        Announce(at.Running with { SelfTest = null });

        var run = await RunAsync("--adapter", "jft-pull", "--destination", TriedFixture.Destination);

        Assert.Equal(69, run.ExitCode);
        Assert.StartsWith("VKP-912", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_that_does_not_fetch_or_is_not_there_is_named_beside_those_that_do()
    {
        Announce(at.Running);

        var run = await RunAsync("--adapter", "jft-pull", "--destination", "epj");

        Assert.Equal(64, run.ExitCode);
        Assert.StartsWith("VKP-943", run.Error, StringComparison.Ordinal);
        Assert.Contains($"It has: {TriedFixture.Destination}.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_does_not_take_its_messages_says_so_with_the_code()
    {
        var report = new SendReport("note", "note", 1, System.Net.HttpStatusCode.Forbidden, null, """{"issue":[{"details":{"coding":[{"code":"VKP-804"}]}}]}""", TimeSpan.Zero);
        using var admin = new Vkp.Cli.Admin.AdminClient(at.Running);
        var hub = new TriedHub(admin, (_, _) => Task.FromResult(report), TriedFixture.Destination);

        var refused = await Assert.ThrowsAsync<CommandException>(() => hub.SendAsync(default, TestContext.Current.CancellationToken));

        Assert.StartsWith("VKP-945 The hub did not take a message of the self-test: HTTP 403 VKP-804.", refused.Message, StringComparison.Ordinal);
    }

    private Task<CommandResult> RunAsync(params string[] options) => VkpCommand.RunAsync(["selftest", "epj", .. options, "--data", folder]);

    private void Announce(RunningHub running) => new DataDirectory(folder).Announce(running);
}
