using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Escalation;

/// <summary>Looks by the clock for what somebody must act on, calls for it once, and says when it is over.</summary>
public sealed class EscalationWatch(EscalationStore escalations, MailRelay mail, EpjChannel channel, EventLog store, MunicipalityRegistry registry, TimeProvider time, ILogger<EscalationWatch> log) : IDisposable
{
    /// <summary>The name under which the hub's metrics are found.</summary>
    public const string MeterName = "vkp.escalation";

    private readonly ConcurrentDictionary<(int Tenant, EscalationKind Kind), int> open = new();
    private Meter? meter;
    private DateTimeOffset nextAt;

    public void Dispose() => meter?.Dispose();

    /// <summary>Looks at every municipality, not more often than its interval; then sends what is to be sent.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now < nextAt) return;

        nextAt = now + Limits.EscalationInterval;
        meter ??= Measure();
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            if (!municipality.IsRegistered) continue;
            await LookAsync(municipality, now, ct);
            foreach (var notice in await escalations.TakeNoticesAsync(tenant, now, ct)) await SendAsync(municipality, notice);
        }
    }

    private async Task LookAsync(RegistryState municipality, DateTimeOffset now, CancellationToken ct)
    {
        var (troubles, before) = await escalations.LookAsync(municipality.Tenant, ct);
        var (raise, over) = EscalationRound.Decide(troubles, before, municipality.Policy.Escalation, now);
        var raised = raise.Count + over.Count == 0 ? [] : await escalations.WriteAsync(municipality.Tenant, raise, over, municipality.Policy.Escalation, now, ct);
        foreach (var escalation in raised)
        {
            log.LogWarning("VKP-960 {Kind} of municipality {OrgNo} needs somebody: {Subject}, since {Since:O}, {Count} in all.", escalation.Kind, municipality.OrgNo, escalation.Subject, escalation.Since, escalation.Count);
        }

        foreach (var kind in Enum.GetValues<EscalationKind>()) open[(municipality.Tenant, kind)] = before.Except(over).Concat(raised).Count(escalation => escalation.Kind == kind);
    }

    /// <summary>To the end, within the wire's time limits: a stopping hub must not tell it twice.</summary>
    private async Task SendAsync(RegistryState municipality, Notice notice)
    {
        var policy = municipality.Policy.Escalation;
        var problem = notice.Channel == EscalationNotices.Mail
            ? await MailAsync(municipality, notice, policy.MailTo(notice.Kind), CancellationToken.None)
            : await CallAsync(municipality, notice, policy.Webhook, CancellationToken.None);
        var now = time.GetUtcNow();
        if (problem is not null) log.LogWarning("VKP-961 A {Channel} about an escalation of municipality {OrgNo} could not be sent and is tried again: {Problem}.", notice.Channel, municipality.OrgNo, problem);
        await escalations.SettleNoticeAsync(notice, problem is null ? null : "VKP-961", now, now + RetrySchedule.Next(Lane.Alarm, notice.Attempt, null), CancellationToken.None);
    }

    /// <summary>Nobody to write to any more is as good as sent.</summary>
    private async Task<string?> MailAsync(RegistryState municipality, Notice notice, IReadOnlyList<string> to, CancellationToken ct)
    {
        if (to.Count == 0) return null;

        var (subject, body) = EscalationNotices.Letter(municipality.Name, notice);
        return await mail.SendAsync(notice.Id, to, subject, body, ct);
    }

    private async Task<string?> CallAsync(RegistryState municipality, Notice notice, string? webhook, CancellationToken ct)
    {
        if (webhook is null) return null;

        var told = new EscalationNotice(notice.Id, municipality.OrgNo, EscalationPolicy.Name(notice.Kind), notice.Subjects, notice.Since, notice.Count);
        var request = new EpjRequest("POST", "", "application/json", JsonSerializer.SerializeToUtf8Bytes(told, EscalationJson.Default.EscalationNotice));
        return await channel.SendAsync(municipality.Tenant, new Uri(webhook), request, ct) switch
        {
            EpjAnswer.Response { Status: >= 200 and < 300 } => null,
            EpjAnswer.Response response => $"HTTP {response.Status}",
            EpjAnswer.NotSent not => not.Reason,
            EpjAnswer.Unknown unknown => unknown.Reason,
            var other => throw new InvalidOperationException($"The wire answered {other.GetType().Name}."),
        };
    }

    private Meter Measure()
    {
        var made = new Meter(MeterName);
        made.CreateObservableGauge("vkp_escalations_open", () => open.Select(of => new Measurement<int>(
            of.Value, new("municipality", of.Key.Tenant.ToString("D9")), new("kind", EscalationPolicy.Name(of.Key.Kind)))), description: "What somebody must act on and is not over.");
        return made;
    }
}

/// <summary>What a webhook is told.</summary>
/// <param name="Id">The same for every try.</param>
public sealed record EscalationNotice(Guid Id, string OrgNo, string Kind, IReadOnlyList<string> Subjects, DateTimeOffset Since, long Count);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase)]
[System.Text.Json.Serialization.JsonSerializable(typeof(EscalationNotice))]
internal sealed partial class EscalationJson : System.Text.Json.Serialization.JsonSerializerContext;
