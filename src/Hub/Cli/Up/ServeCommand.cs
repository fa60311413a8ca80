using System.CommandLine;
using System.Security.Cryptography;
using Vkp.EmbeddedPostgres;
using Vkp.Hub;
using Vkp.Hub.Escalation;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;

namespace Vkp.Cli.Up;

/// <summary>`vkp serve`: the hub alone, without a sandbox, against a real issuer.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "0 = any free", DefaultValueFactory = _ => 5700 };
        var listen = new Option<string>("--listen") { Description = "Address; loopback only for now", DefaultValueFactory = _ => "127.0.0.1" };
        var issuer = new Option<string?>("--issuer") { Description = "The token issuer's address (default: VKP_ISSUER)" };
        var environment = new Option<HubEnvironment>("--environment") { Description = "development, test or production", DefaultValueFactory = _ => HubEnvironment.Production };
        var published = new Option<Uri[]>("--public-address")
        {
            Description = "Behind a reverse proxy: the address the hub is called under; proofs of possession name it. May be given several times",
            DefaultValueFactory = _ => [],
            CustomParser = given => [.. given.Tokens.Select(token => CommandException.Address(token.Value))],
        };
        var networks = new Option<AllowedNetwork[]>("--allow-network")
        {
            Description = "A private network where journal systems are, 888134574=10.40.0.0/16 for that municipality's, 10.40.0.0/16 for everybody's; others of that kind are never connected to. May be given several times",
            DefaultValueFactory = _ => [],
            CustomParser = given => [.. given.Tokens.Select(token => AllowedNetwork.Parse(token.Value))],
        };
        var rate = new Option<int>("--client-rate") { Description = "Requests of one client and second, where the configuration says nothing; 0 = no limit", DefaultValueFactory = _ => Limits.RequestsPerClientAndSecond };
        var staff = new StaffSettings();
        var command = new Command("serve", "Run the hub alone, without a sandbox (database from VKP_DATABASE, else its own)") { port, listen, issuer, environment, published, networks, rate };
        staff.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(
            Shared.DirectoryOf(parsed), parsed.GetRequiredValue(listen), parsed.GetValue(port),
            parsed.GetValue(issuer) ?? Environment.GetEnvironmentVariable("VKP_ISSUER"), parsed.GetValue(environment), 
            new Surroundings(parsed.GetRequiredValue(published), parsed.GetRequiredValue(networks), parsed.GetValue(rate)), staff.Read(parsed), ct));
        return command;
    }

    private static Func<MailOptions?> MailRelayGiven()
    {
        if (Secrets.ReadAtStart("VKP_SMTP") is { Length: > 0 } given && MailOptions.Parse(given) is null)
            throw new CommandException("VKP-962", "VKP_SMTP is no mail relay.", "Give 'smtps://user:password@host:port?from=address', or 'smtp://' without encryption.", 64);

        return () => MailOptions.Parse(Secrets.Read("VKP_SMTP"));
    }

    private static async Task<int> RunAsync(DataDirectory directory, string listen, int port, string? issuer, HubEnvironment environment, Surroundings around, StaffAccess staff, CancellationToken ct)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var authority)) throw new CommandException("VKP-918", "No token issuer is given.", "Give '--issuer URL' or VKP_ISSUER.", 64);

        // Before a database is made: what is refused leaves nothing behind.
        HubServer.Loopback(listen);
        IssuerKeys.Check(authority, environment);
        if (staff.Options is { } people) IssuerKeys.Check(people.Issuer, environment);
        directory.Create();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new LineProgress(Console.Out);
        var given = Secrets.ReadAtStart("VKP_DATABASE");
        await using var cluster = string.IsNullOrEmpty(given) ? await Cluster.StartAsync(directory.Path, progress, ct) : null;
        var supervision = cluster?.SuperviseAsync(progress, stopping.Token) ?? Task.CompletedTask;
        var adminToken = staff.HasMachineToken ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) : null;
        await using (var hub = await HubServer.StartAsync(
            new HubOptions
            {
                Database = given is { Length: > 0 } ? given : cluster!.ConnectionString,
                MasterKey = MasterKey.Load(Secrets.ReadAtStart("VKP_MASTER_KEY"), directory.MasterKeyFile),
                Issuer = authority,
                AdminToken = adminToken,
                Staff = staff.Options,
                Address = listen,
                Port = port,
                AnchorFolder = directory.Anchors,
                Environment = environment,
                PublicAddresses = around.Published,
                AllowedNetworks = AllowedNetwork.OfAll(around.Networks),
                AllowedNetworksOf = AllowedNetwork.OfEach(around.Networks),
                RequestsPerClientAndSecond = around.ClientRate,
                Mail = MailRelayGiven(),
            },
            TimeProvider.System, ct))
        {
            directory.Announce(new RunningHub(Environment.ProcessId, hub.Address, adminToken, null, null, null) { Staff = staff.Announced });
            Console.WriteLine($"listening on {hub.Address}");
            var interrupted = Task.Delay(Timeout.Infinite, ct);
            var ended = await Task.WhenAny(interrupted, hub.Fault);
            directory.Withdraw();
            if (ended == hub.Fault) throw CommandException.RoomStopped(await hub.Fault);
        }

        await stopping.CancelAsync();
        await supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    /// <summary>What lies around the hub: who calls it by which address, whom it may call, how often it may be called.</summary>
    private sealed record Surroundings(IReadOnlyList<Uri> Published, IReadOnlyList<AllowedNetwork> Networks, int ClientRate);
}
