using System.Diagnostics;
using System.Globalization;

namespace Vkp.EmbeddedPostgres;

/// <summary>What the server says of itself in `postmaster.pid`: process, data directory, port and state (`starting`, `ready`, `stopping`).</summary>
internal sealed record PidFile(int Pid, string Data, int Port, string Status)
{
    /// <summary>Null when there is no file, or one too broken to name a process: both mean that no server can be adopted.</summary>
    internal static PidFile? Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (IOException)
        {
            return null;
        }
        if (lines.Length < 4 || !int.TryParse(lines[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var pid)) return null;
        _ = int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        // A negative number is PostgreSQL's single-user mode; the process is the same.
        return new(Math.Abs(pid), lines[1], port, lines.Length > 7 ? lines[7].Trim() : "starting");
    }
}

/// <summary>Facts about processes, read from the kernel. Where /proc is missing (macOS) only "is it there" can be told.</summary>
internal static class ServerProcess
{
    /// <summary>True while the process exists and is not a zombie that nobody has collected.</summary>
    internal static bool IsAlive(int pid)
    {
        if (!Directory.Exists("/proc/self")) return Exists(pid);
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may hold anything, so the state is what follows the last parenthesis.
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// True when the process works in this data directory: PostgreSQL's processes all do, and a reused process number does not.
    /// Without /proc the answer is "it may", and the password decides.
    /// </summary>
    internal static bool WorksIn(int pid, string data)
    {
        if (!IsAlive(pid)) return false;
        if (!Directory.Exists("/proc/self")) return true;
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget == data;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone in between, or somebody else's process: in neither case a server of ours.
            return false;
        }
    }

    /// <summary>Processes that work in the data directory. After a kill -9 of the server these are its orphans; they still hold its shared memory.</summary>
    internal static IReadOnlyList<int> AllIn(string data) =>
        !Directory.Exists("/proc/self") ? []
        : [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && WorksIn(pid, data))];

    /// <summary>Waits until the condition holds, asking every 10 ms. False when the time is up.</summary>
    internal static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken ct)
    {
        for (var waited = Stopwatch.StartNew(); !condition();)
        {
            if (waited.Elapsed > limit) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(10), ct);
        }
        return true;
    }

    private static bool Exists(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
