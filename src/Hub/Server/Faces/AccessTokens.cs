using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Vkp.Adapters;
using Vkp.Hub.Identity;
using Vkp.Hub.Intake;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>Checks a machine's access token (HelseID's claims) and finds the sender it stands for. The municipality comes from the token, never from the address alone.</summary>
public sealed class AccessTokens(IssuedTokens issued, PossessionCheck possession, ClientRates rates, MunicipalityRegistry registry, RefusalLog refusals)
{
    public const string OrgNoClaim = "helseid://claims/client/claims/orgnr_parent";
    public const string VkpIdClaim = "nhn:vkp/client/claims/vkp-id";

    /// <summary>The interfaces whose tokens must be bound to a key, by what opens them: the national ones behind them take no others (JFT, PMD).</summary>
    private static readonly string[] BoundScopes = [JftFace.Scope, MeasurementFace.WriteScope, MeasurementFace.ReadScope];

    /// <summary>The vendor's client that sends.</summary>
    /// <param name="scope">What the token must allow.</param>
    /// <param name="urlOrgNo">The municipality in the address, where it has one.</param>
    /// <param name="vendor">The format the client must be registered for.</param>
    public async Task<(Sender? Sender, VkpError? Error)> CheckAsync(HttpRequest request, string scope, string? urlOrgNo, string vendor, CancellationToken ct)
    {
        var (caller, error) = await IdentifyAsync(request, scope, urlOrgNo, ct);
        if (caller is null) return (null, error);
        if (!caller.Municipality.Clients.TryGetValue(caller.ClientId, out var client) || client.Vendor != vendor) return (null, Errors.UnknownClient(caller.ClientId));
        if (!IsOf(caller, client)) return (null, Refusal(request, scope, OtherVkpId()));
        var sender = new Sender(caller.Municipality, client);
        RefusalWatch.NoteSender(request.HttpContext, sender);
        return (sender, null);
    }

    /// <summary>Who reads: the client of one of the municipality's journal systems, or of a vendor.</summary>
    public async Task<(Reader? Reader, VkpError? Error)> CheckReaderAsync(HttpRequest request, string scope, CancellationToken ct)
    {
        var (caller, error) = await IdentifyAsync(request, scope, urlOrgNo: null, ct);
        if (caller is null) return (null, error);

        var destination = caller.Municipality.Destinations.Values.FirstOrDefault(d => d.Client == caller.ClientId);
        var vendor = caller.Municipality.Clients.GetValueOrDefault(caller.ClientId);
        if (destination is null && vendor is null) return (null, Errors.UnknownClient(caller.ClientId));
        return vendor is null || IsOf(caller, vendor) ? (new Reader(caller.Municipality, caller.ClientId, destination, vendor), null) : (null, Refusal(request, scope, OtherVkpId()));
    }

    private static bool IsOf(Caller caller, VendorClient client) => caller.VkpId is null || caller.VkpId == client.VkpId;

    private static VkpError OtherVkpId() => Errors.BadToken("its vkp-id is not the one registered for the client");

    /// <summary>Logs the refusal, and keeps with the request what it is to say about tokens.</summary>
    private VkpError Refusal(HttpRequest request, string scope, VkpError error)
    {
        refusals.Note(error.Code, scope);
        request.HttpContext.Features.Set(new TokenChallenge(DemandsProof(scope), error, scope));
        return error;
    }

    private static bool DemandsProof(string scope) => BoundScopes.Contains(scope, StringComparer.Ordinal);

    private async Task<(Caller? Caller, VkpError? Error)> IdentifyAsync(HttpRequest request, string scope, string? urlOrgNo, CancellationToken ct)
    {
        var (caller, error) = await JudgeAsync(request, scope, urlOrgNo, ct);
        return error is null ? (caller, null) : (null, Refusal(request, scope, error));
    }

