using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Retention;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/retention`: what is due to be deleted, deleting it, the receipts, and what is held back.</summary>
public sealed class RetentionFace(RetentionOffice office, Vault vault)
{
    /// <param name="admin">The administration's group, whose door has admitted the caller.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/retention/{orgnr}", (HttpContext http, string orgnr) => ForAsync(
            http, orgnr, async tenant => await http.Response.WriteAsJsonAsync(await office.StatusAsync(tenant, http.RequestAborted), AdminJson.Default.RetentionStatus))).Needs(StaffRole.Overvaking);
        admin.MapGet("/retention/{orgnr}/plan", (HttpContext http, string orgnr) => ForAsync(
            http, orgnr, async tenant => await http.Response.WriteAsJsonAsync(await office.EstimateAsync(tenant, AdminCall.Of(http).Author, http.RequestAborted), AdminJson.Default.RetentionEstimate))).Needs(StaffRole.Overvaking);
        // Whoever hangs up, the run goes on: it would be finished by the next one all the same.
        admin.MapPost("/retention/{orgnr}/run", (HttpContext http, string orgnr) => ForAsync(
            http, orgnr, async tenant => await http.Response.WriteAsJsonAsync(await office.RunAsync(tenant, AdminCall.Of(http).Author, CancellationToken.None), AdminJson.Default.RetentionOutcome))).Needs(StaffRole.Administrasjon);
        admin.MapPost("/retention/{orgnr}/hold", (HttpContext http, string orgnr) => ForAsync(http, orgnr, tenant => HoldAsync(http, tenant, office.HoldAsync))).Needs(StaffRole.Administrasjon);
        admin.MapPost("/retention/{orgnr}/release", (HttpContext http, string orgnr) => ForAsync(http, orgnr, tenant => HoldAsync(http, tenant, office.ReleaseAsync))).Needs(StaffRole.Administrasjon);
    }

    private async Task HoldAsync(HttpContext http, int tenant, Func<int, StreamName?, string, string, CancellationToken, Task> act)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.RetentionHoldRequest, "a hold") is not { } request) return;
        var error = string.IsNullOrWhiteSpace(request.Reason) ? Errors.PurposeMissing() : null;
        error ??= request.Patient is { } asked ? TraceSearch.Check(new TraceQuestion(tenant.ToString("D9"), Patient: asked)) : null;
        StreamName? stream = null;
        if (error is null && request.Patient is { } patient)
        {
            var (system, value) = TraceSearch.Identifier(patient);
            stream = await vault.FindPatientStreamAsync(tenant, system, value, http.RequestAborted);
            if (stream is null) error = Errors.NothingFound();
        }

        if (error is not null)
        {
            await Problem.WriteAsync(http.Response, [error]);
            return;
        }

        await act(tenant, stream, request!.Reason!, AdminCall.Of(http).Author, http.RequestAborted);
        await http.Response.WriteAsJsonAsync(await office.StatusAsync(tenant, http.RequestAborted), AdminJson.Default.RetentionStatus);
    }

    private static async Task ForAsync(HttpContext http, string orgnr, Func<int, Task> answer)
    {
        if (await AdminCall.TenantAsync(http, orgnr) is { } tenant) await answer(tenant);
    }
}
