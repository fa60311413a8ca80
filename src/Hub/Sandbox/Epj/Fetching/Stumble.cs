namespace Vkp.Sandbox;

/// <summary>
/// Carries out a fault where no request waits for an answer: at a journal system that fetches. What is a broken answer elsewhere is here a system that does not
/// get further this time, and takes the document up again when it looks next.
/// </summary>
/// <param name="inAnswers">Kinds that strike what is answered, and not the way there: it goes on.</param>
internal sealed class Stumble(TimeProvider time, params IReadOnlyList<FaultKind> inAnswers)
{
    /// <param name="over">Completes when the rule is no longer in force: what hangs by it goes on.</param>
    /// <returns>True when it gets no further this time; false when it goes on.</returns>
    public async Task<bool> StrikesAsync(FaultRule rule, Task over, CancellationToken ct)
    {
        if (rule.WaitMilliseconds > 0) await Task.Delay(TimeSpan.FromMilliseconds(rule.WaitMilliseconds), time, ct);
        switch (rule.Kind)
        {
            case FaultKind.Refuse or FaultKind.TransientError:
            case var kind when inAnswers.Contains(kind):
                return false;
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMilliseconds), time, ct);
                return false;
            case FaultKind.Hang:
                await over.WaitAsync(ct);
                return true;
            default:
                return true;
        }
    }
}
