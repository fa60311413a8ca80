using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Vkp.EmbeddedPostgres;

namespace Vkp.TestSupport;

/// <summary>
/// One private PostgreSQL per test process, started when the first test asks. Its data lives in a numbered slot under artifacts/ and is used
/// again by later runs, so that only the first run pays for making it. It stops when the process exits, also when the process is killed.
/// </summary>
public static class TestCluster
{
    /// <summary>Every schema and database that a test makes begins with this; what an aborted run left behind is found by it.</summary>
    public const string Prefix = "t_";

    private const int SlotsMax = 64;

    private static Process? s_watchdog;

    private static readonly Lazy<Task<Cluster>> Started = new(StartAsync);

    public static async Task<Cluster> GetAsync(CancellationToken ct = default) => await Started.Value.WaitAsync(ct);

    private static async Task<Cluster> StartAsync()
    {
        for (var slot = 0; slot < SlotsMax; slot++)
        {
            Cluster cluster;
            try
            {
                cluster = await Cluster.StartAsync(Repository.PathOf("artifacts", "test-postgres", slot.ToString(CultureInfo.InvariantCulture)), null, CancellationToken.None);
            }
            catch (ClusterException e) when (e.Code == "VKP-932")
            {
                continue;
            }
            StopWithThisProcess(cluster);
            await PrepareAsync(cluster);
            return cluster;
        }
        throw new InvalidOperationException($"All {SlotsMax} slots under artifacts/test-postgres are in use by other test processes.");
    }

    private static void StopWithThisProcess(Cluster cluster)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.StopAsync().GetAwaiter().GetResult();

        // A killed process runs no exit handler. This shell reads until its input closes, which the kernel does for any death of ours,
        // and then stops the server if it is still the same one.
        var watchdog = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var argument in (string[])
        [
            "-c", "trap '' INT TERM HUP; cat >/dev/null; test \"$(head -n 1 \"$2\" 2>/dev/null)\" = \"$1\" && kill -INT \"$1\"", "sh",
            cluster.ProcessId.ToString(CultureInfo.InvariantCulture), Path.Combine(cluster.Home, "data", "postmaster.pid"),
        ]) watchdog.ArgumentList.Add(argument);
        // Never disposed, and kept from the collector, whose finalizer would close its input: that is the signal.
        s_watchdog = Process.Start(watchdog);
    }

    /// <summary>
    /// Leftovers are dropped, and commits do not wait for the disk: nothing here is to outlive its test, and a busy disk would be most of what the tests wait for.
    /// Tests that kill a server have clusters of their own, with everything on.
    /// </summary>
    private static async Task PrepareAsync(Cluster cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.SuperuserConnectionString + ";Pooling=false");
        await ExecuteAsync("alter role all set synchronous_commit = off");
        foreach (var schema in await NamesAsync("select nspname::text from pg_namespace where starts_with(nspname, $1)"))
            await ExecuteAsync($"drop schema if exists \"{schema}\" cascade");
        foreach (var database in await NamesAsync("select datname::text from pg_database where starts_with(datname, $1)"))
            await ExecuteAsync($"drop database if exists \"{database}\" with (force)");

        async Task<List<string>> NamesAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = Prefix });
            var names = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) names.Add(reader.GetString(0));
            return names;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
