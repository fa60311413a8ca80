using Vkp.Cli;
using Vkp.Cli.Up;

namespace Vkp.EndToEnd.Tests;

/// <summary>Tests of commands that leave nothing behind for one another take turns on one hub: starting it takes longer than they do.</summary>
[CollectionDefinition(Name)]
public sealed class CommandsOnOneHub : ICollectionFixture<SandboxHub>
{
    public const string Name = "commands on one hub";
}

/// <summary>What `vkp up` runs, in this process, on a directory of its own: the commands find it there as they find any hub.</summary>
public sealed class SandboxHub : IAsyncLifetime
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("vkp-sandbox-").FullName;

    public LocalHub Hub { get; private set; } = null!;

    public DataDirectory Directory => new(folder);

    public async ValueTask InitializeAsync() => Hub = await LocalHub.StartAsync(new LocalHubOptions(Directory, Port: 0, new Progress<string>()), default);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    /// <summary>One run of the command on this hub.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => CommandRun.RunAsync([.. arguments, "--data", folder]);

    /// <summary>The same with something piped in, as a person's number is.</summary>
    public Task<(int ExitCode, string Output)> PipeAsync(string input, params string[] arguments) => CommandRun.PipeAsync(input, [.. arguments, "--data", folder]);

    /// <summary>A file in the hub's directory, for a command to read.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
