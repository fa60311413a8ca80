namespace Vkp.EmbeddedPostgres;

/// <summary>What can be told about a data directory without touching it: for diagnosis, while a hub runs on it or not.</summary>
/// <param name="Home">Where the server's files are; null when there are none yet.</param>
/// <param name="DataMajor">The PostgreSQL major version that wrote the data; null when there is none.</param>
/// <param name="Port">The port kept for it; null before the first start.</param>
/// <param name="ServerPid">The server's process while it runs.</param>
/// <param name="Hub">The process of the hub that owns the directory now, as text; null when none does.</param>
public sealed record ClusterState(string Directory, string? Home, int? DataMajor, int? Port, int? ServerPid, string? Hub)
{
    public static ClusterState Read(string directory)
    {
        if (!System.IO.Directory.Exists(directory)) return new(directory, null, null, null, null, null);
        var files = ClusterFiles.Existing(Native.RealPath(directory));
        if (!System.IO.Directory.Exists(files.Home)) return new(directory, null, null, files.KeptPort, null, OwnerLock.HeldBy(directory));
        var running = PidFile.Read(files.PidFile) is { } file && ServerProcess.WorksIn(file.Pid, files.Data) ? file.Pid : (int?)null;
        return new(directory, files.Home, files.DataMajor, files.KeptPort, running, OwnerLock.HeldBy(directory));
    }

    /// <summary>Folders under /var/lib/vkp whose data directory no longer names them: it was removed, and this data stayed.</summary>
    public static IReadOnlyList<AbandonedCluster> Abandoned()
    {
        if (!System.IO.Directory.Exists(ClusterFiles.SharedRoot)) return [];
        var abandoned = new List<AbandonedCluster>();
        foreach (var home in System.IO.Directory.EnumerateDirectories(ClusterFiles.SharedRoot))
        {
            try
            {
                var marker = Path.Combine(home, "belongs-to");
                if (!File.Exists(marker)) continue;
                var owner = File.ReadAllText(marker).Trim();
                if (ClusterFiles.Existing(owner).Home == home) continue;
                var data = Path.Combine(home, "data");
                var running = PidFile.Read(Path.Combine(data, "postmaster.pid")) is { } file && ServerProcess.WorksIn(file.Pid, data) ? file.Pid : (int?)null;
                abandoned.Add(new(home, owner, running));
            }
            catch (UnauthorizedAccessException)
            {
                // Another account's cluster; not ours to judge.
            }
        }
        return abandoned;
    }

    /// <summary>The account a server started by this process would run as.</summary>
    /// <exception cref="ClusterException">VKP-938 when root has nobody to drop to.</exception>
    public static string AccountName(string directory) => Account.Choose(ClusterFiles.AccountName(directory)).Name;
}

/// <summary>Data that no directory names any more, and the server that still runs on it, if any: no hub will ever adopt that one.</summary>
public sealed record AbandonedCluster(string Home, string BelongedTo, int? ServerPid);
