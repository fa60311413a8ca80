using System.CommandLine;
using Vkp.Cli.Vendor;
using Vkp.Sandbox;

namespace Vkp.Cli.SandboxEpj;

/// <summary>`vkp sandbox epj` for journal systems that fetch: which hub, as which client, how often; and what it says while it runs.</summary>
internal sealed class FetchingSettings
{
    /// <summary>Beside those that `vkp up` takes.</summary>
    public const int SubscriberPort = 5710;

    private readonly Option<string?> hub = new("--hub") { Description = "For those that fetch: the hub (default: the one 'vkp up' runs)" };
    private readonly Option<string?> issuer = new("--issuer") { Description = "With --hub: where tokens come from" };
    private readonly Option<string?> client = new("--client") { Description = "With --hub: the client that fetches" };
    private readonly Option<string?> key = new("--key") { Description = "With --hub: the client's private key as JWK; made when it is not there (default: beside the sandbox's own)" };
    private readonly Option<int?> every = new("--every") { Description = "Seconds between looking (default: 10, at a queue 1)" };

    private readonly Option<string> payload = new Option<string>("--payload") { Description = $"What comes with a notification ({EpjKind.Subscribing})", DefaultValueFactory = _ => "id-only" }.AcceptOnlyFromAmong("empty", "id-only", "full-resource");

    private readonly QueueSettings queue = new();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[hub, issuer, client, key, every, payload]) command.Add(option);
        queue.AddTo(command);
    }

    /// <summary>The destination that the municipality registers for it, as a line of its file.</summary>
    public static string DestinationOf(FetchingEpj epj, string client, QueuePart? queue)
    {
        if (queue is not null) return $"- {{ name: epj-henter, {queue.Destination(epj.Kind, client)} }}";
        var endpoints = epj.Kind == EpjKind.Subscribing ? $", endpoints: \"{epj.NotificationAddress}\"" : "";
        return $"- {{ name: epj-henter, adapter: {EpjKind.Pulling}, settings: {{ client: {client}{endpoints} }} }}";
    }

    public async Task<int> RunAsync(ParseResult parsed, string kind, string folder, int? port, CancellationToken ct)
    {
        var part = queue.Read(parsed, kind);
        var access = AccessOf(parsed);
        RoundReport? last = null;
        var options = new FetchingEpjOptions(folder, kind, access, port ?? (kind == EpjKind.Subscribing ? SubscriberPort : 0))
        {
            Payload = parsed.GetRequiredValue(payload),
            Queue = part?.Endpoint,
            // A queue is looked into as an endpoint does it; a hub's lists are left alone for longer.
            Interval = TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(every) ?? (part is null ? 10 : 1))),
            Rounds = round =>
            {
                // A hub that is away is said once, not every time.
                if (round != last) Console.WriteLine(Line(round));
                last = round.Documents > 0 ? null : round;
            },
        };
        await using var epj = await FetchingEpj.StartAsync(options, TimeProvider.System, ct);
        Console.WriteLine($"""
            {kind}
              fetches from {access.Hub} as the client {access.Client.ClientId}{(part is null ? "" : $", told by the queue {part.Endpoint}")}
              its destination in the municipality's file ('vkp config plan FILE', 'vkp config apply FILE'):
                {DestinationOf(epj, access.Client.ClientId, part)}
              journal:   {epj.BaseAddress}journal
              fetch now: POST {epj.BaseAddress}control/fetch
              faults:    PUT {epj.BaseAddress}control/faults
            """);
        if (parsed.GetValue(hub) is not null) Console.WriteLine($"  its issuer must know this key: {access.Client.PublicJwk}");
        var ended = await Task.WhenAny(epj.Ended, Task.Delay(Timeout.Infinite, ct));
        if (ended.IsFaulted) await ended;
        return 0;
    }

    private static string Line(RoundReport round)
    {
        var done = round.Documents > 0 ? $"{round.Documents} documents: {round.Acknowledged} acknowledged, {round.Rejected} rejected, {round.Left} left for next time" : "";
        var wait = round.NotBefore is { } until ? $"the hub asks to be left alone until {until:HH:mm:ss}Z" : "";
        return string.Join("; ", ((string[])[done, round.Problem ?? "", wait]).Where(part => part.Length > 0));
    }

    private HubAccess AccessOf(ParseResult parsed)
    {
        var directory = Shared.DirectoryOf(parsed);
        if (parsed.GetValue(hub) is not { } address)
        {
            var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
            return new HubAccess(running.Hub, running.Issuer ?? throw CommandException.NoSandbox(), DemoClient.JournalSystem.Open(directory));
        }

        if (parsed.GetValue(issuer) is not { } tokens || parsed.GetValue(client) is not { } id) throw CommandException.NoClient();
        var file = parsed.GetValue(key) ?? Path.Combine(directory.Sandbox, "clients", id + ".jwk");
        return new HubAccess(CommandException.Address(address), CommandException.Address(tokens), DevelopmentClient.Open(id, file, TimeProvider.System));
    }
}
