using System.Globalization;

namespace Vkp.EmbeddedPostgres;

/// <summary>
/// One hub per data directory. The kernel's file lock, not the file, is the lock: it ends with the process however the process ends,
/// so there is nothing stale to heal.
/// </summary>
internal static class OwnerLock
{
    /// <summary>VKP-902 when another hub holds it.</summary>
    internal static FileStream Take(string directory)
    {
        var path = Path.Combine(directory, "hub.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush();
            return file;
        }
        catch (IOException) when (File.Exists(path))
        {
            throw ClusterException.InUse(directory, Holder(directory));
        }
    }

    /// <summary>Whether a hub holds the directory now, and which process says so.</summary>
    internal static string? HeldBy(string directory)
    {
        var path = Path.Combine(directory, "hub.lock");
        if (!File.Exists(path)) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (IOException)
        {
            return Holder(directory);
        }
    }

    private static string Holder(string directory)
    {
        // FileShare.ReadWrite asks for no lock of its own, so the holder's does not stand in the way of reading its number.
        using var file = new FileStream(Path.Combine(directory, "hub.lock"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadLine() is { Length: > 0 } pid ? $"process {pid}" : "process unknown";
    }
}
