using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/destinations`: stop and start sending to a journal system, and say that it is well again.</summary>
public sealed class DestinationFace(MunicipalityRegistry registry, Hastening hastening)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/destinations/{orgnr}/{name}/{act:regex(^(pause|resume)$)}", PauseAsync).Needs(StaffRole.Administrasjon);
        admin.MapPost("/destinations/{orgnr}/{name}/hasten", HastenAsync).Needs(StaffRole.Administrasjon);
    }

    private async Task PauseAsync(HttpContext http, string orgnr, string name, string act)
    {
        if (await MunicipalityAsync(http, orgnr, name) is not { } municipality) return;
        var (reason, unusable) = ReasonOf(http);
        RegistryEvent change = act == "pause" ? new DestinationPaused(name, reason) : new DestinationResumed(name);
        var error = unusable ?? await registry.ApplyAsync(municipality, [change], AdminCall.Of(http).Author, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(new ConfigurationChange(orgnr, municipality.Version, [RegistryPlan.Describe(change)]), AdminJson.Default.ConfigurationChange);
    }

    /// <summary>Without `?apply=true` nothing is done: the answer says how many deliveries wait for their next try.</summary>
    private async Task HastenAsync(HttpContext http, string orgnr, string name)
    {
        if (await MunicipalityAsync(http, orgnr, name) is not { } municipality) return;
        var (reason, error) = ReasonOf(http);
        var answer = error is not null || http.Request.Query["apply"] == "true" ? null : await hastening.CountAsync(municipality, name, http.RequestAborted);
        if (answer is null && error is null) (answer, error) = await hastening.HastenAsync(municipality, name, AdminCall.Of(http).Author, reason, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(answer!, AdminJson.Default.HasteningAnswer);
    }

    /// <summary>The municipality that has this destination; null when there is none, and it is answered.</summary>
    private async Task<RegistryState?> MunicipalityAsync(HttpContext http, string orgnr, string name)
    {
        var municipality = RegistryFileReader.TryTenant(orgnr, out var tenant) ? await registry.CurrentAsync(tenant, http.RequestAborted) : null;
        if (municipality?.Destinations.ContainsKey(name) == true) return municipality;
        await Problem.WriteAsync(http.Response, [Errors.UnknownDestination(orgnr, name)]);
        return null;
    }

    private static (string Reason, VkpError? Unusable) ReasonOf(HttpContext http)
    {
        var reason = http.Request.Query["reason"].ToString();
        return (reason, reason.Length > 0 ? Purpose.Check(reason) : null);
    }
}
