using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Handover;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/handovers`: a journal system's history to a new one. One person plans, another approves.</summary>
public sealed class HandoverFace(HandoverOffice office)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/handovers", PlanAsync).Needs(StaffRole.Administrasjon, byPerson: true);
        admin.MapPost("/handovers/{orgnr}/{id:guid}/approve", ApproveAsync).Needs(StaffRole.Administrasjon, byPerson: true);
    }

    private async Task PlanAsync(HttpContext http)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.HandoverRequest, "a handover", IsWhole) is not { } request) return;
        if (await AdminCall.TenantAsync(http, request.OrgNo) is null) return;
        var (status, errors) = await office.PlanAsync(request, AdminCall.Of(http).Author, http.RequestAborted);
        if (status is null) await Problem.WriteAsync(http.Response, errors);
        else await http.Response.WriteAsJsonAsync(status, AdminJson.Default.HandoverStatus);
    }

    private async Task ApproveAsync(HttpContext http, string orgnr, Guid id)
    {
        if (!RegistryFileReader.TryTenant(orgnr, out var tenant))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgnr)]);
            return;
        }

        var (status, error) = await office.ApproveAsync(tenant, id, AdminCall.Of(http).Author, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(status!, AdminJson.Default.HandoverStatus);
    }

    private static bool IsWhole(HandoverRequest request) => request is { OrgNo: not null, From: not null, To: not null, Adapter: not null, Address: not null };
}
