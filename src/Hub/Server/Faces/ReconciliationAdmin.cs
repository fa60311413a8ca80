using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters.Notes;
using Vkp.Hub.Reconciliation;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/reconciliation`: a day's messages by party, with counts and hashes that the other end can compare.</summary>
public sealed class ReconciliationAdmin(DayReader days, MunicipalityRegistry registry, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/reconciliation", ReadAsync).Needs(StaffRole.Overvaking);

    /// <param name="day">Yesterday when it is not given: the last day that is over.</param>
    private async Task ReadAsync(HttpContext http, string? day, string? tenant)
    {
        var asked = NorwegianTime.Day(time.GetUtcNow()).AddDays(-1);
        if (day is not null && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asked))
        {
            await Problem.WriteAsync(http.Response, [Errors.BadParameter("day", "a date, yyyy-MM-dd")]);
            return;
        }

        var parties = new List<PartyDay>();
        foreach (var one in await AdminCall.Of(http).TenantsAsync(http.RequestAborted))
        {
            var municipality = await registry.CurrentAsync(one, http.RequestAborted);
            if (municipality.IsRegistered && (tenant is null || tenant == municipality.OrgNo)) parties.AddRange(await days.ReadAsync(one, asked, http.RequestAborted));
        }

        await http.Response.WriteAsJsonAsync<IReadOnlyList<PartyDay>>(parties, AdminJson.Default.IReadOnlyListPartyDay);
    }
}
