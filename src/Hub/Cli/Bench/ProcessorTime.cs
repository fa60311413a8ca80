using System.Diagnostics;

namespace Vkp.Cli.Bench;

/// <summary>Processor time of processes, from outside. That of PostgreSQL needs Linux's /proc; elsewhere it is zero and said to be unknown.</summary>
internal static class ProcessorTime
{
    public static TimeSpan OfProcess(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }

    /// <summary>The postmaster, its running children, and those that have ended.</summary>
    public static TimeSpan OfPostgres(int postmaster)
    {
        if (!OperatingSystem.IsLinux()) return TimeSpan.Zero;

        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || Fields(folder) is not { } fields) continue;

            // After the name: state, ppid, ...; utime and stime are the 14th and 15th of the line, those of ended children the two after.
            if (pid == postmaster) ticks += long.Parse(fields[11]) + long.Parse(fields[12]) + long.Parse(fields[13]) + long.Parse(fields[14]);
            else if (fields[1] == $"{postmaster}") ticks += long.Parse(fields[11]) + long.Parse(fields[12]);
        }

        // USER_HZ is 100 on every Linux there is.
        return TimeSpan.FromMilliseconds(ticks * 10);
    }

    private static string[]? Fields(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Ended between the listing and the reading; the postmaster counts it among its children from now on.
            return null;
        }
    }
}
