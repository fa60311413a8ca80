namespace Vkp.EmbeddedPostgres.Tests;

public class ClusterStateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_directory_that_is_not_there_has_no_state_and_is_not_made()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"vkp-test-{Guid.NewGuid():N}");
        Assert.Equal(new ClusterState(directory, null, null, null, null, null), ClusterState.Read(directory));
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task State_follows_a_cluster_from_running_to_orphaned_to_stopped()
    {
        await using var scratch = new Scratch();
        var hub = await Holder.StartAsync(["own", scratch.Path], Ct);
        var running = ClusterState.Read(scratch.Path);
        Assert.Equal(hub.ServerPid, running.ServerPid);
        Assert.Equal($"process {hub.Pid}", running.Hub);

        await hub.KillAsync(Ct);
        await hub.DisposeAsync();
        var orphaned = ClusterState.Read(scratch.Path);
        Assert.Equal(hub.ServerPid, orphaned.ServerPid);
        Assert.Null(orphaned.Hub);

        await using (await Cluster.StartAsync(scratch.Path, null, Ct)) { }
        var stopped = ClusterState.Read(scratch.Path);
        Assert.Null(stopped.ServerPid);
        Assert.Null(stopped.Hub);
        Assert.Equal(running.Port, stopped.Port);
        Assert.True(stopped.DataMajor >= Binaries.OldestMajor);
    }

    [Fact]
    public async Task Data_whose_directory_was_removed_is_reported_as_left_behind()
    {
        // Only root's data ever lies elsewhere.
        if (!Environment.IsPrivilegedProcess) return;
        await using var closed = new Scratch();
        File.SetUnixFileMode(closed.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var directory = Path.Combine(closed.Path, "data");
        var cluster = await Cluster.StartAsync(directory, null, Ct);
        await cluster.StopAsync(Ct);
        Assert.DoesNotContain(ClusterState.Abandoned(), left => left.Home == cluster.Home);

        Directory.Delete(directory, recursive: true);
        try
        {
            Assert.Contains(new AbandonedCluster(cluster.Home, directory, null), ClusterState.Abandoned());
        }
        finally
        {
            Directory.Delete(cluster.Home, recursive: true);
        }
    }
}
