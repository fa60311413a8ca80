using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.AccessLog;
using Vkp.Hub.AsOf;
using Vkp.Hub.Audit;
using Vkp.Hub.Correcting;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Handover;
using Vkp.Hub.Intake;
using Vkp.Hub.Operations;
using Vkp.Hub.Privacy;
using Vkp.Hub.Reconciliation;
using Vkp.Hub.Registry;
using Vkp.Hub.Replay;
using Vkp.Hub.Retention;
using Vkp.Hub.SelfTest;
using Vkp.Hub.Staff;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>What a configuration file would change, or changed, for one municipality.</summary>
public sealed record ConfigurationChange(string OrgNo, long FromVersion, IReadOnlyList<string> Changes);

/// <summary>`/admin`: what the `vkp` command uses. Every route says what it needs, and every act is logged with its author.</summary>
/// <param name="offices">Map the routes of the rooms that administer themselves, behind the same door.</param>
public sealed class AdminFace(
    AdminDoor door, MunicipalityRegistry registry, RegistryFileCheck check, PatientIdentities identities, Vault vault, HubStatus status, LogTail tail,
    IReadOnlyList<Action<IEndpointRouteBuilder>> offices, IReadOnlyList<Subscription> subscriptions,
    IReadOnlyDictionary<string, IVendorAdapter> vendors, IReadOnlyDictionary<string, IEpjAdapter> epjs)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin");
        admin.AddEndpointFilter(async (context, next) =>
        {
            if (await door.AdmitAsync(context.HttpContext) is not { } error) return await next(context);
            await Problem.WriteAsync(context.HttpContext.Response, [error]);
            return Results.Empty;
        });
        admin.MapGet("/status", async (HttpContext http, CancellationToken ct) => Json(await status.ReportAsync(await AdminCall.Of(http).TenantsAsync(ct), ct), AdminJson.Default.StatusReport)).Needs(StaffRole.Overvaking);
        admin.MapGet("/tail", TailAsync).Needs(StaffRole.Overvaking);
        admin.MapPost("/subscriptions/{name}/{orgnr}/resume", ResumeAsync).Needs(StaffRole.Administrasjon);
        admin.MapPost("/config/plan", (HttpContext http) => ConfigureAsync(http, apply: false)).Needs(StaffRole.Administrasjon);
        admin.MapPost("/config/apply", (HttpContext http) => ConfigureAsync(http, apply: true)).Needs(StaffRole.Administrasjon);
        admin.MapPost("/config/rollout", RolloutAsync).Needs(StaffRole.Administrasjon);
        foreach (var map in offices) map(admin);
    }

    private async Task TailAsync(HttpContext http)
    {
        http.Response.ContentType = "application/x-ndjson";
        await http.Response.StartAsync(http.RequestAborted);
        // The first line says that the tail stands: what happens from now on will be seen.
        await http.Response.WriteAsync("\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await foreach (var line in tail.FollowAsync(AdminCall.Of(http).TenantsAsync, http.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, line, AdminJson.Default.TailLine, http.RequestAborted);
            await http.Response.WriteAsync("\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private async Task ResumeAsync(HttpContext http, string name, string orgnr)
    {
        var subscription = subscriptions.FirstOrDefault(s => s.Name == name);
        if (subscription is null || !RegistryFileReader.TryTenant(orgnr, out var tenant))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownSubscription(name, orgnr)]);
            return;
        }

        await subscription.ResumeAsync(tenant, http.RequestAborted);
        await http.Response.WriteAsJsonAsync((await subscription.StatusAsync(http.RequestAborted)).Where(s => s.Tenant == tenant).ToArray(), AdminJson.Default.SubscriptionStatusArray);
    }

    private async Task ConfigureAsync(HttpContext http, bool apply)
    {
        var ct = http.RequestAborted;
        if (await WantedAsync(http, apply ? NamedStreams.Of(vault) : new PlannedStreams(registry, vault).OfAsync) is not { } wanted) return;

        var changes = new List<ConfigurationChange>();
        foreach (var (municipality, today, events) in await registry.PlanAsync(wanted, ct))
        {
            if (apply && await registry.ApplyAsync(today, events, AdminCall.Of(http).Author, ct) is { } moved)
            {
                await Problem.WriteAsync(http.Response, [moved]);
                return;
            }

            if (apply) await identities.RecordAsync(municipality.Tenant, municipality.Patients, ct);
            changes.Add(new ConfigurationChange(today.OrgNo, today.Version, [.. events.Select(RegistryPlan.Describe)]));
        }

        await http.Response.WriteAsJsonAsync(changes, AdminJson.Default.IReadOnlyListConfigurationChange);
    }

    /// <summary>The file's municipalities seen together; changes nothing.</summary>
    private async Task RolloutAsync(HttpContext http)
    {
        if (await WantedAsync(http, new PlannedStreams(registry, vault).OfAsync) is not { } wanted) return;

        var plans = await registry.PlanAsync(wanted, http.RequestAborted);
        var rollout = RolloutPlan.Of([.. plans.Select(plan => (plan.Wanted, plan.Changes.Count))], Secrets.Read);
        await http.Response.WriteAsJsonAsync(rollout, AdminJson.Default.Rollout);
    }

    /// <summary>What the file in the request wants; null when it was refused, and is answered already.</summary>
    private async Task<IReadOnlyList<WantedState>?> WantedAsync(HttpContext http, StreamNaming naming)
    {
        var ct = http.RequestAborted;
        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, ct);
        var (file, invalid) = unreadable is null ? RegistryFile.Read(Encoding.UTF8.GetString(body.Span)) : (null, unreadable);
        if (invalid is null && await RefusalAsync(http, file!) is { } refusal) (file, invalid) = (null, refusal);
        IReadOnlyList<VkpError> errors = file is null ? [invalid!] : await check.FindAsync(file, leavesOpen: http.Request.Query["leave-open"] == "true", ct);
        (var wanted, errors) = errors.Count > 0 ? ([], errors) : await RegistryFileReader.ReadAsync(file!, naming, vendors.Keys.ToHashSet(StringComparer.Ordinal), epjs, ct);
        if (errors.Count == 0) return wanted;
        await Problem.WriteAsync(http.Response, errors);
        return null;
    }

    /// <summary>Whoever changes one municipality of a file must be allowed to change each, and one that is new is the machine's to register. Looked at before anybody in the file gets a stream.</summary>
    private static async Task<VkpError?> RefusalAsync(HttpContext http, RegistryFile file)
    {
        foreach (var municipality in file.Municipalities)
        {
            if (RegistryFileReader.TryTenant(municipality.OrgNo, out var tenant) && await AdminCall.Of(http).RefusalAsync(tenant, http.RequestAborted) is { } refusal) return refusal;
        }

        return null;
    }

    private static IResult Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => Results.Json(value, type);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(IReadOnlyList<HeldMessage>))]
