using System.Diagnostics;
using System.Text;

namespace Vkp.EmbeddedPostgres;

/// <summary>Runs one short-lived program to its end and keeps what it printed.</summary>
internal static class Command
{
    internal readonly record struct Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>The last lines of what was printed, for an error message. At most 600 characters.</summary>
        internal string Tail => Command.Tail(Errors.Length > 0 ? Errors : Output);
    }

    /// <summary>A program that is not there gives exit code 127, one that outlives <paramref name="limit"/> is ended and gives 124.</summary>
    internal static async Task<Result> RunAsync(
        Account? account, string program, IReadOnlyList<string> arguments, string workingDirectory, TimeSpan limit, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // A PGDATA or PGOPTIONS of the person's own would point these programs at somebody else's database.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        if (account is { Dropped: true })
        {
            // On Unix .NET sets user, group and supplementary groups between fork and exec; no helper program is needed.
            start.UserName = account.Name;
            start.Environment["HOME"] = workingDirectory;
        }
        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new(127, "", $"{program}: {e.Message}");
        }
        process.StandardInput.Close();
        var output = new StringBuilder();
        var errors = new StringBuilder();
        var reading = Task.WhenAll(CopyAsync(process.StandardOutput, output), CopyAsync(process.StandardError, errors));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            // A daemon that the program left behind may hold the pipes open; what has come within a second is enough.
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), ct));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return new(124, "", $"{program} did not finish within {limit.TotalSeconds:0} s");
        }
        lock (output)
        lock (errors)
            return new(process.ExitCode, output.ToString(), errors.ToString());
    }

    internal static string Tail(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var tail = string.Join(" | ", lines.TakeLast(6));
        return tail.Length <= 600 ? tail : tail[^600..];
    }

    private static async Task CopyAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
            lock (to) to.Append(buffer, 0, read);
    }
}
