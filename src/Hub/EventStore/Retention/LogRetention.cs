using System.Text.Json;
using Npgsql;
using Vkp.EventStore.Audit;

namespace Vkp.EventStore.Retention;

/// <summary>
/// Removes bodies that are kept no longer, with proof: a signed plan in the tenant's log before the first one goes, and a signed receipt after the
/// last. Runs beside live traffic in short transactions, and goes on where it was after a crash: what is to be removed is the plan's to say, and what
/// was removed stands on the events themselves, so the receipt is the same however often it was interrupted.
/// </summary>
/// <param name="log">Whose role may call the one function that removes, and change no event itself.</param>
public sealed class LogRetention(EventLog log)
{
    /// <summary>Every run and the holds in force.</summary>
    public async Task<RetentionBook> ReadAsync(int tenant, CancellationToken ct)
    {
        var book = new RetentionBook();
        while (await log.ReadStreamAsync(tenant, RetentionBook.StreamOf(tenant), book.Version + 1, StoreLimits.ReadEventsMax, ct) is { Count: > 0 } page)
        {
            foreach (var e in page)
                book.Apply(e.Position, e.Version, e.Type, e.Metadata);
        }

        return book;
    }

    /// <summary>
    /// What a run under a rule would remove now, and removes nothing. Null when no whole commit is old enough, or a subscription has not come so far.
    /// Reads the tenant's log up to the cut.
    /// </summary>
    public async Task<RetentionPlan?> EstimateAsync(int tenant, RetentionRule rule, TimeProvider clock, CancellationToken ct)
    {
        var book = await ReadAsync(tenant, ct);
        string[] kept = [.. rule.Kept.Concat(book.Holds.Select(hold => hold.Stream)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        await using var rows = await RetentionRows.BeginAsync(log.App, tenant, ct);
        if (await rows.CutAsync(rule.UpTo, rule.Before, ct) is not var (upTo, hash))
            return null;

        var (events, bytes) = await rows.CountAsync(upTo, rule.Types, kept, ct);
        return new(
            RetentionPlan.FormatName, tenant, Guid.CreateVersion7(clock.GetUtcNow()), upTo, Convert.ToHexStringLower(hash), rule.Before, rule.Types, kept,
            events, bytes, rule.Policy, rule.Author, clock.GetUtcNow());
    }

    /// <summary>Signs the plan and writes it into the tenant's log. Null when another run is open or was begun meanwhile: then that one is to be finished.</summary>
    public async Task<RetentionRun?> BeginAsync(RetentionPlan plan, Func<string, SignedStatement> sign, CancellationToken ct)
    {
        var book = await ReadAsync(plan.Tenant, ct);
        if (book.Open is not null)
            return null;

        var signed = sign(plan.ToJson());
        var appended = await AppendAsync(plan.Tenant, plan.Receipt, RetentionBook.Planned, signed.ToJson(), book.Version, ct);
        return appended is null ? null : new RetentionRun(appended.LastPosition, plan, signed, null, null);
    }

    /// <summary>
    /// Removes what the open run's plan says and writes the receipt. Null when none is open, or another process is at it.
    /// Interrupted at any point, it is called again and goes on.
    /// </summary>
    /// <param name="progress">Told the position reached after each transaction.</param>
    /// <exception cref="StoreException">VKP-309: what the plan saw is not there any more, or a subscription stands behind the cut.</exception>
    public async Task<RetentionRun?> FinishAsync(int tenant, Func<string, SignedStatement> sign, TimeProvider clock, IProgress<long>? progress, CancellationToken ct)
    {
        if ((await ReadAsync(tenant, ct)).Open is not { Plan: var plan } open)
            return null;

        for (var after = 0L; after < plan.UpTo;)
        {
            if (await RetireAsync(plan, after, ct) is not { } reached)
                return null;

            after = reached;
            progress?.Report(reached);
        }

        var receipt = await ReceiptAsync(plan, open.SignedPlan.KeyId, clock, ct);
        var signed = sign(receipt.ToJson());
        // Read again: holds may have come meanwhile, and somebody else's receipt.
        var book = await ReadAsync(tenant, ct);
        if (book.Open?.Plan.Receipt != plan.Receipt)
            return book.Of(plan.Receipt);

        return await AppendAsync(tenant, Guid.CreateVersion7(clock.GetUtcNow()), RetentionBook.Completed, signed.ToJson(), book.Version, ct) is null
            ? null
            : open with { Receipt = receipt, SignedReceipt = signed };
    }

    /// <summary>From now on the stream keeps its bodies (<see cref="RetentionBook.Everything"/>: every stream does), also in a run that is under way.</summary>
    public Task HoldAsync(int tenant, RetentionHold hold, CancellationToken ct) => NoteAsync(tenant, RetentionBook.Held, hold, ct);

    /// <summary>Ends a hold, from the next run on; one that is not there is no fault.</summary>
    public Task ReleaseAsync(int tenant, RetentionHold released, CancellationToken ct) => NoteAsync(tenant, RetentionBook.Released, released, ct);

    private Task NoteAsync(int tenant, string type, RetentionHold hold, CancellationToken ct)
    {
        var note = new NewEvent(Guid.CreateVersion7(hold.HeldAt), type, JsonSerializer.Serialize(hold, JsonSerializerOptions.Web), ReadOnlyMemory<byte>.Empty);
        return log.AppendAsync(new AppendRequest(tenant, RetentionBook.StreamOf(tenant), [note]), ct);
    }

    private async Task<long?> RetireAsync(RetentionPlan plan, long after, CancellationToken ct)
    {
        try
        {
            await using var rows = await RetentionRows.BeginAsync(log.App, plan.Tenant, ct);
            return await rows.RetireAsync(plan.Receipt, after, ct);
        }
        catch (PostgresException refused) when (refused.SqlState == "VK002")
        {
            throw StoreException.RetentionRefused(plan.Tenant, plan.Receipt, refused);
        }
    }

    private async Task<RetentionReceipt> ReceiptAsync(RetentionPlan plan, string planKeyId, TimeProvider clock, CancellationToken ct)
    {
        var digest = new RemovalDigest();
        var byType = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (first, last) = (0L, 0L);
        await using var rows = await RetentionRows.BeginAsync(log.App, plan.Tenant, ct);
        await foreach (var (position, type, contentHash) in rows.RemovedAsync(plan.Receipt, plan.UpTo, ct))
        {
            (first, last) = (first == 0 ? position : first, position);
            byType[type] = byType.GetValueOrDefault(type) + 1;
            digest.Take(position, contentHash);
        }

        return new(
            RetentionReceipt.FormatName, plan.Tenant, plan.Receipt, plan.UpTo, plan.ChainHash, plan.Before, first, last, digest.Events, byType, digest.Hex,
            plan.Policy, plan.Author, plan.PlannedAt, clock.GetUtcNow(), planKeyId);
    }

    private async Task<AppendResult.Appended?> AppendAsync(int tenant, Guid id, string type, string metadata, long expected, CancellationToken ct)
    {
        var fact = new NewEvent(id, type, metadata, ReadOnlyMemory<byte>.Empty);
        return await log.AppendAsync(new AppendRequest(tenant, RetentionBook.StreamOf(tenant), [fact], expected), ct) as AppendResult.Appended;
    }
}
