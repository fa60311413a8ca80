using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Vkp.EmbeddedPostgres;

/// <summary>The server of one cluster: made, started or adopted, stopped. Not thread-safe; <see cref="Cluster"/> takes turns.</summary>
internal sealed class Server(ClusterFiles files, Account account, Binaries binaries, string password)
{
    internal const string Superuser = "postgres";

    /// <summary>Recovery after a crash replays up to max_wal_size; on a slow disk that takes minutes, and ending it early only begins it again.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(10);

    /// <summary>An eighth of the memory that there is for this process, from what PostgreSQL takes by itself to two gigabytes; only what is used is taken.</summary>
    private static readonly long BuffersMb = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / (1024 * 1024), 128, 2048);

    /// <summary>
    /// Given on the command line at every start, so that a newer hub's settings also reach older data. Values hold no blanks: pg_ctl passes them through a shell.
    /// The log says no values of rows: a duplicate key or a failed statement would print them.
    /// </summary>
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        // The indexes of ids and hashed keys are written all over: as long as they fit, an append waits for no page of theirs.
        $"shared_buffers={BuffersMb}MB",
        "max_connections=200",
        "max_wal_size=2GB",
        // Files of the write-ahead log that are used again need not be made in a burst: a new one is written full of zeroes first, and commits wait for it.
        "min_wal_size=1GB",
        // Every delivery's row is written twice within a second; the place of the first is to be used again before the table has grown by as much.
        "autovacuum_naptime=10s",
        "password_encryption=scram-sha-256",
        "idle_in_transaction_session_timeout=60s",
        "log_error_verbosity=terse",
        "log_min_error_statement=panic",
        "log_parameter_max_length=0",
        "log_checkpoints=off",
        "timezone=UTC",
        "log_timezone=UTC",
    ];

    internal ClusterFiles Files => files;

    internal Binaries Binaries => binaries;

    internal int Port { get; private set; }

    internal int Pid { get; private set; }

    internal static string Connection(int port, string user, string database, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = user,
        Password = password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 5,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>Makes the data directory under another name and renames it when whole, so that a crash in between leaves nothing half-made.</summary>
    internal async Task CreateAsync(IProgress<string>? progress, CancellationToken ct)
    {
        progress?.Report($"Making a new database in {files.Home} (PostgreSQL {binaries.Version}, {binaries.Origin}) ...");
        var fresh = files.Data + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        var passwordFile = Path.Combine(files.Home, "initial-password");
        ClusterFiles.WritePrivate(passwordFile, password + "\n");
        Native.Own(passwordFile, account);
        try
        {
            var made = await Command.RunAsync(account, binaries.Initdb,
                ["--pgdata", fresh, "--username", Superuser, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--data-checksums"],
                files.Home, TimeSpan.FromMinutes(2), ct);
            if (made.ExitCode != 0) throw Failure(made.Tail, tail => ClusterException.InitFailed(files.Home, tail));
        }
        finally
        {
            File.Delete(passwordFile);
        }
        Directory.Move(fresh, files.Data);
    }

    /// <summary>
    /// True when a server of ours was already running. <paramref name="mayMove"/>: another port is chosen when somebody took ours;
    /// false while the hub runs, whose connection strings name the port.
    /// </summary>
    internal async Task<bool> StartOrAdoptAsync(bool mayMove, IProgress<string>? progress, CancellationToken ct)
    {
        Port = files.Port();
        if (await AdoptAsync(progress, ct)) return true;
        await ClearRemainsAsync(progress, ct);
        if (!ClusterFiles.IsFree(Port))
        {
            if (!mayMove) throw ClusterException.PortTaken(Port);
            var taken = Port;
            Port = files.ChoosePort();
            progress?.Report($"Port {taken} is taken by another program; the database moves to {Port}.");
        }
        await StartAsync(progress, ct);
        return false;
    }

    /// <summary>Makes the owner role and the database where they are missing (a crash may have come between initdb and here).</summary>
    internal async Task EnsureDatabaseAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(Connection(Port, Superuser, "postgres", password) + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(ct);
        // The password is hex of our own making; identifiers are constants. CREATE ROLE and CREATE DATABASE take no parameters.
        if (!await ExistsAsync("select exists (select from pg_roles where rolname = $1)"))
        {
            await ExecuteAsync($"create role {Cluster.Database} login createrole createdb password '{password}'");
            await ExecuteAsync($"grant pg_monitor, pg_signal_backend to {Cluster.Database}");
            // From PostgreSQL 16 on, the creator of a role is not by itself allowed to act as that role.
            if (binaries.Version.Major >= 16) await ExecuteAsync($"alter role {Cluster.Database} set createrole_self_grant = 'set, inherit'");
        }
        if (!await ExistsAsync("select exists (select from pg_database where datname = $1)"))
            await ExecuteAsync($"create database {Cluster.Database} owner {Cluster.Database}");

        async Task<bool> ExistsAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Cluster.Database } } };
            return (bool)(await command.ExecuteScalarAsync(ct))!;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    internal async Task StopAsync(TimeSpan limit, CancellationToken ct)
    {
        // The number is trusted only while the process still works in our data directory.
        if (!ServerProcess.WorksIn(Pid, files.Data)) return;
        Native.Signal(Pid, Native.Interrupt);
        if (await ServerProcess.UntilAsync(() => !ServerProcess.IsAlive(Pid), limit, ct)) return;
        Native.Signal(Pid, Native.Quit);
        if (!await ServerProcess.UntilAsync(() => !ServerProcess.IsAlive(Pid), TimeSpan.FromSeconds(10), ct)) throw ClusterException.DidNotStop(files.Home, Pid);
    }

    /// <summary>
    /// Takes over a server that is running in our data directory: its process works there, its port answers, our password opens it,
    /// and it names the same directory. One that is stopping is waited out; one that does not answer is stopped.
    /// </summary>
    private async Task<bool> AdoptAsync(IProgress<string>? progress, CancellationToken ct)
    {
        if (PidFile.Read(files.PidFile) is not { } running || running.Data != files.Data || !ServerProcess.WorksIn(running.Pid, files.Data)) return false;
        Pid = running.Pid;
        if (running.Status == "stopping")
        {
            await ServerProcess.UntilAsync(() => !ServerProcess.IsAlive(Pid), StartLimit, ct);
        }
        else if (running.Port > 0)
        {
            Port = running.Port;
            if (await AnswersAsync(ct))
            {
                progress?.Report($"Adopted the PostgreSQL that was already running here (process {Pid}, port {Port}).");
                return true;
            }
        }
        await StopAsync(TimeSpan.FromSeconds(10), ct);
        Port = files.Port();
        return false;
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(Connection(Port, Superuser, "postgres", password) + ";Pooling=false");
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartLimit && ServerProcess.IsAlive(Pid);)
        {
            try
            {
                await using var command = source.CreateCommand("show data_directory");
                return (string?)await command.ExecuteScalarAsync(ct) == files.Data;
            }
            catch (PostgresException e) when (e.SqlState != PostgresErrorCodes.CannotConnectNow)
            {
                return false;
            }
            catch (NpgsqlException)
            {
                // Starting up or recovering: it answers soon, or its process ends.
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
            }
        }
        return false;
    }

    /// <summary>
    /// No server runs here now; what one left behind goes. Orphans of a killed server still hold its shared memory and may still write:
    /// they are waited for, then told to quit, then ended. Only then may the lock file of a process that is gone, or whose number
    /// another program now bears, be removed.
    /// </summary>
    private async Task ClearRemainsAsync(IProgress<string>? progress, CancellationToken ct)
    {
        if (ServerProcess.AllIn(files.Data).Count > 0)
        {
            progress?.Report("Waiting for the processes of a PostgreSQL that was killed ...");
            await GoneAsync(TimeSpan.FromSeconds(2));
            foreach (var pid in ServerProcess.AllIn(files.Data)) Native.Signal(pid, Native.Quit);
            await GoneAsync(TimeSpan.FromSeconds(3));
            foreach (var pid in ServerProcess.AllIn(files.Data)) Native.Signal(pid, Native.Kill);
            if (!await GoneAsync(TimeSpan.FromSeconds(10))) throw ClusterException.DidNotStop(files.Home, ServerProcess.AllIn(files.Data) is [var first, ..] ? first : 0);
        }
        if (PidFile.Read(files.PidFile) is { } stale && !ServerProcess.WorksIn(stale.Pid, files.Data))
        {
            progress?.Report($"Removed the lock file of a PostgreSQL (process {stale.Pid}) that no longer runs.");
            File.Delete(files.PidFile);
        }

        Task<bool> GoneAsync(TimeSpan limit) => ServerProcess.UntilAsync(() => ServerProcess.AllIn(files.Data).Count == 0, limit, ct);
    }

    private async Task StartAsync(IProgress<string>? progress, CancellationToken ct)
    {
        if (new FileInfo(files.Log) is { Exists: true, Length: > 10_000_000 }) File.Move(files.Log, files.Log + ".1", overwrite: true);
        var logged = new FileInfo(files.Log) is { Exists: true } log ? log.Length : 0;
        var options = string.Join(' ', Settings.Append($"port={Port.ToString(CultureInfo.InvariantCulture)}").Select(setting => $"-c {setting}"));
        // pg_ctl puts the server into a session of its own: Ctrl-C in the hub's terminal must not end it before the hub has drained.
        var started = await Command.RunAsync(account, binaries.PgCtl,
            ["start", "--no-wait", "--silent", "--pgdata", files.Data, "--log", files.Log, "--options", options], files.Home, TimeSpan.FromSeconds(30), ct);
        if (started.ExitCode != 0) throw Failure(started.Tail, tail => ClusterException.DidNotStart(files.Home, files.Log, tail));

        // pg_ctl's own waiting looks once a second; the file tells as soon as it is so.
        var watch = Stopwatch.StartNew();
        var seen = false;
        var told = false;
        await ServerProcess.UntilAsync(() =>
        {
            var file = PidFile.Read(files.PidFile);
            seen |= file is not null;
            Pid = file?.Pid ?? 0;
            if (file?.Status == "ready") return true;
            if (!told && watch.Elapsed > TimeSpan.FromSeconds(5))
            {
                told = true;
                progress?.Report($"PostgreSQL is still starting; after a crash it first recovers what was committed (log: {files.Log}) ...");
            }
            var gone = file is null ? seen || watch.Elapsed > TimeSpan.FromSeconds(5) : !ServerProcess.IsAlive(file.Pid);
            return gone || Failed(logged);
        }, StartLimit, ct);
        if (PidFile.Read(files.PidFile) is { Status: "ready" } ready && ServerProcess.IsAlive(ready.Pid) && await AnswersAsync(ct)) return;
        throw Failure(LogTail(logged), tail => ClusterException.DidNotStart(files.Home, files.Log, tail.Length > 0 ? tail : "it wrote nothing in its log"));
    }

    private bool Failed(long from) => LogTail(from).Contains("FATAL:", StringComparison.Ordinal) && PidFile.Read(files.PidFile) is null;

    private string LogTail(long from)
    {
        if (!File.Exists(files.Log)) return "";
        using var log = new FileStream(files.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = Math.Min(from, log.Length);
        using var reader = new StreamReader(log);
        return Command.Tail(reader.ReadToEnd());
    }

    private ClusterException Failure(string tail, Func<string, ClusterException> otherwise) =>
        tail.Contains("No space left", StringComparison.Ordinal) || tail.Contains("Check free disk space", StringComparison.Ordinal) ? ClusterException.DiskFull(files.Home, tail)
        : tail.Contains("could not bind", StringComparison.Ordinal) ? ClusterException.PortTaken(Port)
        : otherwise(tail);
}
