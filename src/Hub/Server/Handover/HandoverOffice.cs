using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Handover;

/// <summary>A municipality changes its journal system: the new one, and what it shall have of the old one's history.</summary>
/// <param name="From">The destination whose history it is.</param>
/// <param name="To">The new destination's name, not yet registered.</param>
/// <param name="Since">Only what occurred from then on; null = everything.</param>
public sealed record HandoverRequest(
    string OrgNo, string From, string To, string Adapter, string Address, SortedDictionary<string, string>? Settings = null, DateTimeOffset? Since = null, string? Purpose = null);

/// <summary>What was planned, sealed on the handover's stream.</summary>
public sealed record HandoverPlan(string From, string To, DateTimeOffset? Since);

/// <param name="State">planned, approved (begun and not ended: approve again) or completed.</param>
/// <param name="Messages">Documents to hand over, as counted when it was planned.</param>
/// <param name="CutOver">The place in the log up to which the history was copied; from there on live traffic reached the new system by itself.</param>
public sealed record HandoverStatus(string OrgNo, Guid HandoverId, string State, string From, string To, long Messages, long? CutOver, string PlannedBy, string? ApprovedBy);

/// <summary>
/// Hands a journal system's history to a new one, in order, with no gap and no overlap with live traffic. Two people: one plans, another approves, because
/// what is written into a journal cannot be unwritten.
/// </summary>
public sealed class HandoverOffice(
    EventLog store, Vault vault, MunicipalityRegistry registry, HandoverStore handovers, IReadOnlyDictionary<string, IEpjAdapter> epjs, TimeProvider time)
{
    public const string Planned = "HandoverPlanned";
    public const string Approved = "HandoverApproved";
    public const string Completed = "HandoverCompleted";

    /// <summary>Registers the new destination, paused from its first moment, and says how much it would get.</summary>
    public async Task<(HandoverStatus? Status, IReadOnlyList<VkpError> Errors)> PlanAsync(HandoverRequest request, string author, CancellationToken ct)
    {
        if (!RegistryFileReader.TryTenant(request.OrgNo, out var tenant)) return (null, [Errors.UnknownMunicipality(request.OrgNo)]);
        var municipality = await registry.CurrentAsync(tenant, ct);
        var wrong = Check(request, municipality).ToList();
        if (wrong.Count > 0) return (null, wrong);

        // In one append: no node ever sees the new destination open, so nothing reaches it before its history.
        IReadOnlyList<RegistryEvent> changes = [new DestinationRegistered(request.To, request.Adapter, request.Address) { Settings = request.Settings }, new DestinationPaused(request.To, $"handover from '{request.From}'")];
        if (await registry.ApplyAsync(municipality, changes, author, ct) is { } moved) return (null, [moved]);

        var id = Guid.CreateVersion7();
        var plan = new HandoverPlan(request.From, request.To, request.Since?.ToUniversalTime());
        var planned = Fact(Planned, new EventMetadata { Author = author, Purpose = request.Purpose, Destination = request.To });
        var body = await vault.SealAsync(tenant, StreamOf(id), planned.Id, JsonSerializer.SerializeToUtf8Bytes(plan, HandoverJson.Default.HandoverPlan), ct);
        await store.AppendAsync(new AppendRequest(tenant, StreamOf(id), [planned with { Body = body }], ExpectedVersion: 0), ct);
        return (new HandoverStatus(request.OrgNo, id, "planned", plan.From, plan.To, await handovers.CountAsync(tenant, plan, ct), null, author, null), []);
    }

    /// <summary>Copies, cuts over and opens the new destination. Interrupted, it is approved again and goes on.</summary>
    public async Task<(HandoverStatus? Status, VkpError? Error)> ApproveAsync(int tenant, Guid id, string author, CancellationToken ct)
    {
        var events = await store.ReadStreamAsync(tenant, StreamOf(id), 1, 10, ct);
        if (events.Count == 0) return (null, Errors.UnknownHandover(id));
        var plannedBy = EventMetadata.Parse(events[0].Metadata).Author!;
        if (plannedBy == author) return (null, Errors.SecondPersonNeeded(id, author));

        var plan = JsonSerializer.Deserialize((await vault.OpenAsync(events[0], ct)).Span, HandoverJson.Default.HandoverPlan)!;
        HandoverStatus Status(long messages, long? cutOver) => new(tenant.ToString("D9"), id, "completed", plan.From, plan.To, messages, cutOver, plannedBy, author);
        if (events.Any(e => e.Type == Completed)) return (Status(0, null), null);

        await store.AppendAsync(new AppendRequest(tenant, StreamOf(id), [Fact(Approved, new EventMetadata { Author = author, Destination = plan.To })]), ct);
        // By now every node routes to the new destination too, whatever copy of the configuration it had.
        var known = events[0].RecordedAt + Limits.RegistryFreshness + Limits.RegistryFreshness - time.GetUtcNow();
        if (known > TimeSpan.Zero) await Task.Delay(known, time, ct);

        var routed = await handovers.RoutedAsync(tenant, ct);
        var history = await handovers.CopyAsync(tenant, plan, routed, ct);
        var (cutOver, last) = await handovers.CutOverAsync(tenant, plan, StreamOf(id), routed, Fact(Completed, new EventMetadata { Author = author, Destination = plan.To }), ct);
        await ResumeAsync(tenant, plan.To, author, ct);
        return (Status(history + last, cutOver), null);
    }

    /// <summary>Somebody may change the configuration in the same moment: then it is looked at again.</summary>
    private async Task ResumeAsync(int tenant, string destination, string author, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            if (municipality.Destinations.GetValueOrDefault(destination) is not { Paused: true }) return;
            if (await registry.ApplyAsync(municipality, [new DestinationResumed(destination)], author, ct) is null) return;
            await Task.Delay(Limits.RegistryFreshness, time, ct);
        }
    }

    private IEnumerable<VkpError> Check(HandoverRequest request, RegistryState municipality)
    {
        if (string.IsNullOrWhiteSpace(request.Purpose)) yield return Errors.PurposeMissing();
        if (!municipality.Destinations.ContainsKey(request.From)) yield return Errors.UnknownDestination(request.OrgNo, request.From);
        if (municipality.Destinations.ContainsKey(request.To) || string.IsNullOrWhiteSpace(request.To)) yield return Errors.BadParameter("to", "a name that no destination of the municipality has");
        if (!Uri.TryCreate(request.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) yield return Errors.BadParameter("address", "an absolute http or https address");
        if (!epjs.TryGetValue(request.Adapter, out var adapter)) yield return Errors.BadParameter("adapter", $"one of {string.Join(", ", epjs.Keys.Order(StringComparer.Ordinal))}");
        else foreach (var wrong in DestinationSettings.Check(request.Settings ?? [], adapter, "settings")) yield return wrong;
    }

    private static StreamName StreamOf(Guid id) => new("handover", id.ToString("N"));

    private static NewEvent Fact(string type, EventMetadata metadata) => new(Guid.CreateVersion7(), type, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HandoverPlan))]
internal sealed partial class HandoverJson : JsonSerializerContext;
