using Vkp.Adapters;

namespace Vkp.Hub.Delivery;

/// <param name="FollowsLostCalls">Calls of an earlier owner, or of this one, were left on their way so short a time ago that what they ask for may still be done.</param>
public sealed record Lease(long Epoch, bool FollowsLostCalls);

/// <summary>How far a lane of a destination is loaded.</summary>
public sealed record LaneCursor(string Destination, Lane Lane, long After);

/// <summary>
/// A municipality whose lease this node has: under which epoch, since when, and how far its deliveries are loaded, lane by lane. How far is not thread-safe: its owner locks.
/// </summary>
public sealed class Ownership(int tenant, long epoch)
{
    private readonly Dictionary<LaneKey, Progress> lanes = [];
    private long renewedAt;
    private bool followsLostCalls;

    public long Epoch => epoch;

    /// <summary>By this node's clock, when the lease was last asked for.</summary>
    public long RenewedAt => Volatile.Read(ref renewedAt);

    /// <summary>See <see cref="Lease.FollowsLostCalls"/>; as of the last renewal.</summary>
    public bool FollowsLostCalls => Volatile.Read(ref followsLostCalls);

    /// <summary>The lease is this node's again from here on.</summary>
    /// <param name="asked">By this node's clock, before it was asked for.</param>
    public void Renew(Lease lease, long asked)
    {
        Volatile.Write(ref followsLostCalls, lease.FollowsLostCalls);
        Volatile.Write(ref renewedAt, asked);
    }

    /// <summary>Whether the lease lasts by this node's own clock, with a margin for the request that may be sent right after.</summary>
    public bool Lasts(TimeProvider time) => time.GetElapsedTime(RenewedAt) < Limits.DeliveryLease - TimeSpan.FromSeconds(0.5);

    /// <summary>Destinations once known stay: what waits for one that is taken out of the configuration is still to be decided.</summary>
    public void Learn(IEnumerable<string> destinations)
    {
        foreach (var destination in destinations)
        {
            foreach (var lane in Lanes.InOrder) lanes.TryAdd(new LaneKey(new DestinationKey(tenant, destination), lane), new Progress());
        }
    }

    /// <summary>There may be more of every lane.</summary>
    public void ExpectMore()
    {
        foreach (var progress in lanes.Values) progress.MayHaveMore = true;
    }

    /// <summary>The lanes that may have more and have room for it. From here on each is thought to have no more, until its page is full or somebody says so.</summary>
    public List<LaneCursor> TakeDue(DeliveryQueue queue)
    {
        var due = lanes.Where(l => l.Value.MayHaveMore && queue.CountOf(l.Key) <= Limits.DeliveryWindowRowsMax - Limits.DeliveryLoadRowsMax).ToList();
        foreach (var (_, progress) in due) progress.MayHaveMore = false;
        return [.. due.Select(l => new LaneCursor(l.Key.Destination.Destination, l.Key.Lane, l.Value.After))];
    }

    /// <summary>Notes what was loaded. True when a lane may have more.</summary>
    public bool Advance(IReadOnlyList<DeliveryRow> rows)
    {
        var full = false;
        foreach (var loaded in rows.GroupBy(r => r.LaneKey))
        {
            lanes[loaded.Key].After = loaded.Max(r => r.Position);
            if (loaded.Count() < Limits.DeliveryLoadRowsMax) continue;
            lanes[loaded.Key].MayHaveMore = full = true;
        }

        return full;
    }

    /// <summary>Whether the page with this delivery has been loaded.</summary>
    public bool HasPassed(DeliveryRow row) => lanes.TryGetValue(row.LaneKey, out var progress) && row.Position <= progress.After;

    private sealed class Progress
    {
        public long After { get; set; }

        public bool MayHaveMore { get; set; } = true;
    }
}
