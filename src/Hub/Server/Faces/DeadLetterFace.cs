using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>Which dead letters are meant, and why the act is done.</summary>
/// <param name="OrgNo">Null means every municipality.</param>
public sealed record DeadLetterSelection(string? OrgNo, string? Code, string? Destination, IReadOnlyList<Guid>? MessageIds, string? Reason);

/// <summary>`/admin/dead-letters`: what waits for a person, by cause, and what she does about it.</summary>
public sealed class DeadLetterFace(DeadLetterOffice office, DeadLetterStore letters)
{
    private const int ShownMax = 1000;

    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/dead-letters/groups", GroupsAsync).Needs(StaffRole.Overvaking);
        admin.MapGet("/dead-letters", ShowAsync).Needs(StaffRole.Overvaking);
        foreach (var act in Enum.GetValues<DeadLetterAct>())
        {
            admin.MapPost($"/dead-letters/{act.ToString().ToLowerInvariant()}", (HttpContext http) => ActAsync(http, act)).Needs(StaffRole.Administrasjon);
        }
    }

    private async Task GroupsAsync(HttpContext http, string? tenant)
    {
        if (await AdminCall.TenantsAsync(http, tenant) is not { } tenants) return;
        var groups = new List<CauseGroup>();
        foreach (var one in tenants) groups.AddRange(await office.GroupsAsync(one, http.RequestAborted));
        await http.Response.WriteAsJsonAsync(groups, AdminJson.Default.IReadOnlyListCauseGroup);
    }

    private async Task ShowAsync(HttpContext http, string? tenant, string? code, string? destination)
    {
        if (await AdminCall.TenantsAsync(http, tenant) is not { } tenants) return;
        var shown = new List<ParkedLetter>();
        foreach (var one in tenants) shown.AddRange(await letters.LettersAsync(new Selection(one, code, destination, null), ShownMax - shown.Count, http.RequestAborted));
        await http.Response.WriteAsJsonAsync(shown, AdminJson.Default.IReadOnlyListParkedLetter);
    }

    /// <summary>A line for every page that is done, so that a long run shows how far it has come. Without `?apply=true` nothing is done.</summary>
    private async Task ActAsync(HttpContext http, DeadLetterAct act)
    {
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.DeadLetterSelection, "a selection of dead letters") is not { } selection) return;
        if (selection.Reason is not null && Purpose.Check(selection.Reason) is { } unusable)
        {
            await Problem.WriteAsync(http.Response, [unusable]);
            return;
        }

        if (await AdminCall.TenantsAsync(http, selection.OrgNo) is not { } tenants) return;
        var isDryRun = http.Request.Query["apply"] != "true";
        http.Response.ContentType = "application/x-ndjson";
        foreach (var tenant in tenants)
        {
            var chosen = new Selection(tenant, selection.Code, selection.Destination, selection.MessageIds);
            await foreach (var progress in office.ActAsync(act, chosen, AdminCall.Of(http).Author, selection.Reason ?? "not stated", isDryRun, http.RequestAborted))
            {
                await JsonSerializer.SerializeAsync(http.Response.Body, progress, AdminJson.Default.ActProgress, http.RequestAborted);
                await http.Response.WriteAsync("\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
    }
}
