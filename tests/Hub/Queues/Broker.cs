using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>
/// One private RabbitMQ per test process, of the installed package, started when the first test asks and stopped when the process exits. Each virtual host is used
/// by one test, has a user for the hub and one for the endpoint, and neither user reaches another's.
/// </summary>
public static class Broker
{
    public const string PasswordVariable = "VKP_TEST_BROKER_PASSWORD";
    public const string Password = "for-tests";

    /// <summary>Reads every queue, as whoever runs a broker does.</summary>
    public const string Operator = "operator";

    private const int HostsMax = 24;
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static readonly Lazy<Task<int>> Started = new(StartAsync);
    private static int s_hosts;

    /// <summary>A virtual host that nobody has used yet.</summary>
    public static async Task<BrokerPlace> AddAsync()
    {
        var port = await Started.Value;
        var number = Interlocked.Increment(ref s_hosts);
        Assert.True(number <= HostsMax, "more tests than virtual hosts: raise HostsMax");
        return new BrokerPlace(port, $"place{number.ToString(CultureInfo.InvariantCulture)}");
    }

    private static async Task<int> StartAsync()
    {
        Assert.True(File.Exists(Program), "RabbitMQ is not installed: apt-get install rabbitmq-server (./vkp test does it).");
        Environment.SetEnvironmentVariable(PasswordVariable, Password);
        var folder = Directory.CreateTempSubdirectory("vkp-broker-").FullName;
        var ports = FreePorts(3);
        await File.WriteAllTextAsync(Path.Combine(folder, "definitions.json"), Definitions());
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{ports[0]}
            load_definitions = {folder}/definitions.json
            disk_free_limit.absolute = 1MB

            """));
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        // The shell outlives this process when it is killed, notices by its closed input, and takes the broker and its port mapper with it.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"""
            trap '' INT TERM HUP
            {Program.Replace("/bin/", "/lib/rabbitmq_server-*/sbin/", StringComparison.Ordinal)} >server.log 2>&1 </dev/null &
            cat >/dev/null
            pid=$(cat pid) && kill -9 "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
            epmd -port {ports[1].ToString(CultureInfo.InvariantCulture)} -kill >/dev/null 2>&1
            cd / && rm -rf "{folder}"
            """);
        foreach (var (name, value) in Variables(folder, ports)) start.Environment[name] = value;
        var keeper = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            keeper.StandardInput.Close();
            keeper.WaitForExit(TimeSpan.FromSeconds(10));
        };
        await UntilListeningAsync(ports[0], folder);
        return ports[0];
    }

    private static Dictionary<string, string> Variables(string folder, int[] ports) => new()
    {
        ["HOME"] = folder,
        ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"vkp{ports[0]}@localhost"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
        ["RABBITMQ_DIST_PORT"] = ports[2].ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = ports[1].ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
    };

    /// <summary>Virtual hosts, users and rights, as an operator would make them for destinations.</summary>
    private static string Definitions()
    {
        var places = Enumerable.Range(1, HostsMax).Select(number => new BrokerPlace(0, $"place{number.ToString(CultureInfo.InvariantCulture)}")).ToList();
        object User(string name) => new { name, password_hash = Hash(Password), hashing_algorithm = "rabbit_password_hashing_sha256", tags = "" };
        return JsonSerializer.Serialize(new
        {
            vhosts = places.Select(p => new { name = p.Host }),
            users = places.SelectMany(p => new[] { User(p.HubUser), User(p.EndpointUser) }).Append(User(Operator)),
            // What quorum queues have by themselves from RabbitMQ 4 on: a message that comes back more often is dropped.
            policies = places.Select(p => new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["vhost"] = p.Host, ["name"] = "as in RabbitMQ 4", ["pattern"] = ".*", ["apply-to"] = "queues", ["priority"] = 0, ["definition"] = new Dictionary<string, int>(StringComparer.Ordinal) { ["delivery-limit"] = 20 },
            }),
            permissions = places.SelectMany(Rights).Concat(places.Select(p => new JsonObject { ["vhost"] = p.Host, ["user"] = Operator, ["configure"] = "", ["write"] = "", ["read"] = ".*" })),
        });
    }

    /// <summary>The published ones, word for word.</summary>
    private static IEnumerable<JsonNode?> Rights(BrokerPlace place) => JsonNode.Parse(Repository.ReadText("contracts", "messages", "rabbitmq", "provision-destination.json")
        .Replace("{host}", place.Host, StringComparison.Ordinal).Replace("{hub}", place.HubUser, StringComparison.Ordinal).Replace("{endpoint}", place.EndpointUser, StringComparison.Ordinal)
        .Replace("{owner}", "[0-9]{9}/epj", StringComparison.Ordinal).Replace("{queue}", "(Kommune|Eksempel)[.]Epj", StringComparison.Ordinal))!["permissions"]!.AsArray();

    private static string Hash(string password)
    {
        byte[] salt = [1, 2, 3, 4];
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }

    private static async Task UntilListeningAsync(int port, string folder)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await pause.WaitForNextTickAsync())
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                var log = Path.Combine(folder, "server.log");
                Assert.True(TimeProvider.System.GetElapsedTime(started) < Asking.Patience, File.Exists(log) ? await File.ReadAllTextAsync(log) : "RabbitMQ said nothing");
            }
        }
    }
}

/// <summary>One destination's virtual host.</summary>
public sealed record BrokerPlace(int Port, string Host)
{
    public string HubUser => Host + "-hub";

    public string EndpointUser => Host + "-endpoint";

    public Uri Address => AddressAt(Port);

    public Uri AddressAt(int port) => new($"amqp://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/{Host}");

    /// <summary>An answer that the hub has set aside, by its reason; null when there is none.</summary>
    public async Task<string?> TakeSetAsideAsync()
    {
        await using var login = await AmqpEndpoint.ConnectAsync(Host, Broker.Operator, Port);
        await using var channel = await login.CreateChannelAsync();
        return await channel.BasicGetAsync("vkp.hub.error", autoAck: true) is { } found ? Encoding.UTF8.GetString((byte[])found.BasicProperties.Headers!["Vkp.Error"]!) : null;
    }

    /// <summary>The destination as a configuration file names it.</summary>
    public string Yaml(string more = "") =>
        $"adapter: rabbitmq, address: \"{Address}\", settings: {{ client: journal, user: {HubUser}, password: \"env:{Broker.PasswordVariable}\"{more} }}";
}
