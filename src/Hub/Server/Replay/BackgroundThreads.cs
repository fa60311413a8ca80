using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Vkp.Hub.Replay;

/// <summary>
/// Threads that get a processor when nothing else wants it, as many as there are processors; work that waits goes on on one of them. For work that is long
/// and holds no lock that live traffic needs: it stands still while the machine is busy. The pool's threads are all alike, so a replay at full
/// speed on them made live posts wait for their turn.
/// </summary>
public sealed partial class BackgroundThreads : TaskScheduler
{
    /// <summary>A tenth of what a thread gets that is not nice; the lowest there is would be a hundredth, and a machine that is always busy has replays too.</summary>
    private const int Niceness = 10;

    [ThreadStatic] private static bool isMine;

    private readonly BlockingCollection<Task> tasks = [];

    private BackgroundThreads()
    {
        for (var i = 0; i < MaximumConcurrencyLevel; i++)
            new Thread(Work) { IsBackground = true, Name = "replay", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>Of the process: a thread's priority is among all that run.</summary>
    public static BackgroundThreads Of { get; } = new();

    public override int MaximumConcurrencyLevel => Environment.ProcessorCount;

    /// <summary>Runs this and what follows its waits here; <see cref="TaskScheduler.Current"/> is these threads.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct) => Task.Factory.StartNew(work, ct, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task) => tasks.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => isMine && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. tasks];

    private void Work()
    {
        isMine = true;
        // .NET leaves a thread's priority to the system, and Linux knows it by the thread's own niceness. One that cannot be changed only makes it less nice.
        if (OperatingSystem.IsLinux()) _ = MakeNicer(Niceness);
        foreach (var task in tasks.GetConsumingEnumerable()) TryExecuteTask(task);
    }

    /// <summary>nice(2): on Linux of the thread that calls, on top of what the process has.</summary>
    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int MakeNicer(int by);
}
