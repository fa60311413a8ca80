using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>
/// Builds a subscription's effects anew beside the live ones, which go on unhindered, and swaps them for a tenant in one
/// transaction. Interrupted, it goes on where it was: its progress is a checkpoint of its own, `{name}.rebuild`.
/// </summary>
/// <param name="name">The live subscription's name.</param>
/// <param name="beside">The handler, writing beside the live effects.</param>
/// <param name="swap">Replaces the tenant's live effects by the new ones.</param>
public sealed class Rebuild(
    EventLog log,
    string name,
    int pageEventsMax,
    Func<SubscriptionPage, CancellationToken, Task> beside,
    Func<int, NpgsqlTransaction, CancellationToken, Task> swap)
{
    private string BesideName => $"{name}.rebuild";

    /// <summary>Rebuilds one tenant, from its first event to the moment of the swap.</summary>
    /// <param name="progress">Told the position after each page.</param>
    public async Task RunAsync(int tenant, IProgress<long>? progress, CancellationToken ct)
    {
        // Without the live checkpoint, page by page, until hardly anything is left; then the rest with it, which holds the
        // live subscription for one last page and no longer.
        while (await PageAsync(tenant, isLast: false, ct) is var (position, handled))
        {
            progress?.Report(position);
            if (handled < pageEventsMax)
                break;
        }

        var (swappedAt, _) = await PageAsync(tenant, isLast: true, ct);
        progress?.Report(swappedAt);
        log.Wake.Set();
    }

    private async Task<(long Position, int Handled)> PageAsync(int tenant, bool isLast, CancellationToken ct)
    {
        await using var connection = await log.App.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        // Live before beside, always: two rebuilds at once wait for each other instead of deadlocking.
        var live = isLast ? await Checkpoint.LockWaitingAsync(transaction, tenant, name, ct) : 0;
        var position = await Checkpoint.LockWaitingAsync(transaction, tenant, BesideName, ct);
        var handled = 0;
        do
        {
            var events = await Reading.LogReader.ReadLogAsync(transaction, tenant, position, pageEventsMax, ct);
            if (events.Count == 0)
                break;

            if (events[0].Position != position + 1 || events[^1].Position != position + events.Count)
                throw StoreException.NotDense(tenant, BesideName, position + 1, events[0].Position);

            await beside(new SubscriptionPage(tenant, events, transaction), ct);
            (position, handled) = (events[^1].Position, events.Count);
        }
        while (isLast && position < live);

        if (isLast)
        {
            // A page that is being handled wrote beside the old effects: it comes again, beside the new ones.
            await Checkpoint.VoidLeaseAsync(transaction, tenant, name, ct);
            await swap(tenant, transaction, ct);
            await Checkpoint.SetAsync(transaction, tenant, name, position, ct);
            // Whatever it had stopped at is handled now, by the new handler.
            await Checkpoint.ResumeAsync(transaction, tenant, name, ct);
            await Checkpoint.DeleteAsync(transaction, tenant, BesideName, ct);
        }
        else
        {
            await Checkpoint.SetAsync(transaction, tenant, BesideName, position, ct);
        }

        await transaction.CommitAsync(ct);
        return (position, handled);
    }
}