[JsonSerializable(typeof(IReadOnlyList<HeldGroup>))]
[JsonSerializable(typeof(HeldDetail))]
[JsonSerializable(typeof(TraceAnswer))]
[JsonSerializable(typeof(TraceQuestion))]
[JsonSerializable(typeof(TraceStory))]
[JsonSerializable(typeof(Rollout))]
[JsonSerializable(typeof(IReadOnlyList<WhyAnswer>))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(ReplayStatus))]
[JsonSerializable(typeof(IReadOnlyList<ReplayStatus>))]
[JsonSerializable(typeof(SignedReport))]
[JsonSerializable(typeof(RetranslationAnswer))]
[JsonSerializable(typeof(RegistryState))]
[JsonSerializable(typeof(StaffGrantRequest))]
[JsonSerializable(typeof(StaffAnswer))]
[JsonSerializable(typeof(BreakGlassRequest))]
[JsonSerializable(typeof(OpenedAccess))]
[JsonSerializable(typeof(IReadOnlyList<OpenedAccess>))]
[JsonSerializable(typeof(QueuePicture))]
[JsonSerializable(typeof(HasteningAnswer))]
[JsonSerializable(typeof(ShreddingRequest))]
[JsonSerializable(typeof(ShreddingReceipt))]
[JsonSerializable(typeof(AccessQuestion))]
[JsonSerializable(typeof(AccessList))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(CorrectionAnswer))]
[JsonSerializable(typeof(HandoverRequest))]
[JsonSerializable(typeof(HandoverStatus))]
[JsonSerializable(typeof(TailLine))]
[JsonSerializable(typeof(ReleaseAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(IReadOnlyList<CauseGroup>))]
[JsonSerializable(typeof(IReadOnlyList<ParkedLetter>))]
[JsonSerializable(typeof(DeadLetterSelection))]
[JsonSerializable(typeof(ActProgress))]
[JsonSerializable(typeof(IReadOnlyList<PartyDay>))]
[JsonSerializable(typeof(IReadOnlyList<EscalationAnswer>))]
[JsonSerializable(typeof(SubscriptionStatus[]))]
[JsonSerializable(typeof(IReadOnlyList<VendorChecklist>))]
[JsonSerializable(typeof(IReadOnlyList<KeyStanding>))]
[JsonSerializable(typeof(RetentionStatus))]
[JsonSerializable(typeof(RetentionEstimate))]
[JsonSerializable(typeof(RetentionOutcome))]
[JsonSerializable(typeof(RetentionHoldRequest))]
[JsonSerializable(typeof(IReadOnlyList<RecordedLine>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationChange>))]
public sealed partial class AdminJson : JsonSerializerContext;
