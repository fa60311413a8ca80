using System.Diagnostics;
using Npgsql;

namespace Vkp.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL in a data directory: made on first use, kept across restarts, adopted when it outlived its hub, stopped with it.
/// Listens on 127.0.0.1 only; durable (fsync and synchronous_commit on). One hub per directory. Fails with <see cref="ClusterException"/> alone.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    /// <summary>The database, and the role that owns it: may create roles and databases, is no superuser.</summary>
    public const string Database = "vkp";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly FileStream _lock;
    private readonly Server _server;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _stopped;

    private Cluster(FileStream hubLock, Server server, string password, bool adopted)
    {
        (_lock, _server, Adopted) = (hubLock, server, adopted);
        ConnectionString = Server.Connection(server.Port, Database, Database, password);
        SuperuserConnectionString = Server.Connection(server.Port, Server.Superuser, Database, password);
    }

    /// <summary>Connects as the owner of the database `vkp`.</summary>
    public string ConnectionString { get; }

    /// <summary>Connects as the superuser of this private cluster; for tests that break things on purpose.</summary>
    public string SuperuserConnectionString { get; }

    public int Port => _server.Port;

    /// <summary>The server's process now. Changes when <see cref="SuperviseAsync"/> restarts it.</summary>
    public int ProcessId => _server.Pid;

    /// <summary>True when the server was already running: it outlived a hub that was killed.</summary>
    public bool Adopted { get; }

    /// <summary>How often <see cref="SuperviseAsync"/> has brought the server back.</summary>
    public int Restarts { get; private set; }

    public Binaries Binaries => _server.Binaries;

    /// <summary>Where the server keeps its files: DIRECTORY/postgres, or a folder under /var/lib/vkp when its account cannot read DIRECTORY.</summary>
    public string Home => _server.Files.Home;

    /// <summary>Starts or adopts the cluster of this directory. About 2 s the first time, under half a second later.</summary>
    public static async Task<Cluster> StartAsync(string directory, IProgress<string>? progress, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) throw ClusterException.NoBinaries("nothing", "the private cluster runs on Linux and macOS only");
        FileStream? hubLock = null;
        Server? server = null;
        try
        {
            Directory.CreateDirectory(directory);
            directory = Native.RealPath(directory);
            hubLock = OwnerLock.Take(directory);
            var account = Account.Choose(ClusterFiles.AccountName(directory));
            var files = await ClusterFiles.OpenAsync(directory, account, progress, ct);
            var password = files.Password();
            var binaries = await Binaries.ChooseAsync(account, directory, files.DataMajor, progress, ct);
            server = new Server(files, account, binaries, password);
            if (files.DataMajor is null) await server.CreateAsync(progress, ct);
            var adopted = await server.StartOrAdoptAsync(mayMove: true, progress, ct);
            await server.EnsureDatabaseAsync(ct);
            return new(hubLock, server, password, adopted);
        }
        catch (Exception e)
        {
            // Also when cancelled: a server without a hub would go on unseen.
            if (server is not null) await server.StopAsync(StopLimit, CancellationToken.None);
            hubLock?.Dispose();
            if (Explained(directory, e) is { } explained) throw explained;
            throw;
        }
    }

    /// <summary>Returns when the server's process has ended, whoever ended it.</summary>
    public async Task WaitForDeathAsync(CancellationToken ct)
    {
        var pid = _server.Pid;
        while (ServerProcess.WorksIn(pid, _server.Files.Data)) await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
    }

    /// <summary>
    /// Until cancelled or stopped: when the server dies, brings it back on the same port, with pauses of 0.1 s growing to 10 s while it refuses.
    /// Never gives up; each death, refusal and return is reported as one line.
    /// </summary>
    public async Task SuperviseAsync(IProgress<string>? progress, CancellationToken ct)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ;)
        {
            await WaitForDeathAsync(ct);
            await _turn.WaitAsync(ct);
            try
            {
                if (_stopped) return;
                var pid = _server.Pid;
                var watch = Stopwatch.StartNew();
                progress?.Report($"PostgreSQL (process {pid}) ended; starting it again on port {Port} ...");
                await _server.StartOrAdoptAsync(mayMove: false, progress, ct);
                Restarts++;
                pause = TimeSpan.FromMilliseconds(100);
                progress?.Report($"PostgreSQL is back on port {Port} after {watch.ElapsedMilliseconds} ms (process {_server.Pid}).");
                continue;
            }
            catch (Exception e) when ((e as ClusterException ?? Explained(_server.Files.Root, e)) is { } explained)
            {
                progress?.Report(explained.Message);
            }
            finally
            {
                _turn.Release();
            }
            await Task.Delay(pause, ct);
            pause = pause * 2 < TimeSpan.FromSeconds(10) ? pause * 2 : TimeSpan.FromSeconds(10);
        }
    }

    /// <summary>Stops the server cleanly (fast shutdown: open transactions are rolled back) and lets go of the directory. Safe to call twice.</summary>
    public async Task StopAsync(CancellationToken ct = default)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (_stopped) return;
            _stopped = true;
            NpgsqlConnection.ClearAllPools();
            await _server.StopAsync(StopLimit, ct);
        }
        finally
        {
            await _lock.DisposeAsync();
            _turn.Release();
        }
    }

    /// <summary>Stops the server and removes its data, also where it lies outside the directory. For temporary clusters.</summary>
    public async Task DestroyAsync(CancellationToken ct = default)
    {
        await StopAsync(ct);
        _server.Files.Delete();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    /// <summary>What went wrong, as the one kind of failure callers know; null for what is no failure of the machine (a bug, or cancellation).</summary>
    private static ClusterException? Explained(string directory, Exception e) => e switch
    {
        IOException io when NpmBinaries.IsDiskFull(io) => ClusterException.DiskFull(directory, io.Message),
        IOException or UnauthorizedAccessException => ClusterException.Unusable(directory, e.Message, e),
        NpgsqlException => ClusterException.Unusable(directory, $"the server does not answer as ours: {e.Message}", e),
        _ => null,
    };
}
