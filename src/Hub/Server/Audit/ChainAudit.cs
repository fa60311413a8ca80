using Vkp.EventStore;
using Vkp.EventStore.Audit;

namespace Vkp.Hub.Audit;

/// <summary>What verifying one municipality's log came to.</summary>
/// <param name="UnsoundAnchors">Lines of the anchor file that are no anchors signed by this hub's key.</param>
/// <param name="Receipts">Of retention, signed by this hub, that say exactly which bodies are gone.</param>
/// <param name="Break">The first place that is not as it was; null when the log is whole.</param>
public sealed record AuditAnswer(
    string OrgNo, long From, long To, long Events, long Commits, long BodiesRemoved, int Anchors, int UnsoundAnchors, int Receipts, double Seconds, AuditBreakAnswer? Break);

/// <param name="Kind">changed, removed, inserted, reordered, truncated or erased.</param>
public sealed record AuditBreakAnswer(string Kind, long Position, string Explanation);

/// <summary>Verifies logs against their chains, heads and anchors.</summary>
public sealed class ChainAudit(LogAudit audit, EventLog store, AnchorFiles anchors)
{
    /// <param name="tenants">The municipalities to verify.</param>
    public async IAsyncEnumerable<AuditAnswer> VerifyAsync(IReadOnlyList<int> tenants, long fromPosition, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (!tenants.Contains(tenant)) continue;
            var (known, unsound) = await anchors.ReadAsync(tenant, ct);
            var report = await audit.VerifyAsync(tenant, fromPosition, known, progress: null, ct);
            yield return new AuditAnswer(
                tenant.ToString("D9"), report.From, report.To, report.Events, report.Commits, report.BodiesRemoved, report.Anchors, unsound, report.Receipts, Math.Round(report.Took.TotalSeconds, 3),
                report.FirstBreak is { } broken ? new AuditBreakAnswer(broken.Kind.ToString().ToLowerInvariant(), broken.Position, broken.Explanation) : null);
        }
    }
}
