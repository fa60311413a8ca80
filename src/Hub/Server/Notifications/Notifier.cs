using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.EventStore;

namespace Vkp.Hub.Notifications;

/// <summary>
/// Looks after all subscriptions: numbers what is newly offered, and sends what is due, each subscription by itself so that a slow endpoint hinders no other. Any number
/// of nodes: a lease on the row says who sends.
/// </summary>
public sealed class Notifier(SubscriptionStore subscriptions, SubscriptionRegister register, NotificationAttempt attempt, EventLog store, TimeProvider time, ILogger<Notifier> log) : IDisposable
{
    private readonly ConcurrentDictionary<(int Tenant, Guid Id), Task> sending = new();
    private readonly SemaphoreSlim wake = new(0, 1);

    public void Dispose() => wake.Dispose();

    /// <summary>Something may be due: a page was routed, a subscription was asked for, or one that was being sent for is free again.</summary>
    public void Signal()
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

    /// <summary>Runs until cancelled; then lets what is on its way end and be written.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(ct);
            }
            catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
            {
                log.LogWarning("Notifications wait for the database: {Reason}", away.Message);
            }

            await ((Task)wake.WaitAsync(Limits.ClockworkInterval, ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(sending.Values);
    }

    private async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var work in await subscriptions.FindWorkAsync(await store.TenantsAsync(ct), time.GetUtcNow(), ct))
        {
            if (work.HasOffers) await NumberAsync(work, ct);
            // What has just been numbered may be due too; claiming and looking is the way to know.
            if (sending.Count < Limits.SubscriptionsSendingMax && !sending.ContainsKey((work.Tenant, work.Id))) Start(work, ct);
        }
    }

    private async Task NumberAsync(SubscriptionWork work, CancellationToken ct)
    {
        while (await subscriptions.NumberAsync(work.Tenant, work.Id, async position => (await register.TermsAsync(work.Tenant, position, ct)).Filters, ct)) ct.ThrowIfCancellationRequested();
    }

    private void Start(SubscriptionWork work, CancellationToken ct)
    {
        var key = (work.Tenant, work.Id);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sending[key] = begun.Task;
        _ = Task.Run(async () =>
        {
            var isMore = false;
            try
            {
                isMore = await SendAsync(work, ct);
            }
            catch (Exception fault)
            {
                // A bug or the database away: nothing is written, the lease runs out, and the same events are sent again.
                log.LogError(fault, "VKP-639 Notifying subscription {Subscription} failed in the hub and is tried again.", work.Id);
            }
            finally
            {
                sending.TryRemove(key, out _);
                begun.SetResult();
                if (isMore) Signal();
            }
        }, CancellationToken.None);
    }

    /// <summary>Sends until nothing is due or the hub stops. True when there may be more to do at once.</summary>
    private async Task<bool> SendAsync(SubscriptionWork work, CancellationToken stopping)
    {
        if (await subscriptions.ClaimAsync(work.Tenant, work.Id, CancellationToken.None) is not { } state) return false;

        var terms = await register.TermsAsync(work.Tenant, state.ConfigPosition, CancellationToken.None);
        while (true)
        {
            var (obstacle, isPaused) = await attempt.PermissionAsync(state, terms, CancellationToken.None);
            var now = time.GetUtcNow();
            var step = isPaused ? new SubscriptionStep.Rest(now + Limits.DeliveryLease) : state.Next(terms, obstacle, now);
            var after = step switch
            {
                // A paused destination is looked at again a little later, not at once.
                SubscriptionStep.Rest rest => isPaused ? state with { DueAt = rest.Until } : state,
                SubscriptionStep.End => state.Ended(now),
                SubscriptionStep.Obstacle fault => state.Failed(fault.Error, null, now),
                // Heard to the end, within its time limit: a stopping hub must not make its subscriber hear everything twice.
                _ => await attempt.MakeAsync(state, terms, step, CancellationToken.None),
            };
            var isOver = stopping.IsCancellationRequested || step is SubscriptionStep.Rest or SubscriptionStep.End || after.Failures > 0 || after.Sent == state.Last;
            if (await subscriptions.SettleAsync(after, SubscriptionFacts.Of(state, after), isOver, CancellationToken.None) is not { } settled) return true;
            if (isOver) return step is not SubscriptionStep.Rest && settled.Failures == 0 && settled.Sent < settled.Last;
            state = settled;
        }
    }
}
