using System.Diagnostics;

namespace Vkp.TestSupport;

/// <summary>Waits for what happens elsewhere and is told to nobody, by asking for it.</summary>
public static class Asking
{
    /// <summary>How long a test waits for what should come at once: so long that only what never comes is missed, also where the processors are mostly somebody else's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// The first answer that is as wanted. Asks at most half of the time, and so leaves the processors to what it asks about. Fails when the patience (<see cref="Patience"/> unless
    /// told) is over, saying what was answered last.
    /// </summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await ask();
            if (wanted(answer)) return answer;
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience)) throw new TimeoutException($"Not reached; last answer: {answer}");
            var took = Stopwatch.GetElapsedTime(asked);
            using var pause = new PeriodicTimer(took > PauseMin ? took : PauseMin);
            await pause.WaitForNextTickAsync();
        }
    }
}
