using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Vkp.Hub.Faces;

/// <summary>
/// Callers that were refused, for whoever watches the log: the code and what was wanted, and nothing that the caller wrote. One line for each kind of refusal
/// and <see cref="Interval"/>, with how many there were: a flood of forged tokens must not become a flood of lines.
/// </summary>
public sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> log)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Code, string Scope), Kind> kinds = new();

    public void Note(string code, string scope)
    {
        // Bounded: codes and scopes are the hub's own.
        var kind = kinds.GetOrAdd((code, scope), _ => new Kind());
        int count;
        lock (kind)
        {
            kind.Unsaid++;
            if (time.GetUtcNow() < kind.SaidAt + Interval) return;
            kind.SaidAt = time.GetUtcNow();
            (count, kind.Unsaid) = (kind.Unsaid, 0);
        }

        log.LogWarning("{Code} A caller was refused who wanted {Scope}; {Count} since the last line of this kind.", code, scope, count);
    }

    private sealed class Kind
    {
        public DateTimeOffset SaidAt { get; set; }

        public int Unsaid { get; set; }
    }
}
