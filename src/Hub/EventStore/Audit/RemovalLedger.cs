using Vkp.EventStore.Retention;

namespace Vkp.EventStore.Audit;

/// <summary>
/// Holds every body that is gone against the receipts in the log, pure. A body is gone rightly when a signed plan allowed it; and a run that has
/// its receipt removed exactly the events the receipt's digest binds, no fewer and no more.
/// </summary>
/// <param name="from">The first position that is verified: of a run that began before it, only what is seen is checked.</param>
/// <param name="isSigned">Null when there is no key to check signatures with.</param>
internal sealed class RemovalLedger(RetentionBook book, long from, Func<SignedStatement, bool>? isSigned)
{
    private readonly Dictionary<Guid, Account> _accounts = [];

    /// <summary>Receipts that were found to say exactly what is gone.</summary>
    public int Receipts { get; private set; }

    /// <summary>What a plan saw when it was signed: an anchor of its cut.</summary>
    public IEnumerable<LogAnchor> Anchors(int tenant) => book.Runs.Select(run =>
        new LogAnchor(tenant, run.Plan.UpTo, Convert.FromHexString(run.Plan.ChainHash), run.Plan.PlannedAt, run.SignedPlan.KeyId, ReadOnlyMemory<byte>.Empty));

    /// <summary>The next event in position order; the break if its body is gone and nothing speaks for it.</summary>
    public AuditBreak? Take(AuditEvent e, ReadOnlySpan<byte> contentHash)
    {
        if (!e.BodyRemoved)
            return null;

        if (e.Receipt is not { } receipt || AccountOf(receipt) is not { } account)
            return new(BreakKind.Erased, e.Position, $"the body of event {e.Id} is gone and no receipt speaks for it");

        if (!account.Allows(e))
            return new(BreakKind.Erased, e.Position, $"the body of event {e.Id} is gone under receipt {receipt}, whose plan did not allow it");

        account.Removed.Take(e.Position, contentHash);
        return null;
    }

    /// <summary>The first run whose statements are not this hub's, or whose receipt is not what is gone.</summary>
    public AuditBreak? End() => book.Runs.Select(BreakOf).OfType<AuditBreak>().FirstOrDefault();

    private AuditBreak? BreakOf(RetentionRun run)
    {
        var (plan, receipt) = (run.Plan, run.Receipt);
        if (isSigned is not null && (!isSigned(run.SignedPlan) || (run.SignedReceipt is not null && !isSigned(run.SignedReceipt))))
            return new(BreakKind.Erased, run.Position, $"the plan or receipt {plan.Receipt} is not signed by the key of this hub");

        // A run under way has none yet, and one that began before what is verified cannot be counted.
        if (receipt is null || receipt.First < from)
            return null;

        var removed = AccountOf(plan.Receipt)!.Removed;
        if (removed.Events != receipt.Events || removed.Hex != receipt.Digest)
            return new(BreakKind.Erased, receipt.First, $"receipt {plan.Receipt} says that {receipt.Events} bodies are gone, and {removed.Events} are, or others");

        Receipts++;
        return null;
    }

    private Account? AccountOf(Guid receipt)
    {
        if (!_accounts.TryGetValue(receipt, out var account) && book.Of(receipt) is { } run)
            _accounts.Add(receipt, account = new(run.Plan));

        return account;
    }

    private sealed class Account(RetentionPlan plan)
    {
        private readonly HashSet<string> _types = new(plan.Types, StringComparer.Ordinal);
        private readonly HashSet<string> _kept = new(plan.Kept, StringComparer.Ordinal);

        public RemovalDigest Removed { get; } = new();

        public bool Allows(AuditEvent e) => e.Position <= plan.UpTo && _types.Contains(e.Type) && !_kept.Contains(e.Stream) && !_kept.Contains(RetentionBook.Everything);
    }
}
