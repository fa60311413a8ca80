namespace Vkp.Hub.Outbound;

/// <summary>As whom the hub calls somebody, and who vouches for it.</summary>
/// <param name="Issuer">Found by discovery (OpenID Connect Discovery 1.0).</param>
/// <param name="Key">The client's private key, a JSON Web Key.</param>
/// <param name="Scope">Divided by blanks; empty asks for all the client has.</param>
/// <param name="IsBound">The token is bound to a key of the hub's and sent as DPoP (RFC 9449); else as Bearer.</param>
public sealed record TokenTerms(Uri Issuer, string ClientId, string Key, string Scope, bool IsBound)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{ClientId} of {Issuer}";
}

/// <summary>An access token of the hub's own. The text form does not show it.</summary>
public sealed record OwnToken(string Value, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"access token until {ExpiresAt:O}";
}
