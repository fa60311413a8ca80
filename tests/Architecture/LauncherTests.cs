using System.Runtime.InteropServices;

// The launcher and the test script are bash; they run on Linux and macOS.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

namespace Vkp.Architecture.Tests;

public sealed class LauncherTests : IDisposable
{
    private readonly LauncherFixture _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task The_first_call_builds_and_the_second_only_runs()
    {
        var first = await RunAsync("status", "--json");
        var second = await RunAsync("status", "--json");
        Assert.Equal(0, first.ExitCode);
        Assert.EndsWith("Vkp.Cli.dll status --json\n", second.Output, StringComparison.Ordinal);
        Assert.Equal("", second.Errors);
        Assert.Equal(1, _tree.Builds);
    }

    [Theory]
    [InlineData("src/Hub/Cli/Program.cs", 2)]
    [InlineData("src/Hub/Server/append.sql", 2)]
    [InlineData("Directory.Packages.props", 2)]
    [InlineData("contracts/fhir/ValueSet-x.json", 2)]
    [InlineData("src/Hub/Cli/obj/Program.cs", 1)]
    [InlineData("src/Hub/Cli/README.md", 1)]
    [InlineData("tests/Fhir/Test.cs", 1)]
    public async Task Only_a_changed_source_of_the_product_builds_again(string file, int builds)
    {
        // A new name is a change of its own, so the file exists before.
        _tree.Write(file, "");
        await RunAsync("status");
        File.WriteAllText(_tree.PathOf(file), "changed");
        await RunAsync("status");
        Assert.Equal(builds, _tree.Builds);
    }

    [Fact]
    public async Task A_removed_source_builds_again()
    {
        _tree.Write("src/Hub/Cli/Old.cs", "");
        await RunAsync("status");
        File.Delete(_tree.PathOf("src/Hub/Cli/Old.cs"));
        await RunAsync("status");
        Assert.Equal(2, _tree.Builds);
    }

    [Fact]
    public async Task Calls_at_the_same_time_build_once_and_all_run()
    {
        var calls = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync("status")));
        Assert.All(calls, call => Assert.Equal(0, call.ExitCode));
        Assert.All(calls, call => Assert.StartsWith("ran ", call.Output, StringComparison.Ordinal));
        Assert.Equal(1, _tree.Builds);
    }

    [Fact]
    public async Task A_new_build_leaves_the_folder_that_a_running_hub_uses()
    {
        var running = (await RunAsync("up")).Output.Split(' ')[1];
        _tree.Write("src/Hub/Cli/Program.cs", "changed");
        var next = (await RunAsync("up")).Output.Split(' ')[1];
        Assert.NotEqual(running, next);
        Assert.True(File.Exists(running));
    }

    [Fact]
    public async Task Old_builds_do_not_pile_up()
    {
        for (var change = 0; change < 6; change++)
        {
            _tree.Write("src/Hub/Cli/Program.cs", $"{change}");
            await RunAsync("status");
        }
        Assert.Equal(6, _tree.Builds);
        Assert.Equal(3, Directory.GetDirectories(_tree.PathOf("artifacts/cli")).Length);
    }

    [Fact]
    public async Task A_failed_build_shows_the_error_and_runs_nothing_old()
    {
        await RunAsync("status");
        _tree.Write("src/Hub/Cli/Program.cs", "changed");
        _tree.Write("fake/build-fails", "");
        var call = await RunAsync("status");
        Assert.Equal(70, call.ExitCode);
        Assert.Equal("", call.Output);
        Assert.Contains("error CS1002", call.Errors, StringComparison.Ordinal);
        Assert.Contains("vkp: the build failed.", call.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_can_be_compiled_ahead_it_builds_all_the_same_and_says_so()
    {
        _tree.Write("fake/no-crossgen", "");
        var call = await RunAsync("status");
        Assert.Equal(0, call.ExitCode);
        Assert.EndsWith("Vkp.Cli.dll status\n", call.Output, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64)
            Assert.Contains("vkp: not compiled ahead, so it starts slower: error NU1101", call.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_from_anywhere_and_through_a_link()
    {
        Directory.CreateDirectory(_tree.PathOf("elsewhere"));
        File.CreateSymbolicLink(_tree.PathOf("elsewhere/hub"), "../vkp");
        var call = await _tree.RunAsync(_tree.PathOf("elsewhere/hub"), ["send", "a file.json"], workingDirectory: "/");
        Assert.StartsWith($"ran {_tree.PathOf("artifacts/cli/")}", call.Output, StringComparison.Ordinal);
        Assert.EndsWith("Vkp.Cli.dll send a file.json\n", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_dotnet_it_says_so_in_one_line()
    {
        Directory.CreateDirectory(_tree.PathOf("bare"));
        File.CreateSymbolicLink(_tree.PathOf("bare/bash"), "/bin/bash");
        var call = await _tree.RunAsync(_tree.PathOf("vkp"), ["up"], path: _tree.PathOf("bare"));
        Assert.Equal(69, call.ExitCode);
        Assert.Single(call.Errors.Trim().Split('\n'));
        Assert.Contains(".NET SDK 10 is not installed", call.Errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => _tree.RunAsync(_tree.PathOf("vkp"), arguments);
}
