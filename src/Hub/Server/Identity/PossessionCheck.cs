using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Vkp.Adapters;

namespace Vkp.Hub.Identity;

/// <summary>
/// Whether the caller holds the key that its access token is bound to (RFC 9449 section 4.3): one proof, made for this method, this address and this token, just now,
/// with the token's key, and never shown before.
/// </summary>
public sealed class PossessionCheck(PublicAddresses addresses, SpentProofs spent, TimeProvider time)
{
    public const string Header = "DPoP";

    /// <summary>The proof, fit for this request but not yet used up.</summary>
    /// <param name="boundTo">The token's `cnf.jkt`.</param>
    public async Task<(PossessionProof? Proof, VkpError? Error)> ReadAsync(HttpRequest request, string token, string boundTo)
    {
        if (request.Headers[Header] is not [{ Length: > 0 } text]) return (null, Errors.BadProof("there must be exactly one in the header 'DPoP'"));

        var (proof, fault) = await PossessionProof.ReadAsync(text);
        fault ??= FindFault(proof!, request, token, boundTo);
        return fault is null ? (proof, null) : (null, Errors.BadProof(fault));
    }

    /// <summary>Null when the proof is now used up; else it was before.</summary>
    public async Task<VkpError?> SpendAsync(int tenant, PossessionProof proof, CancellationToken ct) =>
        await spent.SpendAsync(tenant, proof, ct) ? null : Errors.BadProof("it was used before; each request needs a proof of its own");

    private string? FindFault(PossessionProof proof, HttpRequest request, string token, string boundTo)
    {
        if (proof.Thumbprint != boundTo) return "it is made with another key than the access token is bound to";
        if (proof.TokenHash != Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)))) return "it is made for another access token ('ath')";
        if (proof.Method != request.Method) return "it is made for another method ('htm')";
        if (!addresses.IsOf(request, proof.Address)) return "it is made for another address ('htu'); use the address the hub is published under";

        var age = time.GetUtcNow() - proof.IssuedAt;
        if (age > Limits.ProofAgeMax + Limits.TokenClockSkew) return $"it is older than {Limits.ProofAgeMax.TotalSeconds:0} seconds ('iat')";
        return age < -Limits.TokenClockSkew ? "it is made in the future ('iat'); check the clock" : null;
    }
}
