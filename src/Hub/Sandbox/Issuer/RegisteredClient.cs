namespace Vkp.Sandbox;

/// <summary>
/// One client at the development issuer: as in HelseID, one per vendor system and municipality.
/// </summary>
/// <param name="PublicJwk">The public key as JWK JSON; assertions are verified with it and nothing else.</param>
/// <param name="VkpId">`Leverandor_System_Kommune`; null for clients that are no VKP sender (staff, an EPJ).</param>
/// <param name="OrgNoParent">The municipality's main organisation number; null leaves the claim out.</param>
/// <param name="Scopes">What the client may ask for.</param>
public sealed record RegisteredClient(
    string ClientId,
    string PublicJwk,
    string? VkpId,
    string? OrgNoParent,
    IReadOnlyList<string> Scopes);

/// <param name="Environment">Must not be production: `Production`, `prod` and the like are refused, and so is an empty value, because nobody said it was safe.</param>
/// <param name="KeyFolder">Where the signing key is kept, so that tokens outlive a restart.</param>
/// <param name="AudienceByScopePrefix">Which API a scope belongs to: `nhn:vkp/` gives audience `nhn:vkp`. A scope without an entry cannot be granted.</param>
/// <param name="Port">0 takes a free one; the issuer's name holds the port, so tokens outlive a restart only on the same port.</param>
/// <param name="TokenLifetime">At most one hour; default ten minutes.</param>
public sealed record DevelopmentIssuerOptions(
    string Environment,
    string KeyFolder,
    IReadOnlyDictionary<string, string> AudienceByScopePrefix,
    IReadOnlyList<RegisteredClient> Clients,
    int Port = 0,
    TimeSpan? TokenLifetime = null)
{
    /// <summary>The public client that people sign in with by the device grant; null = none do.</summary>
    public string? StaffClient { get; init; }

    /// <summary>What people's tokens are for.</summary>
    public string StaffAudience { get; init; } = "vkp:admin";
}
