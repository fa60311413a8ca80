using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>Why, and for how long; or, of a review, what was found.</summary>
/// <param name="Minutes">Half an hour unless it is given.</param>
public sealed record BreakGlassRequest(string Reason, int? Minutes = null);

/// <summary>`/admin/break-glass`: content for somebody who sees what happens and cannot wait, told to everybody at once and reviewed by another.</summary>
public sealed class BreakGlassFace(BreakGlass glass)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/break-glass/{orgnr}", ListAsync).Needs(StaffRole.Overvaking);
        admin.MapPost("/break-glass/{orgnr}", OpenAsync).Needs(StaffRole.Overvaking);
        admin.MapPost("/break-glass/{orgnr}/{id:guid}/close", (HttpContext http, string orgnr, Guid id) => ActAsync(
            http, orgnr, (tenant, person) => glass.CloseAsync(tenant, id, person, http.RequestAborted))).Needs(StaffRole.Overvaking);
        admin.MapPost("/break-glass/{orgnr}/{id:guid}/review", ReviewAsync).Needs(StaffRole.Administrasjon);
    }

    private async Task ListAsync(HttpContext http, string orgnr)
    {
        if (await AdminCall.TenantAsync(http, orgnr) is { } tenant) await http.Response.WriteAsJsonAsync(await glass.ListAsync(tenant, http.RequestAborted), AdminJson.Default.IReadOnlyListOpenedAccess);
    }

    private async Task OpenAsync(HttpContext http, string orgnr)
    {
        if (await ReadAsync(http) is not { } request) return;

        var minutes = request.Minutes ?? Limits.BreakGlassMinutesDefault;
        if (minutes is < 1 or > Limits.BreakGlassMinutesMax) await Problem.WriteAsync(http.Response, [Errors.BadParameter("minutes", $"1 to {Limits.BreakGlassMinutesMax}")]);
        else await ActAsync(http, orgnr, async (tenant, person) => (await glass.OpenAsync(tenant, person, request.Reason.Trim(), minutes, http.RequestAborted), null));
    }

    private async Task ReviewAsync(HttpContext http, string orgnr, Guid id)
    {
        if (await ReadAsync(http) is { } request) await ActAsync(http, orgnr, (tenant, person) => glass.ReviewAsync(tenant, id, person, request.Reason.Trim(), http.RequestAborted));
    }

    /// <summary>A written reason, that can stand in the log.</summary>
    private static async Task<BreakGlassRequest?> ReadAsync(HttpContext http)
    {
        var request = await AdminBody.ReadAsync(http, AdminRequests.Default.BreakGlassRequest, "a reason", request => request.Reason is not null);
        if (request is null || Purpose.Check(request.Reason) is not { } unusable) return request;
        await Problem.WriteAsync(http.Response, [unusable]);
        return null;
    }

    private static async Task ActAsync(HttpContext http, string orgnr, Func<int, StaffPerson, Task<(OpenedAccess? Access, VkpError? Error)>> act)
    {
        if (await AdminCall.TenantAsync(http, orgnr) is not { } tenant) return;

        var (access, error) = AdminCall.Of(http).Person is { } person ? await act(tenant, person) : (null, StaffErrors.NotAPerson());
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(access!, AdminJson.Default.OpenedAccess);
    }
}
