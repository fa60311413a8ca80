using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>
/// A read model's rule: what a page of events does to its tables. The same rule runs with either lifecycle, and what it does
/// must depend on the page alone, so that both and a rebuild come to the same rows.
/// Live aggregation, the third lifecycle, is <see cref="EventLog.AggregateAsync"/>.
/// </summary>
/// <param name="Name">Permanent: it names the checkpoint of the async lifecycle.</param>
public sealed record Projection(string Name, Func<SubscriptionPage, CancellationToken, Task> Apply)
{
    /// <summary>Async: after the append, in order, by a subscription.</summary>
    public Subscription Async(EventLog log, int pageEventsMax, TimeProvider clock) => new(log, Name, pageEventsMax, Apply, clock);

    /// <summary>
    /// Inline: in the transaction of the append, so that readers never see the one without the other. The events of each tenant
    /// are applied as one page; duplicates and conflicts are not applied. The tenants' logs stay locked until the caller's commit.
    /// </summary>
    public async Task<IReadOnlyList<AppendResult>> AppendInlineAsync(EventLog log, NpgsqlTransaction transaction, IReadOnlyList<AppendRequest> requests, CancellationToken ct)
    {
        var results = await log.AppendAsync(transaction, requests, ct);
        foreach (var tenant in requests.Select(request => request.Tenant).Distinct().Order())
        {
            var appended = results.Where((_, i) => requests[i].Tenant == tenant).OfType<AppendResult.Appended>().ToList();
            if (appended.Count == 0)
                continue;

            // The head is ours until the commit, so what was appended here is one unbroken range.
            var (first, last) = (appended.Min(result => result.FirstPosition), appended.Max(result => result.LastPosition));
            var events = await Reading.LogReader.ReadLogAsync(transaction, tenant, first - 1, (int)(last - first + 1), ct);
            await Apply(new SubscriptionPage(tenant, events, transaction), ct);
        }

        return results;
    }
}
