using System.Text.Json.Serialization;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Canary;
using Vkp.Hub.Delivery;
using Vkp.Hub.Notifications;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using EnumLiterals = Vkp.Fhir.Model.EnumLiterals;
using SubscriptionCode = Vkp.Fhir.Model.Subscription.SubscriptionStatus;

namespace Vkp.Hub.Operations;

/// <summary>The hub at a glance.</summary>
public sealed record StatusReport(
    string Environment, int WaitingDeliveries, IReadOnlyList<MunicipalityStatus> Municipalities, IReadOnlyList<SubscriptionStatus> Subscriptions, ProcessStatus Process);

/// <summary>What the answering process has used since it started.</summary>
/// <param name="AllocatedBytes">Of managed memory, all told; the difference between two readings is what happened between them.</param>
public sealed record ProcessStatus(double CpuSeconds, long ResidentBytes, long AllocatedBytes);

/// <summary>One municipality's messages. accepted = journaled + settled + failed + open; open = registered + forwarded + read + held; what was rejected back to its vendor counts as failed.</summary>
/// <param name="Held">Count by code.</param>
public sealed record MunicipalityStatus(
    string OrgNo, string Name, long Accepted, long Journaled, long Settled, long Failed, long Open, long Position,
    IReadOnlyDictionary<string, long> Held, IReadOnlyDictionary<string, long> SettledBy, IReadOnlyDictionary<string, long> FailedBy, IReadOnlyList<DestinationStatus> Destinations,
    OverdueDeliveries Overdue)
{
    /// <summary>Since the newest canary that came through was sent; null before there is any.</summary>
    public double? CanaryAgeSeconds { get; init; }

    /// <summary>The FHIR subscriptions of journal systems that fetch.</summary>
    public IReadOnlyList<SubscriberStatus> Subscribers { get; init; } = [];
}

/// <summary>Where one FHIR subscription stands.</summary>
/// <param name="Status">requested, active, error or off.</param>
/// <param name="Last">The newest event's number.</param>
/// <param name="Sent">The newest event's number that the endpoint has taken.</param>
/// <param name="Code">Why it is in error; null otherwise.</param>
/// <param name="HeardAt">When the endpoint last answered with success, or when the subscription was made.</param>
public sealed record SubscriberStatus(Guid Id, string Destination, string Status, long Last, long Sent, string? Code, DateTimeOffset HeardAt);

public sealed record DestinationStatus(string Name, string Adapter, string Address, bool Paused);

/// <param name="Lane">Alarms stand first: they wait for a person, never for the clock.</param>
public sealed record HeldMessage(Guid MessageId, string Municipality, string Source, string Kind, string? Lane, string Code, DateTimeOffset OccurredAt, DateTimeOffset RegisteredAt);

/// <summary>Counts what stands where. The counts always balance, because every message is one row in one state.</summary>
public sealed class HubStatus(
    EventLog store, MunicipalityRegistry registry, MessageReader messages, IReadOnlyList<Subscription> subscriptions, DeliveryEngine deliveries, Overdue overdue, Canaries canaries, SubscriptionStore subscribers, TimeProvider time, Intake.HubEnvironment environment)
{
    /// <param name="tenants">The municipalities to tell of.</param>
    public async Task<StatusReport> ReportAsync(IReadOnlyList<int> tenants, CancellationToken ct)
    {
        var municipalities = new List<MunicipalityStatus>();
        foreach (var tenant in tenants)
        {
            var state = await registry.CurrentAsync(tenant, ct);
            if (state.IsRegistered) municipalities.Add(await ReportAsync(state, ct));
        }

        var lines = new List<SubscriptionStatus>();
        foreach (var subscription in subscriptions) lines.AddRange((await subscription.StatusAsync(ct)).Where(line => tenants.Contains(line.Tenant)));
        return new StatusReport(environment.ToString(), deliveries.Waiting, municipalities, lines, ProcessNow());
    }

    public async Task<IReadOnlyList<HeldMessage>> HeldAsync(IReadOnlyList<int> tenants, int rowsMax, CancellationToken ct)
    {
        var held = new List<HeldMessage>();
        foreach (var tenant in tenants)
        {
            held.AddRange((await messages.HeldAsync(tenant, rowsMax, ct)).Select(r =>
                new HeldMessage(r.MessageId, tenant.ToString("D9"), r.Source, r.Kind, r.Lane, r.Reason ?? "", r.OccurredAt, r.RegisteredAt)));
        }

        return [.. held.OrderBy(m => m.Lane == nameof(Adapters.Lane.Alarm) ? 0 : 1)];
    }

    private static ProcessStatus ProcessNow()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new ProcessStatus(Math.Round(process.TotalProcessorTime.TotalSeconds, 3), process.WorkingSet64, GC.GetTotalAllocatedBytes());
    }

    private async Task<MunicipalityStatus> ReportAsync(Registry.RegistryState state, CancellationToken ct)
    {
        var counts = await messages.CountAsync(state.Tenant, ct);
        long Sum(params string[] states) => counts.Where(c => states.Contains(c.State, StringComparer.Ordinal)).Sum(c => c.Count);
        Dictionary<string, long> By(params string[] states) => counts.Where(c => states.Contains(c.State, StringComparer.Ordinal))
            .GroupBy(c => c.Reason ?? "", StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Count), StringComparer.Ordinal);
        return new MunicipalityStatus(
            state.OrgNo, state.Name, counts.Sum(c => c.Count), Sum(MessageStates.Journaled), Sum(MessageStates.Settled), Sum(MessageStates.Failed, MessageStates.Rejected),
            Sum(MessageStates.Registered, MessageStates.Forwarded, MessageStates.Read, MessageStates.Held), await store.HeadAsync(state.Tenant, ct),
            By(MessageStates.Held), By(MessageStates.Settled), By(MessageStates.Failed, MessageStates.Rejected),
            [.. state.Destinations.Values.Select(d => new DestinationStatus(d.Name, d.Adapter, d.Address, d.Paused))], await overdue.OfAsync(state.Tenant, ct))
        {
            CanaryAgeSeconds = await canaries.HeardAsync(state.Tenant, ct) is { } heard ? Math.Round((time.GetUtcNow() - heard).TotalSeconds, 1) : null,
            Subscribers = [.. (await subscribers.ListAsync(state.Tenant, ct)).Select(s =>
                new SubscriberStatus(s.Id, s.Destination, EnumLiterals.Format<SubscriptionCode>(s.Status)!, s.Last, s.Sent, s.Code, s.HeardAt))],
        };
    }
}
