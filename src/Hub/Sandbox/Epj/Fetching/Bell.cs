namespace Vkp.Sandbox;

/// <summary>Wakes somebody who waits for a time to pass. Rung while nobody waits, it wakes the next one at once.</summary>
internal sealed class Bell
{
    private readonly Lock gate = new();
    private TaskCompletionSource rung = New();

    public void Ring()
    {
        lock (gate) rung.TrySetResult();
    }

    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(rung.Task, Task.Delay(longest, time, over.Token));
        await over.CancelAsync();
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (rung.Task.IsCompleted) rung = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
