using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.AsOf;
using Vkp.Hub.Export;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>Whom to shred, and why.</summary>
public sealed record ShreddingRequest(string OrgNo, TracePatient Patient, string? Reason);

/// <summary>`/admin`: the municipality's archive. Its configuration and queues as of a time, its resources to take along, and the end of one patient's.</summary>
public sealed class ArchiveFace(MunicipalityRegistry registry, QueueAsOf queues, BulkExport export, Shredding shredding, Vault vault, TimeProvider time)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/config/{orgnr}", ConfigurationAsync).Needs(StaffRole.Overvaking);
        admin.MapGet("/destinations/{orgnr}/{name}/queue", QueueAsync).Needs(StaffRole.Overvaking);
        admin.MapGet("/export/{orgnr}/{type:regex(^[A-Za-z]+$)}", ExportAsync).Needs(StaffRole.Administrasjon, Opening.Always);
        admin.MapPost("/shred", ShredAsync).Needs(StaffRole.Administrasjon);
    }

    private async Task ConfigurationAsync(HttpContext http, string orgnr, DateTimeOffset? at)
    {
        if (await TenantAsync(http, orgnr) is { } tenant)
            await http.Response.WriteAsJsonAsync(await registry.AsOfAsync(tenant, at ?? time.GetUtcNow(), http.RequestAborted), AdminJson.Default.RegistryState);
    }

    private async Task QueueAsync(HttpContext http, string orgnr, string name, DateTimeOffset? at)
    {
        if (await TenantAsync(http, orgnr) is { } tenant)
            await http.Response.WriteAsJsonAsync(await queues.ReadAsync(tenant, name, at ?? time.GetUtcNow(), http.RequestAborted), AdminJson.Default.QueuePicture);
    }

    private async Task ExportAsync(HttpContext http, string orgnr, string type, string? purpose, long? after, long? upTo)
    {
        if (await TenantAsync(http, orgnr) is not { } tenant) return;
        if (AdminCall.Of(http).PurposeOr(purpose) is not { } why || string.IsNullOrWhiteSpace(why))
        {
            await Problem.WriteAsync(http.Response, [Errors.PurposeMissing()]);
            return;
        }

        var page = await export.ReadAsync(tenant, type, after ?? 0, upTo, AdminCall.Of(http).Author, why, http.RequestAborted);
        http.Response.ContentType = "application/fhir+ndjson";
        http.Response.Headers["Vkp-Position"] = page.Position.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Vkp-Up-To"] = page.UpTo.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Vkp-Deleted"] = page.Deleted.ToString(CultureInfo.InvariantCulture);
        await http.Response.Body.WriteAsync(page.Lines, http.RequestAborted);
    }

    private async Task ShredAsync(HttpContext http)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.ShreddingRequest, "a patient to shred", asked => asked is { Patient: not null, OrgNo: not null }) is not { } request) return;
        var error = string.IsNullOrWhiteSpace(request.Reason) ? Errors.PurposeMissing() : Purpose.Check(request.Reason) ?? TraceSearch.Check(new TraceQuestion(request.OrgNo, Patient: request.Patient));
        if (error is not null)
        {
            await Problem.WriteAsync(http.Response, [error]);
            return;
        }

        if (await AdminCall.TenantAsync(http, request.OrgNo) is not { } tenant) return;
        var (system, value) = TraceSearch.Identifier(request.Patient);
        if (await vault.FindPatientStreamAsync(tenant, system, value, http.RequestAborted) is not { } patient) await Problem.WriteAsync(http.Response, [Errors.NothingFound()]);
        // Once begun it is finished, whoever hangs up: half a shredding without a receipt helps nobody.
        else await http.Response.WriteAsJsonAsync(await shredding.ShredAsync(tenant, patient, AdminCall.Of(http).Author, request.Reason!, CancellationToken.None), AdminJson.Default.ShreddingReceipt);
    }

    private static async Task<int?> TenantAsync(HttpContext http, string orgnr)
    {
        if (RegistryFileReader.TryTenant(orgnr, out var tenant)) return tenant;
        await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgnr)]);
        return null;
    }
}
