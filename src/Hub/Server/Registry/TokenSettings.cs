using Vkp.Adapters;
using Vkp.Hub.Outbound;

namespace Vkp.Hub.Registry;

/// <summary>What a journal system's destination is told when the hub has to show an access token there: the same for every kind, so no adapter knows of it.</summary>
public static class TokenSettings
{
    public const string Issuer = "tokenIssuer", Client = "tokenClient", Key = "tokenKey", Scope = "tokenScope", Use = "tokenUse";

    private const string Bound = "dpop", Bearer = "bearer";

    public static bool Owns(string name) => name is Issuer or Client or Key or Scope or Use;

    /// <summary>Everything wrong with them; nothing when none is given.</summary>
    public static IEnumerable<VkpError> Check(IDictionary<string, string> given, string path)
    {
        if (!given.Keys.Any(Owns)) yield break;

        foreach (var missing in ((string[])[Issuer, Client, Key]).Where(name => !given.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value)))
        {
            yield return Errors.ConfigurationInvalid("the setting is missing: a token needs an issuer, a client and its key", $"{path}.{missing}");
        }

        if (given.TryGetValue(Issuer, out var issuer) && ApprovedEndpoints.Fault(issuer) is { } fault) yield return Errors.ConfigurationInvalid($"the issuer cannot be asked: {fault}", $"{path}.{Issuer}");
        // The value is not repeated: it may be the key itself.
        if (given.TryGetValue(Key, out var key) && !DestinationSettings.NamesSecret(key)) yield return Errors.ConfigurationInvalid("a secret is given as 'env:NAME', the name of an environment variable of the hub", $"{path}.{Key}");
        if (given.TryGetValue(Use, out var use) && use is not (Bound or Bearer)) yield return Errors.ConfigurationInvalid($"a token is used as '{Bound}' or '{Bearer}'", $"{path}.{Use}");
    }

    /// <summary>As whom the hub calls the destination; null when it shows no token. A key that the hub's surroundings do not have is an empty one, which no issuer takes.</summary>
    public static TokenTerms? Of(IReadOnlyDictionary<string, string> settings, Func<string, string?> environment) => settings.TryGetValue(Issuer, out var issuer)
        ? new TokenTerms(new Uri(issuer), settings[Client], DestinationSettings.Secret(settings[Key], environment) ?? "", settings.GetValueOrDefault(Scope, ""), settings.GetValueOrDefault(Use, Bound) == Bound)
        : null;
}
