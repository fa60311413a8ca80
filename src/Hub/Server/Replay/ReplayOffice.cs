using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Replay;

/// <summary>What a person asks to have replayed.</summary>
/// <param name="Patient">One of the patient's identifiers, in the body of the request only; it becomes the name of a stream at once.</param>
/// <param name="Purpose">Why; kept. A replay opens every message of the selection, for a machine to read.</param>
/// <param name="Rate">Messages a second; 0 = as fast as it goes; null = the hub's own measure.</param>
/// <param name="As">`audit` (the default), `resend` or `correct`.</param>
/// <param name="DryRun">Of a kind that sends: go through everything, send nothing, and report what would be sent.</param>
public sealed record ReplayRequest(
    string OrgNo, TracePatient? Patient = null, string? Device = null, string? Vendor = null, string? Source = null, string? Kind = null, string? Destination = null, string? State = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, string? Purpose = null, int? Rate = null, string? As = null, bool DryRun = false);

/// <summary>Where a replay is.</summary>
/// <param name="Estimate">Messages that fitted when it was planned; by device it cannot be known and is the most it can be.</param>
/// <param name="SecondsLeft">From the pace so far, pauses left out; null until there is a pace to speak of.</param>
public sealed record ReplayStatus(
    string OrgNo, Guid ReplayId, string Kind, string State, ReplaySelection Selection, string Author, string Purpose, long Estimate, long Messages, long Unchanged, long Changed,
    long Unreadable, int Rate, double? SecondsLeft, DateTimeOffset PlannedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Nothing is sent, though the kind sends.</summary>
    public bool DryRun { get; init; }

    /// <summary>Another than its planner has to approve it before it runs.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>Documents sent, or that would be; null for a kind that sends nothing.</summary>
    public long? Sent { get; init; }

    /// <summary>Of a kind that sends, when it is planned: what would become of how many documents.</summary>
    public IReadOnlyList<ResendPart>? Parts { get; init; }
}

/// <summary>The things people do with replays.</summary>
public enum ReplayAct
{
    /// <summary>By another than who planned it.</summary>
    Approve,
    Run,
    Pause,
    Resume,
    Abort,
}

