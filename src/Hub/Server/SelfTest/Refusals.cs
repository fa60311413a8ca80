using System.Collections.Concurrent;
using Vkp.Adapters;
using Vkp.Hub.Intake;

namespace Vkp.Hub.SelfTest;

/// <summary>One message that was refused, and so is stored nowhere.</summary>
/// <param name="Status">The HTTP status it was answered with.</param>
public sealed record Refusal(DateTimeOffset At, int Status, IReadOnlyList<VkpError> Errors);

/// <summary>
/// The latest refusals of each sender, in this process's memory: what a vendor's developer asks about while trying the interface. Codes, places and advice, never
/// content; gone with the process, because what was refused is the sender's to send again.
/// </summary>
public sealed class Refusals(TimeProvider time)
{
    /// <summary>Requests whose sender nobody knows are kept under this.</summary>
    private static readonly (int Tenant, string Source) Unknown = (0, "");

    private readonly ConcurrentDictionary<(int Tenant, string Source), Queue<Refusal>> latest = new();

    /// <param name="sender">Null when the request's token did not say who sends.</param>
    public void Note(Sender? sender, int status, IReadOnlyList<VkpError> errors)
    {
        var queue = latest.GetOrAdd(sender is null ? Unknown : (sender.Tenant, sender.Client.VkpId), _ => new Queue<Refusal>());
        lock (queue)
        {
            if (queue.Count == Limits.RefusalsKeptPerSender) queue.Dequeue();
            queue.Enqueue(new Refusal(time.GetUtcNow(), status, errors));
        }
    }

    /// <summary>Of one sender, oldest first.</summary>
    public IReadOnlyList<Refusal> Of(int tenant, string source, DateTimeOffset since) => Since((tenant, source), since);

    /// <summary>Of requests whose token was refused.</summary>
    public IReadOnlyList<Refusal> OfUnknownSenders(DateTimeOffset since) => Since(Unknown, since);

    private IReadOnlyList<Refusal> Since((int Tenant, string Source) sender, DateTimeOffset since)
    {
        if (!latest.TryGetValue(sender, out var queue)) return [];
        lock (queue) return [.. queue.Where(refusal => refusal.At >= since)];
    }
}
