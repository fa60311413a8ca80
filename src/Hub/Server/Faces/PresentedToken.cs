using Microsoft.AspNetCore.Http;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>
/// How a caller presents its access token. Bearer (RFC 6750) is what every face takes today. A token bound to a key (RFC 9449, `Authorization: DPoP` with a proof
/// in the `DPoP` header) is to be checked here: the proof's method, address, token hash and id against this request, and its key against the token's `cnf`
/// once <see cref="AccessTokens"/> has read it. Until then such a token is refused, never taken for a bearer token.
/// </summary>
internal static class PresentedToken
{
    private const string Bearer = "Bearer ";

    public static (string? Token, VkpError? Error) Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return (header[Bearer.Length..].Trim(), null);

        return (null, header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase) ? Errors.BadToken("it is presented with DPoP, which this hub does not check yet") : Errors.NoToken());
    }
}