/// <summary>Plans replays, starts and stops them, and hands out what they came to.</summary>
/// <param name="resends">Counts what would be sent.</param>
/// <param name="environment">In production every journal system is a live one: what sends needs a second person there.</param>
public sealed class ReplayOffice(
    NpgsqlDataSource database, EventLog store, Vault vault, MunicipalityRegistry registry, ReplayStore replays, ReplayEngine engine, ResendWork resends, HubEnvironment environment,
    TimeProvider time)
{
    /// <summary>Vendors' clocks run ahead, and what occurred is registered later: the search for the first message begins this much earlier.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromHours(24);

    private const string CorrectionEstimate = "made again, and replaced where it has become another";

    /// <param name="isProven">Whether the author is known to be that person; what another has to approve is planned by nobody else, or one could be both.</param>
    public async Task<(ReplayStatus? Planned, VkpError? Error)> PlanAsync(ReplayRequest request, string author, bool isProven, CancellationToken ct)
    {
        if (!RegistryFileReader.TryTenant(request.OrgNo, out var tenant) || !(await registry.CurrentAsync(tenant, ct)).IsRegistered) return (null, Errors.UnknownMunicipality(request.OrgNo));
        if (string.IsNullOrWhiteSpace(request.Purpose)) return (null, Errors.PurposeMissing());
        if (Staff.Purpose.Check(request.Purpose, "purpose") is { } unusable) return (null, unusable);
        if (request.Rate is < 0) return (null, Errors.BadParameter("rate", "a number of messages a second, 0 for as fast as it goes"));
        var kind = request.As ?? ReplayKinds.Audit;
        if (!ReplayKinds.All.Contains(kind)) return (null, Errors.BadParameter("as", $"one of {string.Join(", ", ReplayKinds.All)}"));
        if (request.Patient is { } named && TraceSearch.Check(new TraceQuestion(Patient: named)) is { } error) return (null, error);

        StreamName? patient = null;
        if (request.Patient is { } whose)
        {
            var (system, value) = TraceSearch.Identifier(whose);
            patient = await vault.FindPatientStreamAsync(tenant, system, value, ct);
            if (patient is null) return (null, Errors.NothingFound());
        }

        var selection = new ReplaySelection(
            request.OrgNo, patient?.ToString(), request.Device, request.Vendor, request.Source, request.Kind, request.Destination, request.State,
            request.From?.ToUniversalTime(), request.To?.ToUniversalTime());
        var (row, parts) = await RowAsync(tenant, kind, selection, request, ct);
        if (row.NeedsApproval && !isProven) return (null, Staff.StaffErrors.NotAPerson());
        var plan = new ReplayPlan(selection, request.Purpose, row.UpTo, row.Estimate, row.Rate);
        var planned = ReplayEngine.Fact(ReplayEvents.Planned, new EventMetadata { Author = author, Purpose = request.Purpose }, JsonSerializer.SerializeToUtf8Bytes(plan, ReplayJson.Default.ReplayPlan));
        await replays.PlanAsync(row, planned with { Body = await vault.SealAsync(tenant, row.Stream, planned.Id, planned.Body, ct) }, ct);
        return (await StatusAsync(row, ct) with { Parts = parts }, null);
    }

    /// <summary>The working place of a replay that is planned now; for a kind that sends, with what would become of what.</summary>
    private async Task<(ReplayRow Row, IReadOnlyList<ResendPart>? Parts)> RowAsync(int tenant, string kind, ReplaySelection selection, ReplayRequest request, CancellationToken ct)
    {
        var (tally, now) = (new ReplayTally().ToJson(), time.GetUtcNow());
        if (kind == ReplayKinds.Audit)
        {
            var (from, upTo) = await SpanAsync(tenant, selection, ct);
            var estimate = await EstimateAsync(tenant, selection, ct);
            return (new ReplayRow(tenant, Guid.CreateVersion7(), kind, ReplayStates.Planned, from, upTo, estimate, request.Rate ?? Limits.ReplayMessagesPerSecondDefault, tally, 0, now, null), null);
        }

        // Documents are gone through by their places in the log, whoever they are about.
        var head = await store.HeadAsync(tenant, ct);
        var parts = kind == ReplayKinds.Resend ? await resends.EstimateAsync(tenant, selection, head, ct) : await resends.EstimateAsync(tenant, selection, CorrectWork.States, CorrectionEstimate, head, ct);
        var sent = parts.Where(p => p.IsSent).Sum(p => p.Documents);
        var row = new ReplayRow(
            tenant, Guid.CreateVersion7(), kind, ReplayStates.Planned, 0, head, parts.Sum(p => p.Documents), request.Rate ?? Limits.ResendPerSecondDefault, tally, 0, now, null)
        {
            IsDryRun = request.DryRun,
            NeedsApproval = ResendRules.NeedsApproval(environment, request.DryRun, sent),
        };
        return (row, parts);
    }

    /// <summary>Null = done.</summary>
    public async Task<VkpError?> ActAsync(int tenant, Guid id, ReplayAct act, string author, CancellationToken ct)
    {
        if (await replays.ReadAsync(tenant, id, ct) is not [var row]) return Errors.UnknownReplay(id);
        if (act == ReplayAct.Approve && await PlannerAsync(row, ct) == author) return Errors.SecondPersonNeeded(id, author);
        if (act == ReplayAct.Run && row is { NeedsApproval: true, State: ReplayStates.Planned }) return Errors.NotApproved(id);

        var (from, to, fact) = act switch
        {
            ReplayAct.Approve => ((string[])[ReplayStates.Planned], ReplayStates.Approved, ReplayEvents.Approved),
            ReplayAct.Run => ([ReplayStates.Planned, ReplayStates.Approved], ReplayStates.Running, ReplayEvents.Started),
            ReplayAct.Pause => ([ReplayStates.Running], ReplayStates.Paused, ReplayEvents.Paused),
            ReplayAct.Resume => ([ReplayStates.Paused], ReplayStates.Running, ReplayEvents.Resumed),
            _ => ([ReplayStates.Planned, ReplayStates.Approved, ReplayStates.Running, ReplayStates.Paused], ReplayStates.Aborted, ReplayEvents.Aborted),
        };
        var isDone = await replays.MoveAsync(tenant, id, from, to, time.GetUtcNow(), ReplayEngine.Fact(fact, new EventMetadata { Author = author }, default), ct);
        if (act == ReplayAct.Abort) engine.TakeBack();
        else engine.Wake();
        if (isDone) return null;
        // Read again: somebody else may have acted meanwhile.
        return Errors.ReplayNotSo(id, (await replays.ReadAsync(tenant, id, ct))[0].State, act.ToString().ToLowerInvariant());
    }

    private async Task<string> PlannerAsync(ReplayRow row, CancellationToken ct) => EventMetadata.Parse((await store.ReadStreamAsync(row.Tenant, row.Stream, 1, 1, ct))[0].Metadata).Author!;

    public async Task<IReadOnlyList<ReplayStatus>> StatusAsync(int tenant, Guid? id, CancellationToken ct)
    {
        var told = new List<ReplayStatus>();
        foreach (var row in await replays.ReadAsync(tenant, id, ct)) told.Add(await StatusAsync(row, ct));
        return told;
    }

    /// <summary>What a completed replay came to, as it was signed then.</summary>
    public async Task<(SignedReport? Report, VkpError? Error)> ReportAsync(int tenant, Guid id, CancellationToken ct)
    {
        if (await replays.ReadAsync(tenant, id, ct) is not [var row]) return (null, Errors.UnknownReplay(id));
        if (row.State != ReplayStates.Completed) return (null, Errors.ReplayNotSo(id, row.State, "report"));
        var last = (await store.ReadStreamBackwardsAsync(tenant, row.Stream, long.MaxValue, 1, ct))[0];
        return (JsonSerializer.Deserialize((await vault.OpenAsync(last, ct)).Span, ReplayJson.Default.SignedReport), null);
    }

    private async Task<ReplayStatus> StatusAsync(ReplayRow row, CancellationToken ct)
    {
        var planned = (await store.ReadStreamAsync(row.Tenant, row.Stream, 1, 1, ct))[0];
        var plan = JsonSerializer.Deserialize((await vault.OpenAsync(planned, ct)).Span, ReplayJson.Default.ReplayPlan)!;
        var tally = ReplayTally.Parse(row.Tally);
        return new ReplayStatus(
            row.Tenant.ToString("D9"), row.Id, row.Kind, row.State, plan.Selection, EventMetadata.Parse(planned.Metadata).Author!, plan.Purpose, row.Estimate, tally.Messages,
            tally.Unchanged, tally.Changed, tally.Unreadable, row.Rate, row.SecondsLeft(tally.Messages), row.PlannedAt, row.EndedAt) { DryRun = row.IsDryRun, NeedsApproval = row.NeedsApproval, Sent = tally.Sent };
    }

    /// <summary>From which place to which: what is stored while a replay is under way is none of it.</summary>
    private async Task<(long From, long UpTo)> SpanAsync(int tenant, ReplaySelection selection, CancellationToken ct)
    {
        if (selection.PatientStream is { } stream)
            return (0, await store.ReadStreamBackwardsAsync(tenant, StreamName.Parse(stream), long.MaxValue, 1, ct) is [var last] ? last.Version : 0);

        var head = await store.HeadAsync(tenant, ct);
        if (selection.From is not { } from) return (0, head);

        // The log is in the order of its commits, so it is in the order of time, as long as the database's clock is sound; the margin forgives what it is not.
        var (low, high) = (0L, head);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if ((await store.ReadPositionAsync(tenant, middle + 1, ct)).RecordedAt < from - ClockMargin) low = middle + 1;
            else high = middle;
        }

        return (low, head);
    }

    private async Task<long> EstimateAsync(int tenant, ReplaySelection s, CancellationToken ct) => (s.IsOfAll
        ? await Sql.ReadAsync(
            database, "Replay.count-all.sql", tenant, command => command.Parameters.Add(new() { Value = (object?)s.State ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }), reader => reader.GetInt64(0), ct)
        : await Sql.ReadAsync(database, "Replay.count-selected.sql", tenant, s.AddTo, reader => reader.GetInt64(0), ct))[0];
}
