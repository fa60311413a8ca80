using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Intake;
using Vkp.Hub.Operations;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

public sealed record ReleaseAnswer(bool Released, IReadOnlyList<ProblemError> StillHeld);

/// <summary>Held messages of one municipality for one reason.</summary>
/// <param name="ByKind">How many of each kind of event.</param>
public sealed record HeldGroup(string Municipality, string Code, long Count, DateTimeOffset Oldest, IReadOnlyDictionary<string, int> ByKind);

/// <summary>One held message: why, what to do, and when the clock rejects it.</summary>
/// <param name="RejectedAt">Null when only a person ends it.</param>
public sealed record HeldDetail(HeldMessage Message, IReadOnlyList<ProblemError> Reasons, DateTimeOffset? RejectedAt);

/// <summary>`/admin/held`: what is kept but cannot go on, and what a person can do about it.</summary>
public sealed class HeldAdmin(HubStatus status, HeldMessages held, HeldReasons reasons, MunicipalityRegistry registry)
{
    private const int RowsMax = 1000;

    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/held", async (HttpContext http, CancellationToken ct) => Results.Json(await HeldAsync(http, ct), AdminJson.Default.IReadOnlyListHeldMessage)).Needs(StaffRole.Overvaking);
        admin.MapGet("/held/groups", async (HttpContext http, CancellationToken ct) => Results.Json(Groups(await HeldAsync(http, ct)), AdminJson.Default.IReadOnlyListHeldGroup)).Needs(StaffRole.Overvaking);
        admin.MapGet("/held/{orgnr}/{id:guid}", ShowAsync).Needs(StaffRole.Overvaking);
        admin.MapPost("/held/{orgnr}/{id:guid}/release", (HttpContext http, string orgnr, Guid id, bool? confirm) =>
            EndAsync(http, orgnr, (tenant, author) => held.ReleaseAsync(tenant, id, author, confirm == true, http.RequestAborted))).Needs(StaffRole.Administrasjon);
        admin.MapPost("/held/{orgnr}/{id:guid}/reject", (HttpContext http, string orgnr, Guid id) =>
            EndAsync(http, orgnr, (tenant, author) => held.RejectAsync(tenant, id, author, http.RequestAborted))).Needs(StaffRole.Administrasjon);
    }

    private async Task<IReadOnlyList<HeldMessage>> HeldAsync(HttpContext http, CancellationToken ct) =>
        await status.HeldAsync(await AdminCall.Of(http).TenantsAsync(ct), RowsMax, ct);

    private static IReadOnlyList<HeldGroup> Groups(IReadOnlyList<HeldMessage> all) =>
    [
        .. all.GroupBy(m => (m.Municipality, m.Code)).OrderByDescending(g => g.Count()).Select(g => new HeldGroup(
            g.Key.Municipality, g.Key.Code, g.Count(), g.Min(m => m.RegisteredAt), g.GroupBy(m => m.Kind, StringComparer.Ordinal).ToDictionary(k => k.Key, k => k.Count(), StringComparer.Ordinal))),
    ];

    private async Task ShowAsync(HttpContext http, string orgnr, Guid id)
    {
        var ct = http.RequestAborted;
        var message = RegistryFileReader.TryTenant(orgnr, out var tenant) ? (await status.HeldAsync([tenant], RowsMax, ct)).FirstOrDefault(m => m.MessageId == id) : null;
        if (message is null)
        {
            await Problem.WriteAsync(http.Response, [Errors.NoSuchMessage(id.ToString())]);
            return;
        }

        var hours = (await registry.CurrentAsync(tenant, ct)).Policy.HeldHoursMax;
        var answer = new HeldDetail(
            message, Told(await reasons.OfAsync(tenant, id, ct)), message.Lane == nameof(Lane.Alarm) ? null : message.RegisteredAt + TimeSpan.FromHours(hours));
        await http.Response.WriteAsJsonAsync(answer, AdminJson.Default.HeldDetail);
    }

    private static async Task EndAsync(HttpContext http, string orgnr, Func<int, string, Task<IReadOnlyList<VkpError>>> end)
    {
        if (!RegistryFileReader.TryTenant(orgnr, out var tenant))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownMunicipality(orgnr)]);
            return;
        }

        var errors = await end(tenant, AdminCall.Of(http).Author);
        if (errors.Count > 0 && errors[0].Category is ErrorCategory.NotFound or ErrorCategory.Conflict) await Problem.WriteAsync(http.Response, errors);
        else await http.Response.WriteAsJsonAsync(new ReleaseAnswer(errors.Count == 0, Told(errors)), AdminJson.Default.ReleaseAnswer);
    }

    private static IReadOnlyList<ProblemError> Told(IReadOnlyList<VkpError> errors) => [.. errors.Select(e => new ProblemError(e.Code, e.Message, e.Hint, e.Path))];
}
