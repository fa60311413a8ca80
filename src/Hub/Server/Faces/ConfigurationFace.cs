using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>A change of a municipality's configuration, in one line a person reads.</summary>
/// <param name="Author">Null in what the hub did itself.</param>
public sealed record RecordedLine(DateTimeOffset At, string? Author, string Change);

/// <summary>`/admin/config/{orgnr}`: the configuration as the file that would bring it about, and how it became so.</summary>
public sealed class ConfigurationFace(MunicipalityRegistry registry)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/config/{orgnr}/export", ExportAsync).Needs(StaffRole.Overvaking);
        admin.MapGet("/config/{orgnr}/history", HistoryAsync).Needs(StaffRole.Overvaking);
    }

    internal static RecordedLine Line(RecordedChange recorded) => new(recorded.At, recorded.Author, RegistryPlan.Describe(recorded.Change));

    private async Task ExportAsync(HttpContext http, string orgnr)
    {
        if (await AdminCall.MunicipalityAsync(http, orgnr) is not { } municipality) return;
        http.Response.ContentType = "application/yaml; charset=utf-8";
        await http.Response.WriteAsync(RegistryExport.ToYaml(municipality), http.RequestAborted);
    }

    private async Task HistoryAsync(HttpContext http, string orgnr)
    {
        if (await AdminCall.MunicipalityAsync(http, orgnr) is not { } municipality) return;
        var history = await registry.HistoryAsync(municipality.Tenant, http.RequestAborted);
        await http.Response.WriteAsJsonAsync([.. history.Select(Line)], AdminJson.Default.IReadOnlyListRecordedLine);
    }
}
