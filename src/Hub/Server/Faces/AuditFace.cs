using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Audit;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/audit`: verify the logs here, or take one away to have it verified elsewhere.</summary>
public sealed class AuditFace(ChainAudit chain, AuditPackage package)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/audit/verify", VerifyAsync).Needs(StaffRole.Overvaking);
        admin.MapGet("/audit/export/{orgnr}", ExportAsync).Needs(StaffRole.Administrasjon);
    }

    private async Task ExportAsync(HttpContext http, string orgnr)
    {
        if (!RegistryFileReader.TryTenant(orgnr, out var tenant))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgnr)]);
            return;
        }

        http.Response.ContentType = "application/x-ndjson";
        await package.WriteAsync(tenant, http.Response.Body, http.RequestAborted);
    }

    /// <summary>A line per municipality as each is verified, and between them how far a long log has been verified.</summary>
    private async Task VerifyAsync(HttpContext http, string? tenant, long? from)
    {
        if (await AdminCall.TenantsAsync(http, tenant) is not { } tenants) return;
        http.Response.ContentType = "application/x-ndjson";
        await foreach (var answer in chain.VerifyAsync(tenants, Math.Max(from ?? 1, 1), http.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, answer, AdminJson.Default.AuditAnswer, http.RequestAborted);
            await http.Response.WriteAsync("\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
