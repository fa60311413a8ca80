using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Registry;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Replay;

/// <summary>
/// Sends a selection's documents again: the message's id as before, a new bundle id, in a lane that goes behind all others. Page, facts and checkpoint are one
/// transaction, so each document is sent again once by a replay, whatever dies.
/// </summary>
public sealed class ResendWork(ResendStore deliveries, SelectedDevice devices, MunicipalityRegistry registry, IReadOnlyDictionary<string, IEpjAdapter> adapters, TimeProvider time) : IReplayWork
{
    public async Task<ReplayPage> TakeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplaySelection selection, int max, ReplayTally tally, CancellationToken ct)
    {
        var open = (await ResendStore.StandingAsync(transaction, row, ct)).Where(s => s.IsOpen).Sum(s => s.Count);
        var room = (int)Math.Min(max, Limits.ResendOpenMax - open);
        // What was sent waits for its receivers: sending more would only make a longer queue.
        if (room <= 0 || row.Position >= row.UpTo) return new ReplayPage(row.Position, 0, [], (int)open);

        var found = await ResendStore.LockAsync(transaction, row, selection, ResendRules.States, room, ct);
        var position = found.Count < room ? row.UpTo : found[^1].Position;
        var chosen = await devices.OnlyAsync(row.Tenant, selection.Device, found, ct);
        var municipality = await registry.CurrentAsync(row.Tenant, ct);
        var decided = chosen.Select(d => (Delivery: d, Decision: d.IsDeleted ? ResendRules.Deleted : ResendRules.Decide(d.State, ResendRules.ReceiverOf(municipality, d.Destination, adapters)))).ToList();
        foreach (var (delivery, decision) in decided) tally.Take(delivery.MessageId, $"{delivery.Destination}, {delivery.State}: {decision.Why}", decision.IsSent);

        var sent = decided.Where(d => d.Decision.IsSent).ToList();
        if (row.IsDryRun || sent.Count == 0) return new ReplayPage(position, chosen.Count, [], (int)open);

        await ResendStore.WriteAsync(transaction, row, sent, time.GetUtcNow(), ct);
        return new ReplayPage(position, chosen.Count, [.. sent.Select(s => Fact(row, s.Delivery))], (int)open + sent.Count);
    }

    /// <summary>Where what was sent has come to: in the journal, refused again, or still to be answered by a receiver that answers in its own time.</summary>
    public async Task ConcludeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplayTally tally, CancellationToken ct)
    {
        foreach (var standing in await ResendStore.StandingAsync(transaction, row, ct)) tally.Conclude($"{standing.Destination}: {standing.State} now", standing.Count);
    }

    public void Forget(Guid id)
    {
        // Nothing is read ahead: a page is locked when it is taken.
    }

    /// <summary>How many documents of each destination and state fit, and what would become of them.</summary>
    public async Task<IReadOnlyList<ResendPart>> EstimateAsync(int tenant, ReplaySelection selection, long upTo, CancellationToken ct)
    {
        var municipality = await registry.CurrentAsync(tenant, ct);
        return
        [
            .. (await deliveries.CountAsync(tenant, selection, ResendRules.States, upTo, ct)).Select(part =>
            {
                var receiver = ResendRules.ReceiverOf(municipality, part.Destination, adapters);
                var decision = ResendRules.Decide(part.State, receiver);
                return new ResendPart(part.Destination, part.State, part.Count, decision.IsSent, decision.Why);
            }),
        ];
    }

    /// <summary>The same of a kind that does one thing with every document.</summary>
    public async Task<IReadOnlyList<ResendPart>> EstimateAsync(int tenant, ReplaySelection selection, IReadOnlyList<string> states, string what, long upTo, CancellationToken ct) =>
        [.. (await deliveries.CountAsync(tenant, selection, states, upTo, ct)).Select(part => new ResendPart(part.Destination, part.State, part.Count, IsSent: true, what))];

    private static AppendRequest Fact(ReplayRow row, ReplayedDelivery delivery) =>
        new(row.Tenant, StreamName.Parse(delivery.Stream), [MessageFacts.Resent(delivery.About, delivery.Destination, delivery.Acts, row.Author, null, row.Id)]);
}

/// <summary>A part of what a resend is about.</summary>
/// <param name="State">Where these documents are now: journaled or refused.</param>
/// <param name="What">What would become of them, in words.</param>
public sealed record ResendPart(string Destination, string State, long Documents, bool IsSent, string What);
