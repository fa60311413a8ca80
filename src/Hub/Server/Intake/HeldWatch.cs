using System.Collections.Concurrent;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>
/// Looks after held messages by the clock: tries them again when the configuration has changed or the hub was started (a new translator may read
/// what the old one could not) and, where the journal system says who has which service, every other minute; and rejects back to their vendors those whose time is over.
/// </summary>
public sealed class HeldWatch(EventLog store, MunicipalityRegistry registry, MessageReader messages, HeldMessages held, TimeProvider time)
{
    /// <summary>Who releases and rejects when no person does.</summary>
    public const string Author = "hub";

    private readonly ConcurrentDictionary<int, (long Version, DateTimeOffset ChangedAt)> seen = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> asked = new();

    public async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            if (municipality.IsRegistered) await LookAsync(municipality, ct);
        }
    }

    private async Task LookAsync(RegistryState municipality, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!seen.TryGetValue(municipality.Tenant, out var last) || last.Version != municipality.Version) seen[municipality.Tenant] = last = (municipality.Version, now);
        var isChanged = now - last.ChangedAt <= Limits.HeldRetryAfterChange;
        var isAskedAgain = municipality.Policy.ServiceGate == ServiceGate.Epj && IsDue(municipality.Tenant, now);
        var overAt = now - TimeSpan.FromHours(municipality.Policy.HeldHoursMax);
        var position = 0L;
        while (true)
        {
            var page = await messages.HeldAsync(municipality.Tenant, Limits.HeldPageMax, ct, position);
            foreach (var row in page)
            {
                var isTried = (isChanged && HeldMessages.CanPassByItself(row.Reason)) || (isAskedAgain && HeldMessages.WaitsForJournal(row.Reason));
                if (isTried && (await held.ReleaseAsync(row.Tenant, row.MessageId, Author, confirmed: false, ct)).Count == 0) continue;
                if (IsOver(row, overAt)) await held.RejectAsync(row.Tenant, row.MessageId, Author, ct);
            }

            // Oldest first: when the last of a page is young and nothing has changed, the rest has nothing due.
            if (page.Count < Limits.HeldPageMax || (!isChanged && !isAskedAgain && page[^1].RegisteredAt > overAt)) return;
            position = page[^1].Position;
        }
    }

    /// <summary>The journal system's no is kept as long; asked more often, it would say the same.</summary>
    private bool IsDue(int tenant, DateTimeOffset now)
    {
        if (asked.TryGetValue(tenant, out var at) && now < at + Limits.ServiceMissedFor) return false;
        asked[tenant] = now;
        return true;
    }

    /// <summary>A call for help that cannot be placed waits for a person: the clock never takes it away.</summary>
    private static bool IsOver(MessageRow row, DateTimeOffset overAt) => row.RegisteredAt <= overAt && row.Lane != nameof(Lane.Alarm);
}
