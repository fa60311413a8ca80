using System.ComponentModel;
using System.Diagnostics;

namespace Vkp.Cli.Doctor;

/// <summary>Programs on this machine, by name and version.</summary>
internal static class Programs
{
    /// <summary>The first line a program prints about its version, or null when it is not installed or does not answer within five seconds.</summary>
    internal static async Task<string?> VersionAsync(string program, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            try
            {
                var line = await process.StandardOutput.ReadLineAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 && !string.IsNullOrWhiteSpace(line) ? line.Trim() : null;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The first of these that lies in PATH. Not started: a browser asked for its version may open a profile.</summary>
    internal static string? InPath(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(_ => names, Path.Combine)
        .FirstOrDefault(File.Exists);
}
