namespace Vkp.TestSupport;

/// <summary>
/// Lets a test wait for something that happens elsewhere instead of sleeping: hand it out as an <see cref="IProgress{T}"/> or call
/// <see cref="Report"/> from a callback, then await <see cref="UntilAsync"/>. Keeps everything reported, in order.
/// </summary>
public sealed class TestSignal<T> : IProgress<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _reported = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Reported
    {
        get
        {
            lock (_lock) return [.. _reported];
        }
    }

    public void Report(T value)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _reported.Add(value);
            waiting = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        waiting.SetResult();
    }

    /// <summary>The first value that fits, whether it came before or comes after this call. Fails, saying what did come, when the limit (<see cref="Asking.Patience"/> unless told) passes.</summary>
    public async Task<T> UntilAsync(Func<T, bool> fits, TimeSpan? limit = null)
    {
        using var deadline = new CancellationTokenSource(limit ?? Asking.Patience);
        for (var read = 0; ;)
        {
            Task next;
            lock (_lock)
            {
                for (; read < _reported.Count; read++)
                    if (fits(_reported[read])) return _reported[read];
                next = _next.Task;
            }
            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Nothing that fits was reported in time; {Reported.Count} reported: {string.Join(" | ", Reported)}", e);
            }
        }
    }
}
