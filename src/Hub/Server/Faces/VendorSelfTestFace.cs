using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.SelfTest;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/selftest/vendors/{vendor}`: what came of a vendor's test.</summary>
public sealed class VendorSelfTestFace(VendorSelfTest selfTest, IReadOnlyDictionary<string, IVendorAdapter> vendors, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/selftest/vendors/{vendor}", ReadAsync).Needs(StaffRole.Overvaking);

    private async Task ReadAsync(HttpContext http, string vendor, DateTimeOffset? since, string? client, string? expect)
    {
        if (!vendors.TryGetValue(vendor, out var adapter))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownVendor(vendor)]);
            return;
        }

        var expected = expect?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = adapter.Kinds.Select(kind => kind.Name).ToList();
        if (expected is not null && expected.Except(known, StringComparer.Ordinal).Any())
        {
            await Problem.WriteAsync(http.Response, [Errors.BadParameter("expect", $"kinds of the catalogue: {string.Join(", ", known)}")]);
            return;
        }

        var lists = await selfTest.RunAsync(await AdminCall.Of(http).TenantsAsync(http.RequestAborted), adapter, client, expected, since ?? time.GetUtcNow() - Limits.SelfTestReach, http.RequestAborted);
        if (lists.Count == 0) await Problem.WriteAsync(http.Response, [Errors.UnknownClient(client ?? vendor)]);
        else await http.Response.WriteAsJsonAsync(lists, AdminJson.Default.IReadOnlyListVendorChecklist);
    }
}
