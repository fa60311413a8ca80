using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Correcting;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/corrections`: what people take back, add to, or move to whom it is about.</summary>
public sealed class CorrectionFace(CorrectionOffice office)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin) => admin.MapPost("/corrections", CorrectAsync).Needs(StaffRole.Administrasjon);

    private async Task CorrectAsync(HttpContext http)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.CorrectionRequest, "a correction", request => request is { OrgNo: not null, Act: not null }) is not { } request) return;
        if (await AdminCall.TenantAsync(http, request.OrgNo) is not { } tenant) return;
        // Once begun it is finished, whoever hangs up: a message taken back and not moved helps nobody.
        var (answer, error) = await office.CorrectAsync(tenant, request, AdminCall.Of(http).Author, CancellationToken.None);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(answer!, AdminJson.Default.CorrectionAnswer);
    }
}
