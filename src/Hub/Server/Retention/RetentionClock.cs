using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Retention;

/// <summary>Deletes what is due in every municipality that has decided on it, once a day; on whichever node comes first, and the others find nothing left.</summary>
public sealed class RetentionClock(EventLog store, MunicipalityRegistry registry, RetentionOffice office, TimeProvider time, ILogger<RetentionClock> log)
{
    /// <summary>Who has it done, in plan and receipt.</summary>
    public const string Author = "hub";

    /// <summary>A loop of its own: a run reads the old part of a log, and nothing that is due by the second waits for it.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        // Not at once: a hub that has just come up has a backlog to work off.
        await Task.Delay(Limits.RetentionFirst, time, ct);
        while (true)
        {
            await RunOnceAsync(ct);
            await Task.Delay(Limits.RetentionInterval, time, ct);
        }
    }

    public async Task RunOnceAsync(CancellationToken ct)
    {
        var isAnyDeleted = false;
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            try
            {
                if ((await registry.CurrentAsync(tenant, ct)).Policy.RetentionDays is not null) isAnyDeleted |= await RunAsync(tenant, ct);
            }
            catch (Exception fault) when (fault is NpgsqlException or StoreException or TimeoutException)
            {
                log.LogWarning("Retention of {Tenant} goes on tomorrow: {Reason}", tenant, fault.Message);
            }
        }

        if (isAnyDeleted) await office.ReuseAsync(ct);
    }

    private async Task<bool> RunAsync(int tenant, CancellationToken ct)
    {
        var (estimate, run) = await office.DeleteAsync(tenant, Author, ct);
        if (run is not null) log.LogInformation("Retention of {Tenant}: {Events} bodies deleted under receipt {Receipt}.", tenant, run.Events, run.Receipt);
        else if (estimate.Waits is { } waits) log.LogWarning("Retention of {Tenant} waits: {Reason}.", tenant, waits);
        return run is not null;
    }
}
