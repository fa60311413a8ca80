using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Benefit;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/benefit`: what the hub has saved, as CSV or as a chart.</summary>
public sealed class BenefitFace(BenefitReport benefit)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/benefit/{orgnr}", ReadAsync).Needs(StaffRole.Overvaking);

    private async Task ReadAsync(HttpContext http, string orgnr, DateTimeOffset? from, DateTimeOffset? to, string[]? minutes)
    {
        var form = http.Request.Query["as"].ToString();
        var measure = BenefitMinutes.Parse(minutes ?? []);
        var error = !RegistryFileReader.TryTenant(orgnr, out var tenant) ? Errors.UnknownMunicipality(orgnr)
            : form is not ("" or "csv" or "svg") ? Errors.UnknownForm("as", "csv, svg")
            : measure is null ? Errors.BadParameter("minutes", "KIND=LOW-HIGH, as in 'dose.dispensed=1-3'")
            : null;
        if (error is not null)
        {
            await Problem.WriteAsync(http.Response, [error]);
            return;
        }

        var lines = await benefit.ReadAsync(tenant, from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, http.RequestAborted);
        http.Response.ContentType = form == "svg" ? "image/svg+xml; charset=utf-8" : "text/csv; charset=utf-8";
        await http.Response.WriteAsync(form == "svg" ? BenefitReport.Svg(lines, measure!) : BenefitReport.Csv(lines, measure!), http.RequestAborted);
    }
}
