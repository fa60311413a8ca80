using System.Text.RegularExpressions;

namespace Vkp.Cli;

/// <summary>A command cannot do what it was asked: one line for a person, and an exit code (sysexits).</summary>
public sealed partial class CommandException(string code, string what, string hint, int exitCode = 1) : Exception($"{code} {what} Hint: {hint}")
{
    public int ExitCode { get; } = exitCode;

    public static CommandException RoomStopped(Exception fault) => new(
        "VKP-998", $"A room of the hub has stopped on a fault ({fault.GetType().Name}), so the hub stops.", "Start it again: everything accepted is kept. Report what its log says.", 70);

    public static CommandException NoHub(string directory) => new(
        "VKP-910", $"No hub runs on the data directory '{directory}'.", "Start one with './vkp up', or name its directory with '--data'.", 69);

    public static CommandException HubAway(Uri hub) => new(
        "VKP-911", $"The hub at {hub} does not answer.", "See whether './vkp up' still runs; start it again if not.", 69);

    public static CommandException NotSignedIn() => new(
        "VKP-925", "Nobody has signed in, and the machine's own token is switched off.", "Run 'vkp login'.", 77);

    public static CommandException SignInOver() => new(
        "VKP-926", "Your sign-in has ended.", "Run 'vkp login' again, or 'vkp logout' to act as the machine where that is allowed.", 77);

    public static CommandException NobodySignsIn() => new(
        "VKP-927", "It is not known where people sign in.", "Start the hub with '--staff-issuer', or name hub, issuer and client: 'vkp login --hub URL --issuer URL --client ID'.", 64);

    public static CommandException SignInRefused(string problem) => new(
        "VKP-928", $"The issuer did not sign you in: {problem}.", "Run 'vkp login' again; ask whoever runs the issuer if it stays.", 77);

    public static CommandException NoSandbox() => new(
        "VKP-912", "This hub runs without a sandbox, so there is no development client to send as.", "Fetch a token from the real issuer and use curl.", 69);

    public static CommandException PortTaken(int port) => new(
        "VKP-913", $"Port {port} is taken, or one of the two after it.", "Give another with '--port N', or stop what listens there ('./vkp status' if it is a hub).", 69);

    /// <summary>A base address with its closing slash.</summary>
    /// <exception cref="CommandException">VKP-922: it is none.</exception>
    public static Uri Address(string text) => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
        ? address
        : throw new CommandException("VKP-922", "The address given is not an absolute http or https address.", "Write it with scheme and host, 'https://epj.example.org/api'.", 64);

    public static CommandException NoFile(string file) => new("VKP-914", $"The file '{file}' cannot be read.", "Check the path.", 66);

    public static CommandException NotThisExport(string file) => new(
        "VKP-907", $"The file '{file}' and what lies beside it, '{file}.position', are not this export's.", "Give another file, or remove both to begin anew.", 65);

    public static CommandException NoBrowser() => new(
        "VKP-908", "No Chromium, Chrome or Edge is installed that could print the report.", "Install one (Debian: apt-get install chromium), or write the page with '--format html --out FILE' and print it in a browser elsewhere.", 69);

    /// <param name="ended">How the browser ended.</param>
    public static CommandException NotPrinted(string program, string ended) => new(
        "VKP-909", $"'{program}' did not print the report: {ended}.", "Write the page with '--format html --out FILE' and print it in a browser.", 69);

    public static CommandException UnknownTrigger(string name) => new(
        "VKP-915", $"There is no event '{name}' to trigger.", "See all of them with 'vkp trigger'.", 64);

    public static CommandException AmbiguousTrigger(string name, IEnumerable<string> vendors) => new(
        "VKP-923", $"Several vendors have an event '{name}'.", $"Say which: {string.Join(", ", vendors)}.", 64);

    public static CommandException NoNetwork(string text) => new(
        "VKP-924", $"'{text}' is no network.", "Write it as address and length, '10.40.0.0/16'; for one municipality '888134574=10.40.0.0/16'.", 64);

    public static CommandException NoRequest(string text) => new(
        "VKP-906", $"'{text}' is no request.", "Write method and path, 'POST v1/Composition'.", 64);

    public static CommandException UnknownClient(string name, IEnumerable<string> known) => new(
        "VKP-916", $"There is no development client '{name}'.", $"Known: {string.Join(", ", known)}.", 64);

    public static CommandException NoClient() => new(
        "VKP-954", "A hub is named, and not as whom the journal system fetches from it.", "Give '--issuer URL --client ID' too, and '--key FILE' if it has a key.", 64);

    public static CommandException NoTransport() => new(
        "VKP-949", "VKP_DATABASE is given, and 'up' makes a transport database in a PostgreSQL of its own only.", "Run without VKP_DATABASE, or make a place yourself (contracts/messages) and start 'vkp sandbox epj nservicebus-postgresql' beside the hub.", 64);

    public static CommandException NoQueue(string kind, string missing) => new(
        "VKP-959", $"A journal system of kind '{kind}' takes messages from a queue, and it is not said where that is.", $"Give {missing}. 'vkp up --fetching-epj nservicebus-postgresql' has one of its own.", 64);

    /// <param name="fetches">Whether a journal system of this kind fetches.</param>
    public static CommandException SelfTestNeeds(string adapter, bool fetches) => new(
        "VKP-942", fetches ? $"A journal system of kind '{adapter}' fetches, and it is not said which it is." : $"A journal system of kind '{adapter}' is called, and it is not said where.",
        fetches ? "Give '--destination NAME', its name in the municipality's file." : "Give '--address URL', the interface's base address.", 64);

    public static CommandException NotFetching(string name, IEnumerable<string> fetching) => new(
        "VKP-943", $"The sandbox's municipality has no destination '{name}' that fetches.",
        $"It has: {string.Join(", ", fetching.DefaultIfEmpty("none"))}. Register yours in its file (adapter jft-pull, settings with its client) and run 'vkp config apply FILE'.", 64);

    public static CommandException QueueNotTried(string adapter) => new(
        "VKP-944", $"A journal system of kind '{adapter}' answers over its queue, which the self-test does not watch.",
        "Register it at the sandbox, send with 'vkp trigger', and follow each message with 'vkp trace ID'; contracts/messages says case by case what must come of it.", 64);

    public static CommandException SelfTestRefused(int? status, string answer) => new(
        "VKP-945", $"The hub did not take a message of the self-test: {(status is null ? "no answer" : $"HTTP {status}")} {ErrorCode().Match(answer).Value}".TrimEnd() + ".",
        "The self-test sends as the client 'responssenter-demo' (format vkp-r4): see that the municipality's file has it.", 65);

    public static CommandException SelfTestPortTaken(int port) => new(
        "VKP-946", $"Port {port}, where the self-test of a journal system that fetches listens, is taken.",
        "Stop what listens there, or start the hub with another '--port': the self-test's is nine above it.", 69);

    /// <summary>The number is not repeated.</summary>
    public static CommandException IdentityNumberGiven() => new(
        "VKP-930", "A national identity number stands on the command line, where its history keeps it.", "Commands about a patient ask for the number, or read it from standard input; remove the line from your shell's history.", 64);

    [GeneratedRegex("VKP-[0-9]{3}", RegexOptions.None, 1000)]
    private static partial Regex ErrorCode();
}
