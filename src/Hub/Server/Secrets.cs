namespace Vkp.Hub;

/// <summary>Secrets from the hub's surroundings: the variable itself, or the file that the variable of the same name with `_FILE` names, as containers and systemd hand them over.</summary>
public static class Secrets
{
    /// <summary>The secret, or null when neither is there. A file is read anew each time, so that a rotated secret works without a restart.</summary>
    public static string? Read(string name) => Read(name, Environment.GetEnvironmentVariable);

    public static string? Read(string name, Func<string, string?> environment)
    {
        if (environment(name) is { Length: > 0 } value) return value;
        return environment(name + "_FILE") is { Length: > 0 } file && File.Exists(file) ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
    }

    /// <summary>As <see cref="Read(string)"/>, for what the hub would start without: a file that is named and not there is no wish to start with a new database or a new key.</summary>
    /// <exception cref="HubStartException">VKP-904.</exception>
    public static string? ReadAtStart(string name) => ReadAtStart(name, Environment.GetEnvironmentVariable);

    public static string? ReadAtStart(string name, Func<string, string?> environment) =>
        Read(name, environment) ?? (environment(name + "_FILE") is { Length: > 0 } file ? throw new HubStartException(Errors.SecretFileMissing(name, file)) : null);
}
