using System.Globalization;
using System.Text.RegularExpressions;

namespace Vkp.EmbeddedPostgres;

/// <summary>A folder with `postgres`, `initdb` and `pg_ctl`, its version, and where it was found (`PATH`, `distribution`, `npm`).</summary>
public sealed partial record Binaries(string Folder, Version Version, string Origin)
{
    /// <summary>The oldest PostgreSQL the hub's SQL runs on.</summary>
    public const int OldestMajor = 15;

    /// <summary>
    /// Names the folders to search, separated by ':', instead of PATH and the distribution's folders.
    /// A name that does not exist (for example `none`) hides every installed PostgreSQL, so that the npm package is used.
    /// </summary>
    public const string SearchVariable = "VKP_POSTGRES_BIN";

    private static readonly string[] Distributions = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];

    internal string Postgres => Path.Combine(Folder, "postgres");

    internal string Initdb => Path.Combine(Folder, "initdb");

    internal string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Every installed PostgreSQL, in the order of preference: PATH first, then the distribution's, newest first.</summary>
    public static async Task<IReadOnlyList<Binaries>> InstalledAsync(CancellationToken ct) => await InstalledAsync(null, ct);

    internal static async Task<IReadOnlyList<Binaries>> InstalledAsync(Account? account, CancellationToken ct)
    {
        var found = new List<Binaries>();
        foreach (var (folder, origin) in Candidates())
        {
            if (found.Exists(b => b.Folder == folder)) continue;
            // Asked as the account that will run it: a PostgreSQL under somebody's 0700 home is none at all.
            if (await VersionOfAsync(account, folder, ct) is { } version) found.Add(new(folder, version, origin));
        }
        return found;
    }

    /// <summary>
    /// Binaries that can serve this data directory: the major version that wrote the data when there is some, else the first that is new enough,
    /// else the pinned npm package. VKP-931 when there is none, VKP-935 when only other versions are installed.
    /// </summary>
    internal static async Task<Binaries> ChooseAsync(Account account, string directory, int? dataMajor, IProgress<string>? progress, CancellationToken ct)
    {
        var installed = await InstalledAsync(account, ct);
        var fitting = installed.FirstOrDefault(b => dataMajor is { } m ? b.Version.Major == m : b.Version.Major >= OldestMajor);
        if (fitting is not null) return fitting;
        if (dataMajor is { } major && major != NpmBinaries.Major)
            throw ClusterException.WrongVersion(directory, major, installed.Count == 0 ? "none" : string.Join(", ", installed.Select(b => b.Version)));
        return await NpmBinaries.GetAsync(account, directory, Searched(), progress, ct);
    }

    internal static string Searched() =>
        Environment.GetEnvironmentVariable(SearchVariable) is { Length: > 0 } list ? $"{SearchVariable}={list}" : "PATH and /usr/lib/postgresql";

    internal static async Task<Version?> VersionOfAsync(Account? account, string folder, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "pg_ctl"))) return null;
        var result = await Command.RunAsync(account, Path.Combine(folder, "postgres"), ["--version"], "/", TimeSpan.FromSeconds(10), ct);
        var match = VersionText().Match(result.Output);
        return result.ExitCode == 0 && match.Success
            ? new Version(int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture), match.Groups["minor"].Success ? int.Parse(match.Groups["minor"].Value, CultureInfo.InvariantCulture) : 0)
            : null;
    }

    private static IEnumerable<(string Folder, string Origin)> Candidates()
    {
        if (Environment.GetEnvironmentVariable(SearchVariable) is { Length: > 0 } list)
            return list.Split(':', StringSplitOptions.RemoveEmptyEntries).Where(HasServer).Select(folder => (folder, SearchVariable));
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(HasServer).Select(folder => (Resolve(folder), "PATH"));
        var distribution = Distributions
            .Where(Directory.Exists)
            .SelectMany(root => root == "/usr"
                ? Directory.EnumerateDirectories(root, "pgsql-*")
                : Directory.EnumerateDirectories(root).Where(d => root == "/usr/lib/postgresql" || Path.GetFileName(d).StartsWith("postgresql", StringComparison.Ordinal)))
            .Select(folder => Path.Combine(folder, "bin")).Where(HasServer)
            .OrderByDescending(folder => int.TryParse(LastNumber().Match(folder).Value, out var n) ? n : 0)
            .Select(folder => (folder, "distribution"));
        return path.Concat(distribution);
    }

    private static bool HasServer(string folder) => File.Exists(Path.Combine(folder, "postgres"));

    /// <summary>A link in PATH must be followed: postgres finds its libraries and its share folder relative to where it really lies.</summary>
    private static string Resolve(string folder)
    {
        var program = new FileInfo(Path.Combine(folder, "postgres"));
        return Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName)!;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)(\.(?<minor>\d+))?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionText();

    [GeneratedRegex(@"\d+(?=/bin$)", RegexOptions.None, 1000)]
    private static partial Regex LastNumber();
}
