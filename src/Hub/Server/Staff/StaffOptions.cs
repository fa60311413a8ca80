namespace Vkp.Hub.Staff;

/// <summary>Whose sign-in the administration believes.</summary>
/// <param name="Issuer">The issuer of staff tokens, as they name it: https, and in production no development issuer.</param>
/// <param name="Audience">What a token must be for.</param>
/// <param name="Client">The public client that `vkp login` signs in as (RFC 8628).</param>
public sealed record StaffOptions(Uri Issuer, string Audience = StaffOptions.DefaultAudience, string Client = StaffOptions.DefaultClient)
{
    public const string DefaultAudience = "vkp:admin";
    public const string DefaultClient = "vkp-cli";

    /// <summary>The levels of sign-in (`acr`) that are enough; empty = the issuer sees to it that every one is.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];
}