    private async Task<(Caller? Caller, VkpError? Error)> JudgeAsync(HttpRequest request, string scope, string? urlOrgNo, CancellationToken ct)
    {
        var demandsProof = DemandsProof(scope);
        var (presented, missing) = PresentedToken.Of(request, demandsProof);
        if (presented is null) return (null, missing);

        var (token, error) = await issued.ReadAsync(presented.Text, ct);
        if (token is null) return (null, error);

        var (proof, unproven) = await ProveAsync(request, presented, token, demandsProof);
        if (unproven is not null) return (null, unproven);

        var orgNo = Claim(token, OrgNoClaim);
        if (orgNo is null || !RegistryFileReader.TryTenant(orgNo, out var tenant)) return (null, Errors.BadToken("it names no municipality"));
        if (Claim(token, "client_amr") != "private_key_jwt") return (null, Errors.BadToken("the client did not authenticate with a key of its own"));
        if (urlOrgNo is not null && urlOrgNo != orgNo) return (null, await WrongMunicipalityAsync(orgNo, urlOrgNo, ct));
        if (!Scopes(token).Contains(scope, StringComparer.Ordinal)) return (null, Errors.MissingScope(scope));

        var municipality = await registry.CurrentAsync(tenant, ct);
        if (!municipality.IsRegistered) return (null, Errors.UnknownMunicipality(orgNo));

        var clientId = Claim(token, "client_id") ?? "";
        if (rates.Take(tenant, clientId, municipality.Clients.GetValueOrDefault(clientId)?.RequestsPerSecond) is { } tooOften) return (null, tooOften);

        // Last, because it is what costs: a request refused for another reason uses nothing up.
        return proof is not null && await possession.SpendAsync(tenant, proof, ct) is { } spent ? (null, spent) : (new Caller(municipality, clientId, Claim(token, VkpIdClaim)), null);
    }

    /// <summary>Whether the caller may present the token in this way: a bound token with a proof by its key, and never as a bearer token; another only where none is demanded.</summary>
    private async Task<(PossessionProof? Proof, VkpError? Error)> ProveAsync(HttpRequest request, PresentedToken presented, JsonWebToken token, bool demandsProof)
    {
        var boundTo = IssuedTokens.IsBound(token, out var confirmation) ? KeyOf(confirmation) : null;
        if (boundTo is null) return (null, demandsProof || presented.IsDPoP ? Errors.NotBound() : null);
        return presented.IsDPoP ? await possession.ReadAsync(request, presented.Text, boundTo) : (null, Errors.BoundAsBearer());
    }

    /// <summary>A token bound in a way the hub cannot check (a certificate, RFC 8705) is bound to a key nobody has.</summary>
    private static string KeyOf(JsonElement confirmation) =>
        confirmation.ValueKind == JsonValueKind.Object && confirmation.TryGetProperty("jkt", out var thumbprint) && thumbprint.ValueKind == JsonValueKind.String ? thumbprint.GetString()! : "";

    /// <summary>An address that names a municipality nobody registered is told apart from one that belongs to somebody else only to a valid token's holder.</summary>
    private async Task<VkpError> WrongMunicipalityAsync(string orgNo, string urlOrgNo, CancellationToken ct) =>
        RegistryFileReader.TryTenant(urlOrgNo, out var tenant) && (await registry.CurrentAsync(tenant, ct)).IsRegistered
            ? Errors.TokenOfAnother(orgNo, urlOrgNo)
            : Errors.UnknownMunicipality(urlOrgNo);

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;

    private static IEnumerable<string> Scopes(JsonWebToken token) =>
        token.Claims.Where(c => c.Type == "scope").SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What a valid token says of who calls, before the registry is asked what the client may be.</summary>
    private sealed record Caller(RegistryState Municipality, string ClientId, string? VkpId);
}

/// <summary>Who reads, in one municipality.</summary>
/// <param name="Destination">The journal system it is the client of; null for a vendor.</param>
/// <param name="Vendor">The vendor it is the client of; null for a journal system.</param>
public sealed record Reader(RegistryState Municipality, string ClientId, Destination? Destination, VendorClient? Vendor)
{
    public int Tenant => Municipality.Tenant;
}
