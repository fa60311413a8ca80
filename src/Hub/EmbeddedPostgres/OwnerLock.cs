using System.Globalization;

namespace Vkp.EmbeddedPostgres;

/// <summary>
/// One hub per data directory. The kernel's file lock, not the file, is the lock: it ends with the process however the process ends,
/// so there is nothing stale to heal. The owner's number stands in a file of its own, because a locked file cannot be read.
/// </summary>
internal static class OwnerLock
{
    /// <summary>VKP-932 when another hub holds it.</summary>
    internal static FileStream Take(string directory)
    {
        var held = TryTake(directory) ?? throw ClusterException.InUse(directory, Holder(directory));
        File.WriteAllText(PidFile(directory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return held;
    }

    /// <summary>Which process holds the directory now, or null when none does.</summary>
    internal static string? HeldBy(string directory)
    {
        if (!File.Exists(LockFile(directory))) return null;
        using var free = TryTake(directory);
        return free is null ? Holder(directory) : null;
    }

    private static FileStream? TryTake(string directory)
    {
        try
        {
            return new FileStream(LockFile(directory), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && !NpmBinaries.IsDiskFull(e) && File.Exists(LockFile(directory)))
        {
            return null;
        }
    }

    private static string Holder(string directory) =>
        File.Exists(PidFile(directory)) && File.ReadAllText(PidFile(directory)).Trim() is { Length: > 0 } pid ? $"process {pid}" : "process unknown";

    private static string LockFile(string directory) => Path.Combine(directory, "hub.lock");

    private static string PidFile(string directory) => Path.Combine(directory, "hub.pid");
}
