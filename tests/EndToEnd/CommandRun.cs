using System.Diagnostics;
using Vkp.Cli;

namespace Vkp.EndToEnd.Tests;

/// <summary>One run of the `vkp` command as a process of its own, to its end.</summary>
internal static class CommandRun
{
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>The same with something piped in.</summary>
    public static async Task<(int ExitCode, string Output)> PipeAsync(string input, string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>A run that its caller ends.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[typeof(DataDirectory).Assembly.Location, .. arguments]) start.ArgumentList.Add(argument);
        start.Environment.Remove("VKP_DATABASE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
