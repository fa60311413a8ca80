using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Canary;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Delivery;

/// <summary>
/// Works on the deliveries of the municipalities this node has leases for: loads them in log order, sends what may go, settles what came of it.
/// A node that cannot renew its leases stops sending before they run out; what it had on its way is sent again by the next owner under the same ids.
/// </summary>
public sealed class DeliveryEngine(
    DeliveryStore deliveries,
    EventLog store,
    DeliveryAttempt attempt,
    MunicipalityRegistry registry,
    TimeProvider time,
    ILogger<DeliveryEngine> log) : IDisposable
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly DeliveryQueue queue = new();
    private readonly Dictionary<int, Ownership> owned = [];
    private readonly HashSet<DestinationKey> paused = [];
    private readonly Dictionary<DestinationKey, int> hastened = [];
    private readonly HashSet<int> unheard = [];
    private readonly Channel<Outcome> outcomes = Channel.CreateUnbounded<Outcome>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim wake = new(0, 1);
    private int inFlight;
    private bool changeAsked;

    public void Dispose() => wake.Dispose();

    /// <summary>Deliveries in memory on this node.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return queue.Count;
        }
    }

    /// <summary>Tells the engine that there are new deliveries for a municipality.</summary>
    public void Signal(int tenant)
    {
        lock (gate)
        {
            if (owned.TryGetValue(tenant, out var ownership)) ownership.ExpectMore();
        }

        Wake();
    }

    /// <summary>Tells the engine that a person has changed deliveries, or paused, resumed or hastened a destination: it looks now rather than at its next renewal.</summary>
    public void SignalChange()
    {
        Volatile.Write(ref changeAsked, true);
        Wake();
    }

    /// <summary>Runs until cancelled; then lets what is on its way end, settles it and gives the leases back.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var settling = SettleLoopAsync();
        // By elapsed time and not by the clock of the day: that can be set back, and leases that nobody renews stop every delivery.
        long? renewed = null;
        while (!ct.IsCancellationRequested)
        {
            // Settling ends before this loop only by a fault, which is this room's fault.
            if (settling.IsCompleted) await settling;
            try
            {
                if (UntilRenewal(renewed) <= TimeSpan.Zero || Volatile.Read(ref changeAsked))
                {
                    Volatile.Write(ref changeAsked, false);
                    await RenewAsync(ct);
                    renewed = time.GetTimestamp();
                }

                await LoadAsync(ct);
                Dispatch(ct);
                await SleepAsync(UntilRenewal(renewed), ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) when (fault is NpgsqlException or StoreException or TimeoutException)
            {
                // The database is away: nothing is sent under a lease that cannot be renewed, and the next round tries again.
                log.LogWarning("Delivery waits for the database: {Reason}", fault.Message);
                renewed = null;
                // Not until something is due: what is due cannot go, and would have this ask for the database without a pause.
                await WokenAsync(IdleWait, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DrainAsync(settling);
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var tenants = await store.TenantsAsync(ct);
        int[] left;
        lock (gate) left = [.. unheard];
        var leases = await deliveries.AcquireAsync([.. tenants], left, ct);
        lock (gate) unheard.ExceptWith(left);
        var taken = Take(leases, asked);
        foreach (var (tenant, ownership) in taken)
        {
            var waiting = await deliveries.WaitingDestinationsAsync(tenant, ct);
            lock (gate) ownership.Learn(waiting);
        }

        await RecallAsync(leases.ToDictionary(l => l.Key, l => l.Value.Epoch), ct);
        await RefreshDestinationsAsync(leases.Keys, ct);
    }

    /// <summary>Takes over the leases this node has now, and forgets what it lost. Returns those that are new.</summary>
    private List<(int Tenant, Ownership Ownership)> Take(IReadOnlyDictionary<int, Lease> leases, long asked)
    {
        var taken = new List<(int, Ownership)>();
        lock (gate)
        {
            foreach (var lost in owned.Keys.Where(t => !leases.ContainsKey(t)).ToList())
            {
                owned.Remove(lost);
                queue.Forget(lost);
            }

            foreach (var (tenant, lease) in leases)
            {
                if (!owned.TryGetValue(tenant, out var ownership) || ownership.Epoch != lease.Epoch)
                {
                    queue.Forget(tenant);
                    owned[tenant] = ownership = new Ownership(tenant, lease.Epoch);
                    taken.Add((tenant, ownership));
                }

                ownership.Renew(lease, asked);
                ownership.ExpectMore();
            }
        }

        return taken;
    }

    /// <summary>Takes over what people have decided about deliveries. One beyond the cursor is not loaded yet and comes with its page, in order.</summary>
    private async Task RecallAsync(IReadOnlyDictionary<int, long> epochs, CancellationToken ct)
    {
        var recalled = await deliveries.TakeRecalledAsync(epochs, ct);
        lock (gate)
        {
            foreach (var (row, isFinished) in recalled)
            {
                if (owned.TryGetValue(row.Tenant, out var ownership) && ownership.HasPassed(row)) queue.Replace(row, isFinished);
            }
        }
    }

    private async Task RefreshDestinationsAsync(IEnumerable<int> tenants, CancellationToken ct)
    {
        foreach (var tenant in tenants)
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            lock (gate)
            {
                if (owned.TryGetValue(tenant, out var ownership)) ownership.Learn(municipality.Destinations.Keys.Append(Canaries.Sink));
                foreach (var destination in municipality.Destinations.Values)
                {
                    var key = new DestinationKey(tenant, destination.Name);
                    if (destination.Paused) paused.Add(key);
                    else paused.Remove(key);
                    // What is not loaded yet comes from the table, where it is hastened already.
                    if (hastened.GetValueOrDefault(key) != destination.Hastened) queue.Hasten(key, time.GetUtcNow());
                    hastened[key] = destination.Hastened;
                }
            }
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        List<(int Tenant, Ownership Ownership, List<LaneCursor> Lanes)> dirty;
        lock (gate) dirty = [.. owned.Select(o => (o.Key, o.Value, o.Value.TakeDue(queue))).Where(o => o.Item3.Count > 0)];
        foreach (var (tenant, ownership, lanes) in dirty)
        {
            var rows = await deliveries.LoadPendingAsync(tenant, lanes, Limits.DeliveryLoadRowsMax, ct);
            lock (gate)
            {
                if (!owned.TryGetValue(tenant, out var now) || now != ownership) continue;
                foreach (var row in rows) queue.Add(row);
                if (ownership.Advance(rows)) Wake();
            }
        }
    }

    private void Dispatch(CancellationToken ct)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (queue.Take(now, key => paused.Contains(key) || !HoldsLease(key.Tenant)) is { } row)
            {
                var under = owned[row.Tenant];
                inFlight++;
                _ = Task.Run(() => SendAsync(row, under, ct), CancellationToken.None);
            }
        }
    }

    private bool HoldsLease(int tenant) => owned.TryGetValue(tenant, out var ownership) && ownership.Lasts(time);

    private async Task SendAsync(DeliveryRow row, Ownership under, CancellationToken ct)
    {
        try
        {
            var settlement = await attempt.MakeAsync(row, under, ct);
            if (settlement is null) Unheard(row, under);
            else Take(settlement, under);
        }
        catch (Exception fault)
        {
            // A bug or the database away: the delivery stays as it is and is tried again; nothing is skipped.
            log.LogError(fault, "VKP-590 Delivery of message {MessageId} to '{Destination}' failed in the hub and is tried again.", row.MessageId, row.Destination);
            lock (gate) PutBack(row, under, TimeSpan.FromSeconds(5));
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
            Wake();
        }
    }

    private void Take(Settlement settlement, Ownership under)
    {
        lock (gate)
        {
            if (settlement.LeavesPlace && Holds(settlement.Row, under)) queue.Answered(settlement.Row);
        }

        outcomes.Writer.TryWrite(new Outcome(settlement, under));
    }

    private void Unheard(DeliveryRow row, Ownership under)
    {
        lock (gate)
        {
            unheard.Add(row.Tenant);
            PutBack(row, under, TimeSpan.Zero);
        }
    }

    /// <summary>The try is none: the delivery takes its place again.</summary>
    private void PutBack(DeliveryRow row, Ownership under, TimeSpan wait)
    {
        var now = time.GetUtcNow();
        if (Holds(row, under)) queue.Retry(row with { Attempts = row.Attempts - 1 }, now + wait, destinationFailed: false, now);
    }

    private async Task SettleLoopAsync()
    {
        var batch = new List<Outcome>();
        while (await outcomes.Reader.WaitToReadAsync())
        {
            var started = time.GetTimestamp();
            batch.Clear();
            while (batch.Count < Limits.SettleBatchMax && outcomes.Reader.TryRead(out var next)) batch.Add(next);
            var written = await SettleAsync([.. batch.Select(o => o.Settlement)]);
            lock (gate)
            {
                foreach (var (settlement, under) in batch) Conclude(settlement, under, written.Written.Contains(settlement), written.Overtaken.Contains(settlement));
            }

            Wake();
            if (batch.Count is >= Limits.SettleCrowdedOutcomes and < Limits.SettleBatchMax && Limits.SettleInterval - time.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest, time);
        }
    }

    private async Task<SettledBatch> SettleAsync(List<Settlement> batch)
    {
        while (true)
        {
            try
            {
                return await deliveries.SettleAsync(batch, CancellationToken.None);
            }
            catch (Exception fault) when (fault is NpgsqlException or StoreException or TimeoutException)
            {
                if (batch.All(s => time.GetElapsedTime(RenewedAt(s.Row.Tenant)) > Limits.DeliveryLease)) return SettledBatch.Nothing;
                log.LogWarning("Settling waits for the database: {Reason}", fault.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(200), time);
            }
        }
    }

    private long RenewedAt(int tenant)
    {
        lock (gate) return owned.TryGetValue(tenant, out var ownership) ? ownership.RenewedAt : 0;
    }

    private void Conclude(Settlement settlement, Ownership under, bool written, bool overtaken)
    {
        if (!Holds(settlement.Row, under)) return;
        var now = time.GetUtcNow();
        if (overtaken) queue.Finish(settlement.Row, now);
        else if (!written) Disown(settlement.Row.Tenant);
        else if (settlement.IsFinal || settlement.State == "accepted") queue.Finish(settlement.Row, now);
        else queue.Retry(settlement.Row with { State = settlement.State }, settlement.DueAt, destinationFailed: !settlement.IsAnswered, now);
    }

    /// <summary>Whether the queue still works on this delivery as it was taken. One that was loaded anew since is another's to conclude, though it is the same message.</summary>
    private bool Holds(DeliveryRow row, Ownership under) => owned.GetValueOrDefault(row.Tenant) == under && queue.Holds(row);

    /// <summary>
    /// What came of a call could not be written in time. Whether the call was begun stands in the table, and not in this node's memory, which would send it again to a receiver
    /// that may have it: so all of the municipality's deliveries are read again, as if another node took them over.
    /// </summary>
    private void Disown(int tenant)
    {
        owned.Remove(tenant);
        queue.Forget(tenant);
        unheard.Add(tenant);
        SignalChange();
    }

    private TimeSpan UntilRenewal(long? renewed) => renewed is { } at ? Limits.DeliveryLeaseRenewal - time.GetElapsedTime(at) : TimeSpan.Zero;

    private async Task SleepAsync(TimeSpan atMost, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? due;
        lock (gate) due = queue.NextDue(now);
        var wait = due is { } next && next - now < atMost ? next - now : atMost;
        // Never a spin: what is due but may not go (a paused destination, no free place) waits for a signal.
        if (wait < TimeSpan.FromMilliseconds(5)) wait = TimeSpan.FromMilliseconds(5);
        await WokenAsync(wait, ct);
    }

    private async Task WokenAsync(TimeSpan atMost, CancellationToken ct) => await wake.WaitAsync(atMost, ct);

    private async Task DrainAsync(Task settling)
    {
        var deadline = time.GetTimestamp();
        while (Volatile.Read(ref inFlight) > 0 && time.GetElapsedTime(deadline) < Limits.DeliveryTimeout) await wake.WaitAsync(TimeSpan.FromMilliseconds(50));
        outcomes.Writer.TryComplete();
        await settling;
        int[] tenants;
        int[] lost;
        // What has not ended by now is given up wherever it is.
        lock (gate) (tenants, lost) = ([.. owned.Keys], Volatile.Read(ref inFlight) > 0 ? [.. owned.Keys] : [.. unheard]);
        try
        {
            await deliveries.ReleaseAsync(tenants, lost, CancellationToken.None);
        }
        catch (NpgsqlException fault)
        {
            log.LogWarning("The delivery leases could not be given back; they run out in {Seconds} s: {Reason}", Limits.DeliveryLease.TotalSeconds, fault.Message);
        }
    }

    private void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A signal is waiting already; one is enough.
        }
    }

    /// <param name="Under">What the delivery was taken under.</param>
    private sealed record Outcome(Settlement Settlement, Ownership Under);
}
