using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>One request to the administration: who asks, why, and in which municipalities she has what the route needs.</summary>
/// <param name="person">Null when the machine itself asks, which may everything.</param>
/// <param name="author">What her acts are told under.</param>
/// <param name="isProven">Whether the author is known to be that person: she has signed in, or nobody can and the machine's account is all there is.</param>
/// <param name="purpose">Checked; null when none was given.</param>
public sealed class AdminCall(
    StaffPerson? person, string author, bool isProven, string? purpose, AdminNeed need, MunicipalityRegistry registry, EventLog store, BreakGlass glass, TimeProvider time)
{
    private bool isByGlass;

    public StaffPerson? Person => person;

    public string Author => author;

    public bool IsProven => isProven;

    /// <summary>Why she looks, as it is written into the log.</summary>
    public string? Purpose => purpose is not null && isByGlass ? Staff.Purpose.ByBrokenGlass(purpose) : purpose;

    private StaffRole Role => purpose is not null && need.Opening != Opening.Never ? StaffRole.Administrasjon : need.Role;

    public static AdminCall Of(HttpContext http) =>
        http.Features.Get<AdminCall>() ?? throw new InvalidOperationException("A route of the administration was reached without its door.");

    /// <summary>The municipality of that number, if she may; else null, and it is answered.</summary>
    public static async Task<int?> TenantAsync(HttpContext http, string orgNo)
    {
        var error = RegistryFileReader.TryTenant(orgNo, out var tenant) ? await Of(http).RefusalAsync(tenant, http.RequestAborted) : Errors.UnknownMunicipality(orgNo);
        if (error is null) return tenant;
        await Problem.WriteAsync(http.Response, [error]);
        return null;
    }

    /// <summary>That municipality's configuration, where the address names it and the door has judged; null when nobody registered it, and it is answered.</summary>
    public static async Task<RegistryState?> MunicipalityAsync(HttpContext http, string orgNo)
    {
        if (RegistryFileReader.TryTenant(orgNo, out var tenant) && await Of(http).ConfigurationAsync(tenant, http.RequestAborted) is { IsRegistered: true } municipality) return municipality;
        await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgNo)]);
        return null;
    }

    /// <summary>The municipality of that number, or without one every municipality where she may; null when there is none, and it is answered.</summary>
    public static async Task<IReadOnlyList<int>?> TenantsAsync(HttpContext http, string? orgNo)
    {
        if (orgNo is not null) return await TenantAsync(http, orgNo) is { } one ? [one] : null;

        var call = Of(http);
        var tenants = await call.TenantsAsync(http.RequestAborted);
        if (tenants.Count > 0 || call.Person is null) return tenants;
        await Problem.WriteAsync(http.Response, [StaffErrors.NoRole(StaffRoles.Text(call.Role), null)]);
        return null;
    }

    /// <summary>Every municipality where she may now; asked again, it follows what is granted and revoked meanwhile, and ends with her token.</summary>
    public async Task<IReadOnlyList<int>> TenantsAsync(CancellationToken ct)
    {
        var may = new List<int>();
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (await HoldsAsync(tenant, Role, ct)) may.Add(tenant);
        }

        return may;
    }

    /// <summary>Why she may not use the route in this municipality; null when she may. A broken glass counts here, where the municipality is named.</summary>
    public async Task<VkpError?> RefusalAsync(int tenant, CancellationToken ct)
    {
        if (await HoldsAsync(tenant, Role, ct)) return null;

        isByGlass = Role != need.Role && await HoldsAsync(tenant, need.Role, ct) && await glass.IsOpenAsync(tenant, person!, ct);
        return isByGlass ? null : StaffErrors.NoRole(StaffRoles.Text(Role), tenant.ToString("D9"));
    }

    /// <summary>Whether there is a municipality where she has what the route needs at least.</summary>
    public async Task<bool> HoldsSomewhereAsync(CancellationToken ct)
    {
        if (person is null) return true;
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (await HoldsAsync(tenant, need.Role, ct)) return true;
        }

        return false;
    }

    /// <summary>The purpose; of the machine, which has none of its own, the one in the request's question.</summary>
    public string? PurposeOr(string? asked) => Purpose ?? (person is null ? asked : null);

    private ValueTask<RegistryState> ConfigurationAsync(int tenant, CancellationToken ct) => registry.CurrentAsync(tenant, ct);

    private async ValueTask<bool> HoldsAsync(int tenant, StaffRole role, CancellationToken ct) =>
        person is null || (time.GetUtcNow() < person.Until && (await registry.CurrentAsync(tenant, ct)).Staff.Hold(person.Issuer, person.Subject, role, time.GetUtcNow()));
}
