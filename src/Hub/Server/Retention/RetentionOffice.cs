using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Retention;
using Vkp.Hub.Audit;
using Vkp.Hub.Canary;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Retention;

/// <summary>
/// Deletes what vendors reported when the municipality keeps it no longer, and proves it. The store removes bodies under a signed plan and receipt;
/// this room says which: old enough by the municipality's policy, and not on a stream where something is unfinished or held.
/// </summary>
public sealed class RetentionOffice(
    NpgsqlDataSource database, EventLog store, LogRetention retention, StoreSpace space, MunicipalityRegistry registry, AnchorFiles signer, TimeProvider time)
{
    /// <summary>What holds a message's content. Who a patient is, the configuration, and who opened what stay: later messages and questions need them.</summary>
    private static readonly IReadOnlyList<string> Types = [MessageEvents.Accepted, MessageEvents.Held, MessageEvents.Released, Canaries.SentEvent];

    /// <summary>What a run would delete now; deletes nothing.</summary>
    public async Task<RetentionEstimate> EstimateAsync(int tenant, string author, CancellationToken ct) => (await PlanAsync(tenant, author, ct)).Estimate;

    /// <summary>Deletes what is due, makes the room free for new events, and says what the events take on disk before and after.</summary>
    public async Task<RetentionOutcome> RunAsync(int tenant, string author, CancellationToken ct)
    {
        var before = await space.MeasureAsync(ct);
        var (estimate, run) = await DeleteAsync(tenant, author, ct);
        if (run is not null) await ReuseAsync(ct);
        return new(estimate, run, before, await space.MeasureAsync(ct));
    }

    /// <summary>Goes on with the run that was interrupted, or begins one if anything is due. The run is null when nothing was, or another process is at it.</summary>
    public async Task<(RetentionEstimate Estimate, RetentionRunAnswer? Run)> DeleteAsync(int tenant, string author, CancellationToken ct)
    {
        var open = (await retention.ReadAsync(tenant, ct)).Open;
        var (estimate, plan) = open is null ? await PlanAsync(tenant, author, ct) : (Of(open.Plan), null);
        if (open is null && plan is not { Events: > 0 }) return (estimate, null);
        if (plan is not null) await retention.BeginAsync(plan, signer.SignStatement, ct);

        // Whoever began it: what is open is finished, and somebody who is at it already is left to it.
        try
        {
            return await retention.FinishAsync(tenant, signer.SignStatement, time, progress: null, ct) is { } run
                ? (estimate, RetentionRunAnswer.Of(run))
                : (estimate with { Waits = "another process is at it" }, null);
        }
        catch (StoreException waits) when (waits.Code == StoreException.RetentionRefusedCode)
        {
            return (estimate with { Waits = waits.Message }, null);
        }
    }

    /// <summary>Makes the room that was freed free for new events, beside live traffic.</summary>
    public Task ReuseAsync(CancellationToken ct) => space.ReuseAsync(ct);

    public async Task<RetentionStatus> StatusAsync(int tenant, CancellationToken ct)
    {
        var book = await retention.ReadAsync(tenant, ct);
        var days = (await registry.CurrentAsync(tenant, ct)).Policy.RetentionDays;
        return new(tenant.ToString("D9"), days, await space.MeasureAsync(ct), [.. book.Runs.Select(RetentionRunAnswer.Of)], [.. book.Holds]);
    }

    /// <param name="stream">A patient's; null is the whole municipality.</param>
    public Task HoldAsync(int tenant, StreamName? stream, string reason, string author, CancellationToken ct) =>
        retention.HoldAsync(tenant, Hold(stream, reason, author), ct);

    /// <param name="stream">As it was held.</param>
    public Task ReleaseAsync(int tenant, StreamName? stream, string reason, string author, CancellationToken ct) =>
        retention.ReleaseAsync(tenant, Hold(stream, reason, author), ct);

    private RetentionHold Hold(StreamName? stream, string reason, string author) => new(stream?.ToString() ?? RetentionBook.Everything, reason, author, time.GetUtcNow());

    private async Task<(RetentionEstimate Estimate, RetentionPlan? Plan)> PlanAsync(int tenant, string author, CancellationToken ct)
    {
        if ((await registry.CurrentAsync(tenant, ct)).Policy.RetentionDays is not { } days)
            return (new(tenant.ToString("D9"), null, null, 0, 0, 0, 0, "the municipality's policy names no retentionDays"), null);

        var before = time.GetUtcNow() - TimeSpan.FromDays(days);
        var nothing = new RetentionEstimate(tenant.ToString("D9"), days, before, 0, 0, 0, 0, null);
        if ((await Sql.ReadAsync(database, "Retention.read-replaying.sql", tenant, _ => { }, r => r.GetGuid(0), ct)) is [var replay])
            return (nothing with { Waits = $"replay {replay} reads the log" }, null);

        var kept = await Sql.ReadAsync(
            database, "Retention.read-unfinished.sql", tenant, command => command.Parameters.Add(new() { Value = Limits.RetentionKeptStreamsMax + 1 }), r => r.GetString(0), ct);
        if (kept.Count > Limits.RetentionKeptStreamsMax)
            return (nothing with { Waits = $"more than {Limits.RetentionKeptStreamsMax} streams have something unfinished: see 'vkp held' and 'vkp dead-letters'" }, null);

        var plan = await retention.EstimateAsync(tenant, new RetentionRule(before, Types, kept, await store.HeadAsync(tenant, ct), $"{days} days", author), time, ct);
        return plan is null ? (nothing, null) : (Of(plan) with { Days = days }, plan);
    }

    private static RetentionEstimate Of(RetentionPlan plan) => new(plan.Tenant.ToString("D9"), null, plan.Before, plan.UpTo, plan.Events, plan.Bytes, plan.Kept.Count, null);
}
