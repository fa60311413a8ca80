using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Escalation;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>One escalation as people are shown it.</summary>
/// <param name="Kind">alarm, destination or silence.</param>
/// <param name="ClearedAt">Null while it stands.</param>
public sealed record EscalationAnswer(string OrgNo, Guid Id, string Kind, string Subject, DateTimeOffset Since, long Count, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt);

/// <summary>`/admin/escalations`: what somebody must act on, and what was over within the last day.</summary>
public sealed class EscalationAdmin(EscalationStore escalations, MunicipalityRegistry registry, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    public void Map(IEndpointRouteBuilder admin) =>
        admin.MapGet("/escalations", async (HttpContext http, CancellationToken ct) => Results.Json(await ListAsync(await AdminCall.Of(http).TenantsAsync(ct), ct), AdminJson.Default.IReadOnlyListEscalationAnswer)).Needs(StaffRole.Overvaking);

    private async Task<IReadOnlyList<EscalationAnswer>> ListAsync(IReadOnlyList<int> tenants, CancellationToken ct)
    {
        var answers = new List<EscalationAnswer>();
        foreach (var tenant in tenants)
        {
            if (await registry.CurrentAsync(tenant, ct) is not { IsRegistered: true } municipality) continue;
            answers.AddRange((await escalations.ListAsync(tenant, time.GetUtcNow() - Recent, ct)).Select(e =>
                new EscalationAnswer(municipality.OrgNo, e.Id, EscalationPolicy.Name(e.Kind), e.Subject, e.Since, e.Count, e.RaisedAt, e.ClearedAt)));
        }

        return [.. answers.OrderBy(answer => answer.ClearedAt is not null).ThenByDescending(answer => answer.RaisedAt)];
    }
}
