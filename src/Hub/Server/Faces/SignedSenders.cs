using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Hub.Identity;
using Vkp.Hub.Intake;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>
/// Finds the sender of a signed request: a vendor's client without HelseID, named by the address and known by a secret of its own. Nobody learns from an answer
/// whether a client exists: an unknown one, one without secrets and a wrong signature are answered alike.
/// </summary>
public sealed class SignedSenders(MunicipalityRegistry registry, ClientRates rates, RefusalLog refusals, Func<string, string?> environment, TimeProvider time)
{
    private const string Wanted = "a signed event";

    /// <summary>The client whose signature the request has.</summary>
    /// <param name="body">As it came: what is signed is bytes.</param>
    public async Task<(Sender? Sender, VkpError? Error)> CheckAsync(HttpRequest request, string orgNo, string clientId, string vendor, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var (sender, error) = await JudgeAsync(request, orgNo, clientId, vendor, body, ct);
        if (error is not null) refusals.Note(error.Code, Wanted);
        else RefusalWatch.NoteSender(request.HttpContext, sender!);
        return (sender, error);
    }

    private async Task<(Sender? Sender, VkpError? Error)> JudgeAsync(HttpRequest request, string orgNo, string clientId, string vendor, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        // Which of the two would count is nobody's guess.
        if (request.Headers.Authorization.Count > 0) return (null, Errors.TokenBesideSignature());
        if (WebhookSignature.Read(request.Headers) is not { } signature) return (null, Errors.NotSigned());
        if (!signature.IsTimely(time.GetUtcNow())) return (null, Errors.SignatureNotTimely());

        var municipality = RegistryFileReader.TryTenant(orgNo, out var tenant) ? await registry.CurrentAsync(tenant, ct) : RegistryState.Empty(0);
        var client = municipality.Clients.GetValueOrDefault(clientId);
        if (client is null || client.Vendor != vendor || client.WebhookSecrets.Length == 0) return (null, Errors.WrongSignature());

        var keys = KeysOf(client);
        if (keys.Count == 0) return (null, Errors.WebhookSecretMissing(clientId));
        if (!signature.IsBy(keys, body.Span)) return (null, Errors.WrongSignature());
        return rates.Take(tenant, clientId, client.RequestsPerSecond) is { } tooOften ? (null, tooOften) : (new Sender(municipality, client), null);
    }

    /// <summary>What the hub's surroundings hold under the client's names: read for each request, so that a changed secret works without a restart.</summary>
    private IReadOnlyList<byte[]> KeysOf(VendorClient client) =>
        [.. client.WebhookSecrets.Split(',').Select(named => DestinationSettings.Secret(named, environment)).OfType<string>().Select(WebhookSignature.KeyOf).OfType<byte[]>()];
}
