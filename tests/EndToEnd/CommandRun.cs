using System.Diagnostics;
using Vkp.Cli;

namespace Vkp.EndToEnd.Tests;

/// <summary>One run of the `vkp` command as a process of its own, to its end.</summary>
internal static class CommandRun
{
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(DataDirectory).Assembly.Location, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment.Remove("VKP_DATABASE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
