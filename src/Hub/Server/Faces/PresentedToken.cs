using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Hub.Identity;

namespace Vkp.Hub.Faces;

/// <summary>How a caller presents its access token: as Bearer (RFC 6750), or as DPoP (RFC 9449), with a proof that it holds the key the token is bound to.</summary>
internal sealed record PresentedToken(string Text, bool IsDPoP)
{
    private const string Bearer = "Bearer ";
    private const string DPoP = PossessionCheck.Header + " ";

    public static (PresentedToken? Token, VkpError? Error) Of(HttpRequest request, bool demandsProof)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return (new PresentedToken(header[Bearer.Length..].Trim(), IsDPoP: false), null);
        if (header.StartsWith(DPoP, StringComparison.OrdinalIgnoreCase)) return (new PresentedToken(header[DPoP.Length..].Trim(), IsDPoP: true), null);

        return (null, Errors.NoToken(demandsProof));
    }
}
