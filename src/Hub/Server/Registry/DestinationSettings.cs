using System.Text.RegularExpressions;
using Vkp.Adapters;

namespace Vkp.Hub.Registry;

/// <summary>What a destination's adapter is told beside its address: checked when the configuration is read, resolved when a message is sent.</summary>
public static partial class DestinationSettings
{
    private const string FromEnvironment = "env:";

    /// <summary>Everything wrong with a destination's settings: a name the adapter does not know, one it needs and misses, a secret in plain.</summary>
    public static IEnumerable<VkpError> Check(IDictionary<string, string> given, IEpjAdapter adapter, string path) =>
        Check(given.Where(s => !TokenSettings.Owns(s.Key)).ToDictionary(StringComparer.Ordinal), adapter.Settings, path).Concat(TokenSettings.Check(given, path));

    /// <inheritdoc cref="Check(IDictionary{string, string}, IEpjAdapter, string)"/>
    public static IEnumerable<VkpError> Check(IDictionary<string, string> given, IReadOnlyList<EpjSetting> known, string path)
    {
        // Whose tokens the journal system calls the hub with is the hub's to know, whatever kind it is.
        foreach (var (name, value) in given.Where(s => s.Key != Destination.ClientSetting))
        {
            var setting = known.FirstOrDefault(s => s.Covers(name));
            if (setting is null)
            {
                yield return Errors.ConfigurationInvalid($"the adapter has no setting '{name}'; known: {(known.Count == 0 ? "none" : string.Join(", ", known.Select(s => s.Name)))}", path);
            }
            else if (setting.IsSecret ? !NamesSecret(value) : string.IsNullOrWhiteSpace(value))
            {
                // The value is not repeated: it may be the secret itself.
                yield return Errors.ConfigurationInvalid(setting.IsSecret ? "a secret is given as 'env:NAME', the name of an environment variable of the hub" : "the setting is blank", $"{path}.{name}");
            }
        }

        foreach (var missing in known.Where(s => s.IsRequired && !given.ContainsKey(s.Name)))
        {
            yield return Errors.ConfigurationInvalid($"the setting is missing: {missing.Meaning}", $"{path}.{missing.Name}");
        }
    }

    /// <summary>Everything wrong with a destination that fetches its documents itself.</summary>
    public static IEnumerable<VkpError> CheckPulled(DestinationFile destination, string path)
    {
        if (destination.Address.Length > 0) yield return Errors.ConfigurationInvalid("a journal system that fetches has no address", $"{path}.address");
        if (!destination.Settings.TryGetValue(Destination.ClientSetting, out var client) || string.IsNullOrWhiteSpace(client))
        {
            yield return Errors.ConfigurationInvalid("the setting 'client' is missing: the access client that fetches", $"{path}.settings.{Destination.ClientSetting}");
        }

        destination.Settings.TryGetValue(ApprovedEndpoints.Setting, out var endpoints);
        foreach (var beginning in endpoints?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (ApprovedEndpoints.Fault(beginning) is { } fault) yield return Errors.ConfigurationInvalid($"an address it may be notified at cannot be used: {fault}", $"{path}.settings.{ApprovedEndpoints.Setting}");
        }

        foreach (var name in destination.Settings.Keys.Where(name => name is not (Destination.ClientSetting or ApprovedEndpoints.Setting)))
        {
            yield return Errors.ConfigurationInvalid($"a journal system that fetches has no setting '{name}'", $"{path}.settings");
        }
    }

    /// <summary>The adapter's settings, with what the environment holds in place of its names; one whose variable is not set is left out, so that the adapter can say so.</summary>
    public static IReadOnlyDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings, Func<string, string?> environment) => settings
        .Where(s => !TokenSettings.Owns(s.Key))
        .Select(s => (Name: s.Key, Value: NamesSecret(s.Value) ? Secret(s.Value, environment) : s.Value))
        .Where(s => s.Value is not null)
        .ToDictionary(s => s.Name, s => s.Value!, StringComparer.Ordinal);

    /// <summary>Whether it is the name of a secret, `env:NAME`, and not the secret itself.</summary>
    public static bool NamesSecret(string value) => EnvironmentName().IsMatch(value);

    /// <summary>The secret behind `env:NAME`; null when the hub's surroundings have none.</summary>
    public static string? Secret(string named, Func<string, string?> environment) => environment(named[FromEnvironment.Length..]);

    [GeneratedRegex("^env:[A-Z][A-Z0-9_]{0,99}$", RegexOptions.None, 1000)]
    private static partial Regex EnvironmentName();
}
