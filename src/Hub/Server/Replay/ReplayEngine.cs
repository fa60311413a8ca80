using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Audit;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Replay;

/// <summary>
/// Works on running replays, a page at a time, each page with its checkpoint in one transaction under the lock of the replay's row: whatever dies, the next
/// who locks it goes on from the last page, and comes to the same report. A lane of its own: one page at a time on a node, at the replay's rate.
/// </summary>
/// <param name="kinds">What each kind of replay does with a page.</param>
/// <param name="sent">Told after a page that sent something.</param>
public sealed class ReplayEngine(
    NpgsqlDataSource database, EventLog store, Vault vault, ReplayStore replays, IReadOnlyDictionary<string, IReplayWork> kinds, IReadOnlyDictionary<string, IVendorAdapter> vendors,
    AnchorFiles signer, Action sent, TimeProvider time, ILogger<ReplayEngine> log)
{
    private readonly ConcurrentDictionary<Guid, (ReplaySelection Selection, string Author)> plans = new();
    private readonly Dictionary<Guid, (long At, TimeSpan Pause)> rested = [];
    private TaskCompletionSource wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Looks now: a replay has been started.</summary>
    public void Wake() => Interlocked.Exchange(ref wake, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Looks now, and has what was put back taken out of the way to its receivers.</summary>
    public void TakeBack()
    {
        Wake();
        sent();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var woken = Volatile.Read(ref wake).Task;
            var rest = Limits.ClockworkInterval;
            try
            {
                rest = await RunOnceAsync(ct);
            }
            catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
            {
                log.LogWarning("Replays wait for the database: {Reason}", away.Message);
            }

            ct.ThrowIfCancellationRequested();
            if (rest <= TimeSpan.Zero) continue;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(Task.Delay(rest, time, over.Token), woken);
            await over.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One page of every running replay that is due; returns how long nothing is due.</summary>
    public async Task<TimeSpan> RunOnceAsync(CancellationToken ct)
    {
        var rest = Limits.ClockworkInterval;
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            foreach (var id in await replays.RunningAsync(tenant, ct))
            {
                var left = LeftOf(id);
                if (left <= TimeSpan.Zero) left = await GuardedPageAsync(tenant, id, ct);
                if (left < rest) rest = left;
            }
        }

        return rest;
    }

    private TimeSpan LeftOf(Guid id) => rested.TryGetValue(id, out var last) ? last.Pause - time.GetElapsedTime(last.At) : TimeSpan.Zero;

    /// <summary>A body that does not open is a finding for a person, and no reason to try the page for ever.</summary>
    private async Task<TimeSpan> GuardedPageAsync(int tenant, Guid id, CancellationToken ct)
    {
        try
        {
            return await PageAsync(tenant, id, ct);
        }
        catch (VaultException broken)
        {
            log.LogError("{Code} Replay {Replay} is paused: {Reason}", broken.Error.Code, id, broken.Error.Message);
            await replays.MoveAsync(tenant, id, [ReplayStates.Running], ReplayStates.Paused, time.GetUtcNow(), Fact(ReplayEvents.Paused, new EventMetadata { Author = "hub", Code = broken.Error.Code }, default), ct);
            return TimeSpan.Zero;
        }
    }

    private async Task<TimeSpan> PageAsync(int tenant, Guid id, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var waited = rested.TryGetValue(id, out var last) ? time.GetElapsedTime(last.At) : TimeSpan.Zero;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        if (await ReplayStore.LockAsync(transaction, tenant, id, ct) is not { } row)
        {
            foreach (var kind in kinds.Values) kind.Forget(id);
            return Limits.ClockworkInterval;
        }

        var (selection, author) = await PlanAsync(row, ct);
        row = row with { Author = author };
        var (work, tally) = (kinds[row.Kind], ReplayTally.Parse(row.Tally));
        var page = await work.TakeAsync(transaction, row, selection, EventsMax(row.Rate), tally, ct);
        var isDone = page.Position >= row.UpTo && page.Open == 0;
        if (isDone) await work.ConcludeAsync(transaction, row, tally, ct);
        var completed = isDone ? await CompletedAsync(row, selection, tally, ct) : null;
        var worked = waited + time.GetElapsedTime(began);
        await replays.WritePageAsync(transaction, row with { Position = page.Position, Tally = tally.ToJson() }, (long)worked.TotalMilliseconds, page.Facts, completed, time.GetUtcNow(), ct);
        if (page.Facts.Count > 0) sent();

        var rest = RestAfter(row, page, isDone) - time.GetElapsedTime(began);
        if (isDone) rested.Remove(id);
        else rested[id] = (time.GetTimestamp(), rest);
        return rest;
    }

    private static TimeSpan RestAfter(ReplayRow row, ReplayPage page, bool isDone)
    {
        if (isDone) return TimeSpan.Zero;
        // It moved nowhere: it waits for receivers, who are not quicker for being looked at.
        if (page.Taken == 0 && page.Open > 0) return Limits.ClockworkInterval;
        return row.Rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)page.Taken / row.Rate);
    }

    /// <summary>A paced replay takes small pages, twenty a second, so that it stops soon and nothing that is live waits long behind one.</summary>
    private static int EventsMax(int rate) => rate == 0 ? Limits.ReplayPageEventsMax : Math.Clamp(rate / 20, 1, Limits.ReplayPageEventsMax);

    private async Task<(ReplaySelection Selection, string Author)> PlanAsync(ReplayRow row, CancellationToken ct)
    {
        if (plans.TryGetValue(row.Id, out var known)) return known;
        var planned = (await store.ReadStreamAsync(row.Tenant, row.Stream, 1, 1, ct))[0];
        var plan = System.Text.Json.JsonSerializer.Deserialize((await vault.OpenAsync(planned, ct)).Span, ReplayJson.Default.ReplayPlan)!;
        return plans[row.Id] = (plan.Selection, EventMetadata.Parse(planned.Metadata).Author!);
    }

    private async Task<NewEvent> CompletedAsync(ReplayRow row, ReplaySelection selection, ReplayTally tally, CancellationToken ct)
    {
        var translators = new SortedDictionary<string, string>(vendors.ToDictionary(v => v.Key, v => v.Value.Info.Version), StringComparer.Ordinal);
        var report = new ReplayReport(ReplayReport.FormatName, row.Kind, selection, translators, tally) { DryRun = row.IsDryRun ? true : null }.ToBytes();
        var (keyId, publicKey, signature) = signer.Sign(report);
        var signed = new SignedReport(System.Text.Encoding.UTF8.GetString(report), keyId, publicKey, Convert.ToBase64String(signature));
        var completed = Fact(ReplayEvents.Completed, new EventMetadata { Author = "hub" }, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(signed, ReplayJson.Default.SignedReport));
        return completed with { Body = await vault.SealAsync(row.Tenant, row.Stream, completed.Id, completed.Body, ct) };
    }

    internal static NewEvent Fact(string type, EventMetadata metadata, ReadOnlyMemory<byte> body) => new(Guid.CreateVersion7(), type, metadata.ToJson(), body);
}
