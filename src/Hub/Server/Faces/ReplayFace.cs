using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Replay;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/replays`: plan, run, pause, abort, and what it came to; `/admin/retranslation`: one message as it was translated then and as it would be today.</summary>
public sealed class ReplayFace(ReplayOffice office, RetranslationView view)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/replays", PlanAsync).Needs(StaffRole.Administrasjon);
        admin.MapGet("/replays/{orgnr}", (HttpContext http, string orgnr) => StatusAsync(http, orgnr, null)).Needs(StaffRole.Overvaking);
        admin.MapGet("/replays/{orgnr}/{id:guid}", (HttpContext http, string orgnr, Guid id) => StatusAsync(http, orgnr, id)).Needs(StaffRole.Overvaking);
        admin.MapGet("/replays/{orgnr}/{id:guid}/report", ReportAsync).Needs(StaffRole.Overvaking);
        foreach (var act in Enum.GetValues<ReplayAct>())
            admin.MapPost($"/replays/{{orgnr}}/{{id:guid}}/{act.ToString().ToLowerInvariant()}", (HttpContext http, string orgnr, Guid id) => ActAsync(http, orgnr, id, act)).Needs(StaffRole.Administrasjon, byPerson: act == ReplayAct.Approve);
        admin.MapGet("/retranslation/{orgnr}/{id:guid}", RetranslationAsync).Needs(StaffRole.Overvaking, Opening.Always);
    }

    private async Task PlanAsync(HttpContext http)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.ReplayRequest, "a selection of messages") is not { } request) return;
        if (await AdminCall.TenantAsync(http, request.OrgNo) is null) return;
        var call = AdminCall.Of(http);
        var (planned, error) = await office.PlanAsync(request, call.Author, call.IsProven, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(planned!, AdminJson.Default.ReplayStatus);
    }

    private async Task StatusAsync(HttpContext http, string orgnr, Guid? id)
    {
        if (await TenantAsync(http, orgnr) is not { } tenant) return;
        var told = await office.StatusAsync(tenant, id, http.RequestAborted);
        if (id is null) await http.Response.WriteAsJsonAsync(told, AdminJson.Default.IReadOnlyListReplayStatus);
        else if (told is [var one]) await http.Response.WriteAsJsonAsync(one, AdminJson.Default.ReplayStatus);
        else await Problem.WriteAsync(http.Response, [Errors.UnknownReplay(id.Value)]);
    }

    private async Task ActAsync(HttpContext http, string orgnr, Guid id, ReplayAct act)
    {
        if (await TenantAsync(http, orgnr) is not { } tenant) return;
        if (await office.ActAsync(tenant, id, act, AdminCall.Of(http).Author, http.RequestAborted) is { } error) await Problem.WriteAsync(http.Response, [error]);
        else await StatusAsync(http, orgnr, id);
    }

    private async Task ReportAsync(HttpContext http, string orgnr, Guid id)
    {
        if (await TenantAsync(http, orgnr) is not { } tenant) return;
        var (report, error) = await office.ReportAsync(tenant, id, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(report!, AdminJson.Default.SignedReport);
    }

    private async Task RetranslationAsync(HttpContext http, string orgnr, Guid id, string? purpose)
    {
        if (await TenantAsync(http, orgnr) is not { } tenant) return;
        var call = AdminCall.Of(http);
        if (call.PurposeOr(purpose) is not { } why || string.IsNullOrWhiteSpace(why)) await Problem.WriteAsync(http.Response, [Errors.PurposeMissing()]);
        else if (await view.ShowAsync(tenant, id, call.Author, why, http.RequestAborted) is { } shown) await http.Response.WriteAsJsonAsync(shown, AdminJson.Default.RetranslationAnswer);
        else await Problem.WriteAsync(http.Response, [Errors.NoSuchMessage(id.ToString())]);
    }

    private static async Task<int?> TenantAsync(HttpContext http, string orgnr)
    {
        if (RegistryFileReader.TryTenant(orgnr, out var tenant)) return tenant;
        await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgnr)]);
        return null;
    }
}
