using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Identity;
using Vkp.Hub.Registry;
using Vkp.Hub.Staff;

namespace Vkp.Hub.Faces;

/// <summary>
/// The door of the administration: who asks, whether she has what the route declares, and a purpose where content is opened. Where the address names the
/// municipality it is judged here; else the route asks <see cref="AdminCall"/> for the municipalities it may touch, and gets no others.
/// </summary>
/// <param name="machineToken">Null when the machine's own token is switched off.</param>
/// <param name="staff">Null when nobody can sign in.</param>
public sealed class AdminDoor(
    string? machineToken, StaffTokens? staff, ClientRates rates, MunicipalityRegistry registry, EventLog store, BreakGlass glass, RefusalLog refusals, TimeProvider time)
{
    private const string AuthorHeader = "X-Vkp-Author";

    /// <summary>No tenant: theirs begin at 100 000 000.</summary>
    private const int EveryMunicipality = 0;

    /// <summary>What a proxy adds: whoever comes through one is not on this machine, wherever the proxy is.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    private readonly byte[]? machine = machineToken is null ? null : Encoding.UTF8.GetBytes("Bearer " + machineToken);

    /// <summary>Why the request does not pass; null when it does, and <see cref="AdminCall.Of"/> finds who it is.</summary>
    public async Task<VkpError?> AdmitAsync(HttpContext http)
    {
        var error = await JudgeAsync(http, http.RequestAborted);
        if (error is not null && error.Category is ErrorCategory.Forbidden or ErrorCategory.Busy)
        {
            refusals.Note(error.Code, "the administration");
            http.Features.Set(new TokenChallenge(DemandsProof: false, error, null));
        }

        return error;
    }

    private async Task<VkpError?> JudgeAsync(HttpContext http, CancellationToken ct)
    {
        var need = http.GetEndpoint()?.Metadata.GetMetadata<AdminNeed>() ?? throw new InvalidOperationException($"The route {http.GetEndpoint()?.DisplayName} does not say what it needs.");
        var (person, error) = IsMachine(http) ? (null, null) : staff is null ? (null, Errors.NotAdministrator()) : await staff.ReadAsync(http.Request, ct);
        error ??= TakeOne(person);
        if (error is not null) return error;

        var isProven = person is not null || staff is null;
        if (need.ByPerson && !isProven) return StaffErrors.NotAPerson();

        var (purpose, unusable) = Purpose.Read(http.Request.Headers[Purpose.Header].ToString());
        var call = new AdminCall(person, person?.Subject ?? MachineAuthor(http), isProven, purpose, need, registry, store, glass, time);
        http.Features.Set(call);
        var refusal = http.Request.RouteValues["orgnr"] is string orgNo && RegistryFileReader.TryTenant(orgNo, out var tenant) ? await call.RefusalAsync(tenant, ct)
            : await call.HoldsSomewhereAsync(ct) ? null : StaffErrors.NoRole(StaffRoles.Text(need.Role), null);
        return refusal ?? unusable ?? (person is not null && purpose is null && need.Opening == Opening.Always ? Errors.PurposeMissing() : null);
    }

    /// <summary>Counts the request as its sign-in's, before anything is looked up for it; of every municipality together, since one sign-in serves them all.</summary>
    private VkpError? TakeOne(StaffPerson? person) => person is null
        ? rates.Take(EveryMunicipality, "the machine", own: null)
        : rates.Take(EveryMunicipality, $"{person.Issuer} {person.Subject}", Limits.RequestsPerPersonAndSecond);

    /// <summary>The token that the hub made for this machine, from this machine: a copy of it is worth nothing elsewhere.</summary>
    private bool IsMachine(HttpContext http) => machine is not null
        && http.Connection.RemoteIpAddress is { } from && System.Net.IPAddress.IsLoopback(from)
        && !ForwardingHeaders.Any(http.Request.Headers.ContainsKey)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), machine);

    /// <summary>The name the command line sends; behind the machine's token, so that it is as good as the account that can read the token.</summary>
    private static string MachineAuthor(HttpContext http) => http.Request.Headers[AuthorHeader].ToString() is { Length: > 0 and <= 100 } author ? author : "admin";
}
