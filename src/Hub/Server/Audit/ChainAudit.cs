using Vkp.EventStore;
using Vkp.EventStore.Audit;

namespace Vkp.Hub.Audit;

/// <summary>What verifying one municipality's log came to.</summary>
/// <param name="UnsoundAnchors">Lines of the anchor file that are no anchors signed by this hub's key.</param>
/// <param name="Receipts">Of retention, signed by this hub, that say exactly which bodies are gone.</param>
/// <param name="Break">The first place that is not as it was; null when the log is whole.</param>
public sealed record AuditAnswer(
    string OrgNo, long From, long To, long Events, long Commits, long BodiesRemoved, int Anchors, int UnsoundAnchors, int Receipts, double Seconds, AuditBreakAnswer? Break)
{
    /// <summary>Set while it is under way: the end of the log, of which so much is verified; nothing is said yet of whether it is whole. Null in the last word.</summary>
    public long? Head { get; init; }
}

/// <param name="Kind">changed, removed, inserted, reordered, truncated or erased.</param>
public sealed record AuditBreakAnswer(string Kind, long Position, string Explanation);

/// <summary>Verifies logs against their chains, heads and anchors.</summary>
/// <param name="interval">How often a verification under way says how far it has come.</param>
public sealed class ChainAudit(LogAudit audit, EventLog store, AnchorFiles anchors, TimeProvider time, TimeSpan interval)
{
    /// <summary>One answer for each municipality; before it, while a long log is read, answers that say how far.</summary>
    /// <param name="tenants">The municipalities to verify.</param>
    public async IAsyncEnumerable<AuditAnswer> VerifyAsync(IReadOnlyList<int> tenants, long fromPosition, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (!tenants.Contains(tenant)) continue;
            var (known, unsound) = await anchors.ReadAsync(tenant, ct);
            var reached = new Reached(fromPosition - 1);
            var verifying = audit.VerifyAsync(tenant, fromPosition, known, reached, ct);
            while (await Task.WhenAny(verifying, Task.Delay(interval, time, ct)) != verifying)
                yield return new AuditAnswer(tenant.ToString("D9"), fromPosition, reached.Position, 0, 0, 0, 0, unsound, 0, 0, null) { Head = await store.HeadAsync(tenant, ct) };

            var report = await verifying;
            yield return new AuditAnswer(
                tenant.ToString("D9"), report.From, report.To, report.Events, report.Commits, report.BodiesRemoved, report.Anchors, unsound, report.Receipts, Math.Round(report.Took.TotalSeconds, 3),
                report.FirstBreak is { } broken ? new AuditBreakAnswer(broken.Kind.ToString().ToLowerInvariant(), broken.Position, broken.Explanation) : null);
        }
    }

    /// <summary>The last verified position, told by one thread and read by another.</summary>
    private sealed class Reached(long position) : IProgress<long>
    {
        private long last = position;

        public long Position => Volatile.Read(ref last);

        public void Report(long value) => Volatile.Write(ref last, value);
    }
}
