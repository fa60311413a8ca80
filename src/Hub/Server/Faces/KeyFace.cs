using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/keys`: which key wraps what, and changing them beside the hub that runs. No key is ever shown or sent.</summary>
public sealed class KeyFace(Vault vault)
{
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/keys", (HttpContext http) => EachAsync(http, null, (_, _) => Task.CompletedTask)).Needs(StaffRole.Overvaking);
        admin.MapPost("/keys/master/rewrap", (HttpContext http) => EachAsync(http, null, vault.RewrapAsync)).Needs(StaffRole.Administrasjon);
        admin.MapPost("/keys/{orgnr}/rotate", (HttpContext http, string orgnr) => EachAsync(http, orgnr, vault.RotateAsync)).Needs(StaffRole.Administrasjon);
    }

    /// <summary>Does it for each municipality, then says where each stands. What is interrupted is gone on with by asking again.</summary>
    private async Task EachAsync(HttpContext http, string? orgNo, Func<int, CancellationToken, Task> act)
    {
        var tenants = await AdminCall.Of(http).TenantsAsync(http.RequestAborted);
        if (orgNo is not null)
        {
            if (!RegistryFileReader.TryTenant(orgNo, out var only) || !tenants.Contains(only))
            {
                await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgNo)]);
                return;
            }

            tenants = [only];
        }

        var standings = new List<KeyStanding>();
        foreach (var tenant in tenants)
        {
            await act(tenant, http.RequestAborted);
            standings.Add(await vault.StandingAsync(tenant, http.RequestAborted));
        }

        await http.Response.WriteAsJsonAsync(standings, AdminJson.Default.IReadOnlyListKeyStanding);
    }
}
