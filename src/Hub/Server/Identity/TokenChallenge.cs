using Vkp.Adapters;

namespace Vkp.Hub.Identity;

/// <summary>What a refused caller is told in `WWW-Authenticate` (RFC 6750 section 3, RFC 9449 section 7.1). Kept with the request until the refusal is written.</summary>
/// <param name="DemandsProof">Whether the address takes tokens bound to a key only.</param>
/// <param name="Scope">What the token must allow.</param>
public sealed record TokenChallenge(bool DemandsProof, VkpError? Error, string? Scope)
{
    /// <summary>For a refusal that no access token could have prevented being looked at, such as the administration's.</summary>
    public static readonly TokenChallenge Plain = new(DemandsProof: false, null, null);

    public override string ToString()
    {
        var scheme = DemandsProof || Error?.Code is "VKP-808" ? $"DPoP algs=\"{string.Join(' ', ProofKey.Algorithms)}\"" : "Bearer";
        return Reason is { } reason ? $"{scheme}{(scheme == "Bearer" ? " " : ", ")}{reason}" : scheme;
    }

    private string? Reason => Error?.Code switch
    {
        "VKP-803" => $"error=\"insufficient_scope\", scope=\"{Scope}\"",
        "VKP-808" => "error=\"invalid_dpop_proof\"",
        null or "VKP-801" or "VKP-806" => null,
        _ => "error=\"invalid_token\"",
    };
}
