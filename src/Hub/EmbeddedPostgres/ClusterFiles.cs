using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Vkp.EmbeddedPostgres;

/// <summary>
/// Where everything of one cluster lies. What only the hub needs (lock, password, port) is in the directory it was given; what the server
/// needs is in <see cref="Home"/>: the same directory's `postgres` folder, or, when the server's account cannot get there, a folder under
/// /var/lib/vkp that `postgres.location` names.
/// </summary>
internal sealed class ClusterFiles
{
    internal const string SharedRoot = "/var/lib/vkp";

    private ClusterFiles(string directory, string home) => (Root, Home) = (directory, home);

    internal string Root { get; }

    internal string Home { get; }

    internal string Data => Path.Combine(Home, "data");

    internal string Log => Path.Combine(Home, "postgres.log");

    internal string PidFile => Path.Combine(Data, "postmaster.pid");

    private string PasswordFile => Path.Combine(Root, "postgres.password");

    private string PortFile => Path.Combine(Root, "postgres.port");

    private static string AccountFile(string directory) => Path.Combine(directory, "postgres.account");

    private static string LocationFile(string directory) => Path.Combine(directory, "postgres.location");

    /// <summary>The major version that wrote the data, or null when there is no data yet.</summary>
    internal int? DataMajor
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            if (!File.Exists(file)) return null;
            return int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major
                : throw ClusterException.Unusable(Root, $"{file} is not readable as a version");
        }
    }

    internal int? KeptPort =>
        File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kept) ? kept : null;

    /// <summary>Where things are, or would be inside the directory; makes nothing.</summary>
    internal static ClusterFiles Existing(string directory) =>
        new(directory, File.Exists(LocationFile(directory)) ? File.ReadAllText(LocationFile(directory)).Trim() : Path.Combine(directory, "postgres"));

    internal static async Task<ClusterFiles> OpenAsync(string directory, Account account, IProgress<string>? progress, CancellationToken ct)
    {
        var location = LocationFile(directory);
        if (File.Exists(location)) return Prepared(directory, File.ReadAllText(location).Trim(), account);

        var inside = Path.Combine(directory, "postgres");
        if (Directory.Exists(inside) || await account.CanEnterAsync(directory, ct)) return Prepared(directory, inside, account);

        var home = FreeShared(directory);
        // The name is written before the folder is made: a crash in between leaves a name without a folder, never data that nobody finds.
        await File.WriteAllTextAsync(location, home + "\n", ct);
        progress?.Report($"The account '{account.Name}' cannot read {directory}; the database is kept in {home}.");
        return Prepared(directory, home, account);
    }

    /// <summary>The account that root dropped to when this data was made; null for an ordinary user's data or none.</summary>
    internal static string? AccountName(string directory) => File.Exists(AccountFile(directory)) ? File.ReadAllText(AccountFile(directory)).Trim() : null;

    /// <summary>Removes everything of this cluster, wherever it lies. The server must be stopped.</summary>
    internal void Delete()
    {
        if (Directory.Exists(Home)) Directory.Delete(Home, recursive: true);
        foreach (var file in (string[])[PasswordFile, PortFile, LocationFile(Root), AccountFile(Root)]) File.Delete(file);
    }

    /// <summary>The owner's password; made on first use, readable by this process's account only.</summary>
    internal string Password()
    {
        if (File.Exists(PasswordFile)) return File.ReadAllText(PasswordFile).Trim();
        if (DataMajor is not null) throw ClusterException.Unusable(Root, $"the password file {PasswordFile} is missing");
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        WritePrivate(PasswordFile, password + "\n");
        return password;
    }

    internal static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The port chosen once for this directory. Below the range the kernel hands out to outgoing calls, so that none of them takes it meanwhile.</summary>
    internal int Port() => KeptPort ?? ChoosePort();

    internal int ChoosePort()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (!IsFree(port)) continue;
            File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n");
            return port;
        }
        throw ClusterException.Unusable(Root, "no free port between 20000 and 32000 on 127.0.0.1");
    }

    internal static bool IsFree(int port)
    {
        // SO_REUSEADDR as PostgreSQL itself sets it: connections lingering after a crash do not make a port taken.
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string FreeShared(string directory)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..16];
        var home = Path.Combine(SharedRoot, name);
        // A folder already there belongs to an earlier directory of the same name that was removed; its data is not ours to show or to delete.
        for (var n = 2; Directory.Exists(home); n++) home = Path.Combine(SharedRoot, $"{name}-{n}");
        return home;
    }

    private static ClusterFiles Prepared(string directory, string home, Account account)
    {
        const UnixFileMode traversable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (home.StartsWith(SharedRoot + "/", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(SharedRoot);
            File.SetUnixFileMode(SharedRoot, traversable);
        }
        if (Directory.Exists(home))
        {
            // Asked outright: "does it hold data" answers no, not "forbidden", for a folder of another account.
            _ = Directory.EnumerateFileSystemEntries(home).Any();
        }
        else
        {
            if (account.Dropped) File.WriteAllText(AccountFile(directory), account.Name + "\n");
            Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Native.Own(home, account);
            if (!home.StartsWith(directory + "/", StringComparison.Ordinal)) File.WriteAllText(Path.Combine(home, "belongs-to"), directory + "\n");
        }
        return new(directory, Native.RealPath(home));
    }
}
