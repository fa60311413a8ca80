using System.Diagnostics;
using Npgsql;
using Vkp.EventStore.Retention;

namespace Vkp.EventStore.Audit;

/// <summary>How the log differs from what was committed.</summary>
public enum BreakKind
{
    /// <summary>Something in an event or a commit is not what it was.</summary>
    Changed,

    /// <summary>An event or a commit is gone.</summary>
    Removed,

    /// <summary>An event stands in the log that no commit put there.</summary>
    Inserted,

    /// <summary>Events stand in another order.</summary>
    Reordered,

    /// <summary>The end of the log is gone.</summary>
    Truncated,

    /// <summary>A body is gone, or said to be, and no signed receipt says so.</summary>
    Erased,
}

/// <param name="Position">The first position that is not as it was.</param>
/// <param name="Explanation">What was compared and differed; ids and positions only.</param>
public sealed record AuditBreak(BreakKind Kind, long Position, string Explanation);

/// <param name="From">The first position that was verified.</param>
/// <param name="To">The last position that was verified; the head when nothing is broken.</param>
/// <param name="BodiesRemoved">Events whose body retention has removed; they verify all the same.</param>
/// <param name="Anchors">That agree; the plan of a retention run is one too.</param>
/// <param name="Receipts">Of retention runs, that say exactly what is gone.</param>
public sealed record AuditReport(int Tenant, long From, long To, long Events, long Commits, long BodiesRemoved, int Anchors, int Receipts, AuditBreak? FirstBreak, TimeSpan Took)
{
    public bool IsWhole => FirstBreak is null;
}

/// <summary>
/// Recomputes the hash chain of a tenant's log from what stands in the tables, and compares it with the commits, the head, the receipts of
/// retention and any anchors kept elsewhere. The chain alone cannot show that the end was cut off together with the head, or that
/// everything was computed anew; an anchor can.
/// </summary>
/// <param name="app">Connects with <see cref="Database.AppConnectionString"/>.</param>
/// <param name="isSigned">Whether the hub's own key signed a plan or receipt of retention; null when there is no key to ask.</param>
public sealed class LogAudit(NpgsqlDataSource app, Func<SignedStatement, bool>? isSigned = null)
{
    private const int PageEvents = 4000;

    /// <summary>Verifies the whole log; see the other overload.</summary>
    public Task<AuditReport> VerifyAsync(int tenant, IReadOnlyList<LogAnchor> anchors, CancellationToken ct) =>
        VerifyAsync(tenant, 1, anchors, null, ct);

    /// <summary>
    /// Verifies a tenant's log from a position on (from the commit that holds it), in one snapshot, beside live appends.
    /// </summary>
    /// <param name="anchors">Of this tenant, signatures already checked. Those from where the verification starts on are compared.</param>
    /// <param name="progress">Told the last verified position after each page.</param>
    public async Task<AuditReport> VerifyAsync(int tenant, long fromPosition, IReadOnlyList<LogAnchor> anchors, IProgress<long>? progress, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var rows = await AuditRows.BeginAsync(connection, tenant, ct);

        var chain = await rows.StartAsync(fromPosition, ct);
        var ledger = new RemovalLedger(await rows.ReadBookAsync(ct), chain.LastPosition + 1, isSigned);
        var checker = new ChainChecker(
            tenant, chain, [.. anchors.Concat(ledger.Anchors(tenant)).Where(anchor => anchor.Tenant == tenant && anchor.Position >= Math.Max(1, chain.LastPosition)).OrderBy(anchor => anchor.Position)], ledger);
        checker.Begin();
        var page = await rows.ReadAsync(chain.LastPosition, PageEvents, ct);
        while (checker.FirstBreak is null && !page.IsEmpty)
        {
            // The next page is on its way while this one is hashed.
            var current = page;
            var hashing = Task.Run(() => checker.Take(current), ct);
            var reading = page.IsLast ? Task.FromResult(AuditPage.Empty) : rows.ReadAsync(page.LastPosition, PageEvents, ct);
            await Task.WhenAll(hashing, reading);
            page = await reading;
            progress?.Report(checker.LastVerified);
        }

        if (checker.FirstBreak is null)
            checker.End(rows.Head, rows.HeadHash);

        if (checker.FirstBreak is { Kind: BreakKind.Changed } broken)
            checker.Narrow(broken, await rows.CountAsync(ct), rows.Head);

        return new AuditReport(
            tenant,
            chain.LastPosition + 1,
            checker.LastVerified,
            checker.Events,
            checker.Commits,
            checker.BodiesRemoved,
            checker.AnchorsMet,
            ledger.Receipts,
            checker.FirstBreak,
            Stopwatch.GetElapsedTime(started));
    }
}
