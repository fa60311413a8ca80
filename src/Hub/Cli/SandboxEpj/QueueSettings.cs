using System.CommandLine;
using System.Text.RegularExpressions;
using Vkp.Hub;
using Vkp.Sandbox;

namespace Vkp.Cli.SandboxEpj;

/// <summary>`vkp sandbox epj` for journal systems that take messages from a queue: where it is, and as whom it is reached there.</summary>
internal sealed partial class QueueSettings
{
    /// <summary>Holds the endpoint's password, or with `_FILE` behind it names the file that does.</summary>
    public const string PasswordVariable = "VKP_QUEUE_PASSWORD";

    private readonly Option<string?> address = new("--queue-address") { Description = $"For {string.Join(" and ", EpjKind.Queued)}: postgresql://HOST:PORT/DATABASE, or amqp(s)://HOST:PORT/VIRTUAL-HOST" };
    private readonly Option<string?> user = new("--queue-user") { Description = $"With --queue-address: the journal system's own role or user there; its password is in {PasswordVariable}" };
    private readonly Option<string?> schema = new("--queue-schema") { Description = $"With --queue-address ({EpjKind.PostgreSqlQueue}): the schema that is this journal system's alone" };
    private readonly Option<string> queue = new("--queue") { Description = "With --queue-address: what the journal system's queue is called", DefaultValueFactory = _ => QueueAccess.DefaultQueue };
    private readonly Option<string> hubUser = new("--hub-user") { Description = "With --queue-address: the hub's role or user there, for the destination that is printed", DefaultValueFactory = _ => "HUB_USER" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[address, user, schema, queue, hubUser]) command.Add(option);
    }

    /// <summary>Null for a kind that has no queue.</summary>
    /// <exception cref="CommandException">VKP-959: something that the kind needs is missing, or is none.</exception>
    public QueuePart? Read(ParseResult parsed, string kind)
    {
        if (!EpjKind.Queued.Contains(kind, StringComparer.Ordinal)) return null;

        string[] schemes = kind == EpjKind.PostgreSqlQueue ? ["postgresql"] : ["amqp", "amqps"];
        if (!Uri.TryCreate(parsed.GetValue(address), UriKind.Absolute, out var place) || !schemes.Contains(place.Scheme) || place.UserInfo.Length > 0 || place.AbsolutePath.Length < 2)
            throw CommandException.NoQueue(kind, $"--queue-address {schemes[^1]}://HOST:PORT/{(kind == EpjKind.PostgreSqlQueue ? "DATABASE" : "VIRTUAL-HOST")}");
        if (place.Scheme == "amqp" && !place.IsLoopback) throw CommandException.NoQueue(kind, "an amqps address; amqp without TLS is for this machine only");
        if (parsed.GetValue(user) is not { Length: > 0 } login) throw CommandException.NoQueue(kind, "--queue-user NAME");
        if (kind == EpjKind.PostgreSqlQueue && !PlainName().IsMatch(parsed.GetValue(schema) ?? "")) throw CommandException.NoQueue(kind, "--queue-schema NAME, of letters, digits, '_', '.' and '-'");
        if (!PlainName().IsMatch(parsed.GetRequiredValue(queue))) throw CommandException.NoQueue(kind, "--queue NAME, of letters, digits, '_', '.' and '-', at most 55");

        var access = new QueueAccess(place, login, Secrets.Read(PasswordVariable), parsed.GetRequiredValue(queue)) { Schema = parsed.GetValue(schema) };
        return new QueuePart(access, parsed.GetRequiredValue(hubUser), "VKP_HUB_QUEUE_PASSWORD");
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,55}$", RegexOptions.None, 1000)]
    private static partial Regex PlainName();
}

/// <summary>Both sides of a queue: the journal system's, and what the hub is told of its own.</summary>
/// <param name="PasswordVariable">Where the hub finds its password.</param>
public sealed record QueuePart(QueueAccess Endpoint, string HubUser, string PasswordVariable)
{
    /// <summary>Of the destination that a municipality registers, what stands between its name and its client.</summary>
    internal string Destination(string kind, string client)
    {
        var own = Endpoint.Schema is { } schema ? $"schema: {schema}" : $"queue: {Endpoint.Queue}";
        return $"adapter: {kind}, address: \"{Endpoint.Address}\", settings: {{ client: {client}, {own}, user: {HubUser}, password: \"env:{PasswordVariable}\" }}";
    }
}
