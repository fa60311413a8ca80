using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>Who is to have, or to lose, which role.</summary>
/// <param name="Issuer">As tokens name it; the hub's own staff issuer unless it is given.</param>
/// <param name="Role">overvaking, administrasjon or brukeradmin.</param>
public sealed record StaffGrantRequest(string Subject, string Role, string? Issuer = null, DateTimeOffset? Until = null);

/// <summary>Who may do what in one municipality, and how it came to be so.</summary>
public sealed record StaffAnswer(string OrgNo, IReadOnlyList<StaffLine> Grants, IReadOnlyList<RecordedLine> History);

/// <param name="IsOver">It had an end, and that has passed.</param>
public sealed record StaffLine(string Issuer, string Subject, string Role, DateTimeOffset? Until, bool IsOver);

/// <summary>`/admin/staff`: roles, given and taken by the municipality's brukeradmin. The first one is given by the machine.</summary>
public sealed class StaffFace(MunicipalityRegistry registry, StaffOptions? options, TimeProvider time)
{
    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/staff/{orgnr}", ListAsync).Needs(StaffRole.Brukeradmin);
        admin.MapPost("/staff/{orgnr}/grant", (HttpContext http, string orgnr) => ChangeAsync(http, orgnr, (today, request, role, issuer) =>
        {
            var wanted = new StaffGranted(issuer, request.Subject, role, request.Until);
            return (wanted, StaffRules.Check(today, AdminCall.Of(http).Person, wanted, time.GetUtcNow()));
        })).Needs(StaffRole.Brukeradmin);
        admin.MapPost("/staff/{orgnr}/revoke", (HttpContext http, string orgnr) => ChangeAsync(http, orgnr, (today, request, role, issuer) =>
        {
            var wanted = new StaffRevoked(issuer, request.Subject, role);
            return (wanted, StaffRules.Check(today, AdminCall.Of(http).Person, wanted));
        })).Needs(StaffRole.Brukeradmin);
    }

    private async Task ListAsync(HttpContext http, string orgnr)
    {
        if (await AdminCall.MunicipalityAsync(http, orgnr) is not { } municipality) return;
        var history = (await registry.HistoryAsync(municipality.Tenant, http.RequestAborted)).Where(recorded => recorded.Change is StaffGranted or StaffRevoked);
        await http.Response.WriteAsJsonAsync(
            new StaffAnswer(
                municipality.OrgNo,
                [.. municipality.Staff.Select(grant => new StaffLine(grant.Issuer, grant.Subject, StaffRoles.Name(grant.Role), grant.Until, !grant.HoldsAt(time.GetUtcNow())))],
                [.. history.Select(ConfigurationFace.Line)]),
            AdminJson.Default.StaffAnswer);
    }

    private async Task ChangeAsync(HttpContext http, string orgnr, Func<RegistryState, StaffGrantRequest, StaffRole, string, (RegistryEvent Wanted, VkpError? Error)> decide)
    {
        if (await AdminCall.MunicipalityAsync(http, orgnr) is not { } municipality) return;
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.StaffGrantRequest, "a grant", request => request is { Subject: not null, Role: not null }) is not { } request) return;

        var isRole = Enum.TryParse<StaffRole>(request.Role, ignoreCase: true, out var role) && Enum.IsDefined(role);
        var (wanted, error) = isRole
            ? decide(municipality, request, role, request.Issuer ?? options?.Issuer.AbsoluteUri.TrimEnd('/') ?? "")
            : (null!, Errors.BadParameter("role", string.Join(", ", Enum.GetValues<StaffRole>().Select(StaffRoles.Name))));
        error ??= await registry.ApplyAsync(municipality, [wanted], AdminCall.Of(http).Author, http.RequestAborted);
        if (error is not null) await Problem.WriteAsync(http.Response, [error]);
        else await http.Response.WriteAsJsonAsync(new ConfigurationChange(municipality.OrgNo, municipality.Version, [RegistryPlan.Describe(wanted)]), AdminJson.Default.ConfigurationChange);
    }
}
