using Vkp.EmbeddedPostgres;
using Vkp.TestSupport;
using Xunit.Runner.InProc.SystemConsole;

// The private cluster exists on Linux and macOS only.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

// Started without arguments of ours, this is the test program. `own DIR` and `own-test-cluster` make it a process that holds a cluster
// until its input closes, so that a test has something real to kill.
switch (args)
{
    case ["own", var directory]:
        return await HoldAsync(() => Cluster.StartAsync(directory, null, CancellationToken.None));
    case ["own-test-cluster"]:
        return await HoldAsync(() => TestCluster.GetAsync());
    default:
        return await ConsoleRunner.Run(args);
}

static async Task<int> HoldAsync(Func<Task<Cluster>> start)
{
    try
    {
        var cluster = await start();
        Console.WriteLine($"ready {cluster.ProcessId} {cluster.Binaries.Origin} {cluster.ConnectionString}");
        await Console.In.ReadLineAsync();
        await cluster.StopAsync();
        return 0;
    }
    catch (ClusterException e)
    {
        Console.WriteLine($"failed {e.Message}");
        return 1;
    }
}
