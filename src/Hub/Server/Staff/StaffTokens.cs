using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Vkp.Adapters;
using Vkp.Hub.Faces;

namespace Vkp.Hub.Staff;

/// <summary>Who a person is, by the access token of the staff issuer. What she may do, her municipalities' registries say, never the token.</summary>
public sealed class StaffTokens(IssuedTokens issued, StaffOptions options)
{
    private readonly string issuer = options.Issuer.AbsoluteUri.TrimEnd('/');

    /// <summary>The person; or VKP-806 without a bearer token, VKP-802, VKP-807, VKP-810.</summary>
    public async Task<(StaffPerson? Person, VkpError? Error)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (PresentedToken.Of(request, demandsProof: false) is not { Token: { IsDPoP: false } presented }) return (null, Errors.NotAdministrator());

        var (token, error) = await issued.ReadAsync(presented.Text, ct);
        if (token is null) return (null, error);
        if (IssuedTokens.IsBound(token, out _)) return (null, Errors.BoundAsBearer());
        if (!StaffPerson.IsUsable(token.Subject)) return (null, Errors.BadToken("its subject is missing, or cannot be used as a name in the log"));
        return IsOfLevel(token) ? (new StaffPerson(issuer, token.Subject, new DateTimeOffset(token.ValidTo, TimeSpan.Zero)), null) : (null, Errors.BadToken("the person signed in at too low a level"));
    }

    private bool IsOfLevel(JsonWebToken token) => options.Levels.Count == 0 || (token.TryGetPayloadValue<string>("acr", out var level) && options.Levels.Contains(level, StringComparer.Ordinal));
}
