using Vkp.Hub.Replay;

namespace Vkp.Hub.Tests.Replay;

public class BackgroundThreadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_on_threads_of_its_own_before_and_after_it_waits_and_where_it_is_spread()
    {
        var pool = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.QueueUserWorkItem(_ => pool.SetResult());

        var seen = await BackgroundThreads.Of.RunAsync(async () =>
        {
            var names = new List<string?> { Thread.CurrentThread.Name };
            await pool.Task;
            names.Add(Thread.CurrentThread.Name);
            var spread = new string?[8];
            Parallel.For(0, spread.Length, new ParallelOptions { TaskScheduler = TaskScheduler.Current, MaxDegreeOfParallelism = 2 }, i => spread[i] = Thread.CurrentThread.Name);
            return names.Concat(spread).ToList();
        }, Ct);

        Assert.Equal(10, seen.Count);
        Assert.All(seen, name => Assert.Equal("replay", name));
        Assert.NotEqual("replay", Thread.CurrentThread.Name);
    }

    [Fact]
    public async Task What_the_work_throws_reaches_who_waits_and_the_threads_go_on()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackgroundThreads.Of.RunAsync<int>(() => throw new InvalidOperationException("planted"), Ct));
        Assert.Equal(7, await BackgroundThreads.Of.RunAsync(() => Task.FromResult(7), Ct));
    }

    [Fact]
    public async Task The_system_gives_a_thread_that_is_not_one_of_them_the_processor_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Niceness is Linux's.");
        var theirs = await BackgroundThreads.Of.RunAsync(() => Task.FromResult(Niceness()), Ct);
        Assert.Equal(Math.Min(19, Niceness() + 10), theirs);
    }

    /// <summary>Of the thread that calls: the 19th field of its line, the second being its name in brackets.</summary>
    private static int Niceness()
    {
        var line = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
    }
}
