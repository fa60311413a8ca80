using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Vkp.TestSupport;

namespace Vkp.EmbeddedPostgres.Tests;

public class KilledTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_outlived_its_killed_hub_is_adopted_with_its_data(bool throughLink)
    {
        await using var scratch = new Scratch();
        var directory = scratch.Path;
        if (throughLink)
        {
            directory = scratch.Path + "/link";
            Directory.CreateSymbolicLink(directory, scratch.Path);
        }
        await using var hub = await Holder.StartAsync(["own", directory], Ct);
        await Scratch.ScalarAsync(hub.ConnectionString, "create table kept (n int); insert into kept values (7)", Ct);
        await hub.KillAsync(Ct);

        await using var cluster = await Cluster.StartAsync(directory, null, Ct);

        Assert.True(cluster.Adopted);
        Assert.Equal(hub.ServerPid, cluster.ProcessId);
        Assert.Equal(7, await Scratch.ScalarAsync(cluster.ConnectionString, "select n from kept", Ct));
    }

    [Fact]
    public async Task A_second_hub_on_the_same_directory_is_told_who_has_it()
    {
        await using var scratch = new Scratch();
        await using var hub = await Holder.StartAsync(["own", scratch.Path], Ct);
        var refused = await Assert.ThrowsAsync<ClusterException>(() => Cluster.StartAsync(scratch.Path, null, Ct));
        Assert.Equal("VKP-932", refused.Code);
        Assert.Contains($"process {hub.Pid}", refused.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_file_left_by_a_killed_server_is_healed(bool numberReusedByAnotherProgram)
    {
        await using var scratch = new Scratch();
        await using var hub = await Holder.StartAsync(["own", scratch.Path], Ct);
        await hub.KillAsync(Ct);
        await KillServerAsync(hub.ServerPid);
        if (numberReusedByAnotherProgram)
        {
            var lines = await File.ReadAllLinesAsync(scratch.PidFile, Ct);
            lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(scratch.PidFile, lines, Ct);
        }

        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);

        Assert.False(cluster.Adopted);
        Assert.Equal(1, await Scratch.ScalarAsync(cluster.ConnectionString, "select 1", Ct));
    }

    [Fact]
    public async Task A_busy_orphan_of_a_killed_server_is_ended_before_the_next_one_starts()
    {
        await using var scratch = new Scratch();
        await using var hub = await Holder.StartAsync(["own", scratch.Path], Ct);
        await using var connection = new NpgsqlConnection(hub.ConnectionString + ";Pooling=false;CommandTimeout=0");
        await connection.OpenAsync(Ct);
        var orphan = connection.ProcessID;
        await using var endless = new NpgsqlCommand("select count(*) from generate_series(1, 100000000000)", connection);
        var running = endless.ExecuteScalarAsync(Ct);
        await hub.KillAsync(Ct);
        // Killed only once the query computes: one that still waits for its client would notice the death by itself.
        for (var state = ""; state != "active"; Ct.ThrowIfCancellationRequested())
            state = (string?)await Scratch.ScalarAsync(hub.ConnectionString, $"select state from pg_stat_activity where pid = {orphan}", Ct) ?? "";
        await KillServerAsync(hub.ServerPid);
        Assert.True(IsRunning(orphan));

        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);

        Assert.False(IsRunning(orphan));
        Assert.Equal(1, await Scratch.ScalarAsync(cluster.ConnectionString, "select 1", Ct));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => running);
    }

    [Fact]
    public async Task A_server_killed_under_load_comes_back_on_its_port_with_every_acknowledged_row()
    {
        await using var scratch = new Scratch();
        await using var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);
        await Scratch.ScalarAsync(cluster.ConnectionString, "create table row (n int primary key)", Ct);
        var said = new TestSignal<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var supervised = cluster.SuperviseAsync(said, stop.Token);
        var acknowledged = new TestSignal<int>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => WriteAsync(cluster.ConnectionString, writer, acknowledged, enough.Token)));

        for (var round = 1; round <= 2; round++)
        {
            var before = acknowledged.Reported.Count;
            await acknowledged.UntilAsync(_ => acknowledged.Reported.Count > before + 50);
            using (var server = Process.GetProcessById(cluster.ProcessId)) server.Kill();
            await said.UntilAsync(_ => said.Reported.Count(line => line.Contains("is back", StringComparison.Ordinal)) == round);
        }
        var after = acknowledged.Reported.Count;
        await acknowledged.UntilAsync(_ => acknowledged.Reported.Count > after + 50);
        await enough.CancelAsync();
        await load;

        Assert.Equal(2, cluster.Restarts);
        var stored = (int[])(await Scratch.ScalarAsync(cluster.ConnectionString, "select array_agg(n) from row", Ct))!;
        Assert.Empty(acknowledged.Reported.Except(stored));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => supervised);
    }

    [Fact]
    public async Task Stopping_a_supervised_cluster_does_not_bring_it_back()
    {
        await using var scratch = new Scratch();
        var cluster = await Cluster.StartAsync(scratch.Path, null, Ct);
        var supervised = cluster.SuperviseAsync(null, Ct);
        var pid = cluster.ProcessId;
        await cluster.StopAsync(Ct);
        await supervised;
        Assert.False(IsRunning(pid));
        Assert.False(File.Exists(scratch.PidFile));
    }

    [Fact]
    public async Task The_server_of_a_killed_test_run_stops_by_itself()
    {
        await using var run = await Holder.StartAsync(["own-test-cluster"], Ct);
        using var server = Process.GetProcessById(run.ServerPid);
        await run.KillAsync(Ct);
        await server.WaitForExitAsync(Ct).WaitAsync(Asking.Patience, Ct);
    }

    private static async Task WriteAsync(string connectionString, int writer, TestSignal<int> acknowledged, CancellationToken enough)
    {
        for (var n = writer; !enough.IsCancellationRequested; n += 4)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(CancellationToken.None);
                await using var command = new NpgsqlCommand("insert into row values ($1)", connection) { Parameters = { new() { Value = n } } };
                await command.ExecuteNonQueryAsync(CancellationToken.None);
                acknowledged.Report(n);
            }
            catch (NpgsqlException)
            {
                // The server is being killed under us; what was not acknowledged may be there or not.
            }
        }
    }

    private static async Task KillServerAsync(int pid)
    {
        using var server = Process.GetProcessById(pid);
        server.Kill();
        await server.WaitForExitAsync(Ct);
    }

    /// <summary>A process that ended but that nobody has collected yet (state Z) no longer runs.</summary>
    private static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
