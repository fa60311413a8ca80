namespace Vkp.Sandbox;

/// <summary>A sandbox part cannot start or go on. The code is permanent; the hint says what to do, and by whom.</summary>
public sealed class SandboxException : Exception
{
    public SandboxException(string code, string what, string hint)
        : base($"{code} {what} Hint: {hint}")
    {
        Code = code;
        What = what;
        Hint = hint;
    }

    public string Code { get; }

    public string What { get; }

    public string Hint { get; }

    internal static SandboxException IssuerInProduction(string environment) => new(
        "VKP-850",
        $"The development issuer was asked to start in environment '{environment}'; whoever reaches it gets tokens, so it runs in development and test only.",
        "set the issuer to the HelseID address of this environment, or run with environment 'development'.");

    internal static SandboxException KeyFileUnreadable(string file, string why) => new(
        "VKP-851",
        $"The key file '{file}' is not a private JSON Web Key: {why}.",
        "restore the file, or delete it to have a new key made (tokens and clients made with the old one stop working).");

    internal static SandboxException TokenRefused(string clientId, string error, string? description) => new(
        "VKP-852",
        $"The issuer refused a token to client '{clientId}': {error}{(description is null ? "" : $", {description}")}.",
        "check that the client is registered at the issuer with this key and these scopes.");

    internal static SandboxException JournalBroken(string file, int line) => new(
        "VKP-951",
        $"The simulated EPJ's journal '{file}' is broken at line {line}, which is not the last one, so it is no torn write.",
        "keep the file for study and start with another journal folder.");

    internal static SandboxException UnknownKind(string kind, IEnumerable<string> known) => new(
        "VKP-953",
        $"There is no simulated EPJ of kind '{kind}'.",
        $"Known: {string.Join(", ", known)}.");

    internal static SandboxException NoQueue(string kind) => new(
        "VKP-958",
        $"A simulated EPJ of kind '{kind}' was given no queue to take messages from.",
        "name the transport's address, and the user and queue there.");

    internal static SandboxException JournalInUse(string folder) => new(
        "VKP-952",
        $"The journal folder '{folder}' is in use by another simulated EPJ.",
        "stop the other one, or give this one its own folder.");
}
