using Vkp.Cli;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Cli;

/// <summary>One hub for all the commands of a class, announced in a directory of its own as `vkp up` does.</summary>
public sealed class CommandHub : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("vkp-commands-").FullName;

    public TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync(signsIn: false);
        new DataDirectory(Folder).Announce(new RunningHub(Environment.ProcessId, Hub.Address, TestHub.AdminToken, null, null, TestHub.OrgNo));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>One dose of the first synthetic person, in the journal.</summary>
    public async Task<Guid> JournaledAsync()
    {
        using var posted = await Hub.PostAsync(TestHub.Event("dose.dispensed"));
        var id = Guid.Parse(posted.Headers.Location!.ToString().Split('/')[4]);
        await FinishedAsync();
        return id;
    }

    /// <summary>Waits until everything is at its end, and every read model knows.</summary>
    public async Task FinishedAsync()
    {
        await Hub.DeliveredAsync();
        await Hub.RoutedAsync();
    }

    public string FileOf(string name) => Path.Combine(Folder, name);

    internal Task<CommandResult> RunAsync(params string[] arguments) => VkpCommand.RunAsync([.. arguments, "--data", Folder]);

    /// <summary>A run that does what it is asked: all it says about that is its answer.</summary>
    internal async Task<string> SaysAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Error}");
        return run.Output;
    }

    /// <summary>A run that is refused, says so on standard error and answers nothing.</summary>
    internal async Task RefusesAsync(int exitCode, string code, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(code + " ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Hint: ", run.Error, StringComparison.Ordinal);
    }
}
