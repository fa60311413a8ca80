using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Vkp.Cli.Admin;
using Vkp.Cli.SandboxEpj;
using Vkp.Cli.Vendor;
using Vkp.EmbeddedPostgres;
using Vkp.Hub;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Staff;
using Vkp.Sandbox;

namespace Vkp.Cli.Up;

/// <param name="Port">The hub's; the simulated EPJ and the issuer take the two after it. 0 = any free ports.</param>
public sealed record LocalHubOptions(DataDirectory Directory, int Port, IProgress<string> Progress)
{
    /// <summary>No municipality is made known to the hub: somebody else does that.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The kind of a second journal system, one that fetches; it takes the port after the issuer's. Null = none.</summary>
    public string? FetchingEpj { get; init; }

    /// <summary>Where `vkp selftest epj` may pass on what a journal system that fetches asks: the hub takes proofs made for there. 0 = nowhere.</summary>
    public int SelfTestPort { get; init; } = Port == 0 ? 0 : Port + 9;

    /// <summary>The kinds it can be: those that need nothing but what is run here.</summary>
    public static IReadOnlyList<string> FetchingKinds { get; } = [EpjKind.Pulling, EpjKind.Subscribing, EpjKind.PostgreSqlQueue];
}

/// <summary>Everything `vkp up` runs, each a real server of its own: a private PostgreSQL (or VKP_DATABASE), a token issuer, a simulated EPJ, and the hub.</summary>
public sealed class LocalHub : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly DataDirectory directory;
    private QueuePart? queue;
    private Task supervision = Task.CompletedTask;

    private LocalHub(DataDirectory directory) => this.directory = directory;

    public RunningHub Running { get; private set; } = null!;

    public SimulatedEpj Epj { get; private set; } = null!;

    /// <summary>The one that fetches, where there is one.</summary>
    public FetchingEpj? Fetching { get; private set; }

    /// <summary>Ends when the hub has stopped on a fault of its own.</summary>
    public Task<Exception> Fault { get; private set; } = null!;

    /// <summary>Starts all parts in order of need; on a failure stops those already running.</summary>
    public static async Task<LocalHub> StartAsync(LocalHubOptions options, CancellationToken ct)
    {
        var local = new LocalHub(options.Directory);
        try
        {
            await local.StartPartsAsync(options, ct);
            return local;
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    /// <summary>A sender for one of the sandbox's vendors, over real HTTP with a real token.</summary>
    public VendorSender SenderOf(DemoClient demo, HttpClient http)
    {
        var client = demo.Open(directory);
        return new VendorSender(http, Running.Hub, cancel => client.BearerAsync(http, Running.Issuer!, cancel), TimeProvider.System);
    }

    /// <summary>Stops everything, last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        directory.Withdraw();
        await stopping.CancelAsync();
        await supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (parts.TryPop(out var part)) await part.DisposeAsync();
        stopping.Dispose();
    }

    private async Task StartPartsAsync(LocalHubOptions options, CancellationToken ct)
    {
        if (options.Port != 0) CheckPorts(options.Port, options.FetchingEpj is null ? 3 : 4);
        options.Directory.Create();
        var database = await DatabaseAsync(options, ct);
        if (options.FetchingEpj == EpjKind.PostgreSqlQueue) queue = await SandboxTransport.MakeAsync(database, "vkp_transport", ct);

        Epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(options.Directory.Sandbox, "epj"), Offset(options.Port, 1)), TimeProvider.System, ct);
        parts.Push(Epj);
        var issuer = await IssuerAsync(options, ct);
        parts.Push(issuer);

        var staff = new StaffOptions(new Uri(issuer.Issuer));
        var selfTest = options.SelfTestPort == 0 ? null : new UriBuilder("http", "127.0.0.1", options.SelfTestPort).Uri;
        var adminToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var hub = await HubServer.StartAsync(
            new HubOptions
            {
                Database = database,
                MasterKey = MasterKey.Load(Secrets.ReadAtStart("VKP_MASTER_KEY"), options.Directory.MasterKeyFile),
                Issuer = new Uri(issuer.Issuer),
                AdminToken = adminToken,
                Staff = staff,
                Port = options.Port,
                AnchorFolder = options.Directory.Anchors,
                Environment = HubEnvironment.Development,
                PassedOnFrom = selfTest is null ? [] : [selfTest],
                // Whoever tries the sandbox by load measures the hub, not this.
                RequestsPerClientAndSecond = 0,
            },
            TimeProvider.System, ct);
        parts.Push(hub);
        Fault = hub.Fault;

        Running = new RunningHub(Environment.ProcessId, hub.Address, adminToken, issuer.BaseAddress, Epj.BaseAddress, SandboxFile.OrgNo) { Staff = new StaffIssuer(staff.Issuer, staff.Client, staff.Audience), SelfTest = selfTest };
        options.Directory.Announce(Running);
        if (options.FetchingEpj is { } kind) Fetching = await FetchingAsync(kind, options, ct);
        if (options.IsEmpty) return;

        await ConfigureAsync(options.Directory, ct);
        // Known now. One that subscribes is told of nothing that was offered before it did.
        if (Fetching is not null) await Fetching.FetchNowAsync(ct);
    }

    private async Task<string> DatabaseAsync(LocalHubOptions options, CancellationToken ct)
    {
        if (Secrets.ReadAtStart("VKP_DATABASE") is { Length: > 0 } given)
        {
            // What is an operator's own gets no databases and roles beside the hub's.
            return options.FetchingEpj == EpjKind.PostgreSqlQueue ? throw CommandException.NoTransport() : given;
        }

        var cluster = await Cluster.StartAsync(options.Directory.Path, options.Progress, ct);
        parts.Push(cluster);
        supervision = cluster.SuperviseAsync(options.Progress, stopping.Token);
        return cluster.ConnectionString;
    }

    private static async Task<DevelopmentIssuer> IssuerAsync(LocalHubOptions options, CancellationToken ct)
    {
        var clients = DemoClient.Known.Select(demo => demo.Open(options.Directory).AsRegistered(demo.VkpId, SandboxFile.OrgNo, demo.Scopes)).ToList();
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal) { ["nhn:vkp/"] = "nhn:vkp", ["nhn:jft/"] = "nhn:jft", ["vkp:vendors/"] = "nhn:vkp", ["vkp:measurements/"] = "nhn:vkp" };
        return await DevelopmentIssuer.StartAsync(
            new DevelopmentIssuerOptions(nameof(HubEnvironment.Development), Path.Combine(options.Directory.Sandbox, "issuer"), audiences, clients, Offset(options.Port, 2)) { StaffClient = StaffOptions.DefaultClient, StaffAudience = StaffOptions.DefaultAudience },
            TimeProvider.System, ct);
    }

    /// <summary>Its first look comes before the municipality knows of it: where it is reached stands in what the municipality is told.</summary>
    private async Task<FetchingEpj> FetchingAsync(string kind, LocalHubOptions options, CancellationToken ct)
    {
        var access = new HubAccess(Running.Hub, Running.Issuer!, DemoClient.JournalSystem.Open(options.Directory));
        var epj = await FetchingEpj.StartAsync(
            new FetchingEpjOptions(Path.Combine(options.Directory.Sandbox, "epj-" + kind), kind, access, Offset(options.Port, 3)) { Interval = TimeSpan.FromSeconds(2), Queue = queue?.Endpoint }, TimeProvider.System, ct);
        parts.Push(epj);
        return epj;
    }

    /// <summary>As an integrator would: a file, applied through the administration.</summary>
    private async Task ConfigureAsync(DataDirectory data, CancellationToken ct)
    {
        var yaml = SandboxFile.Write(Epj.FhirBase, Fetching is null ? null : FetchingSettings.DestinationOf(Fetching, DemoClient.JournalSystem.Id, queue));
        await File.WriteAllTextAsync(Path.Combine(data.Sandbox, "municipality.yaml"), yaml, ct);
        using var admin = new AdminClient(Running);
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        // What somebody tried out beside it waits until it is named again: the sandbox starts all the same.
        await admin.PostAsync("admin/config/apply?leave-open=true", content, AdminJson.Default.IReadOnlyListConfigurationChange, ct);
        await GrantAsync(admin, ct);
    }

    /// <summary>The invented staff's roles, those that are not there yet: a role is granted once, and what somebody has revoked stays revoked.</summary>
    private static async Task GrantAsync(AdminClient admin, CancellationToken ct)
    {
        if ((await admin.GetAsync($"admin/staff/{SandboxFile.OrgNo}", AdminJson.Default.StaffAnswer, ct)).History.Count > 0) return;
        foreach (var person in StaffPeople.All.Where(person => person.Role.Length > 0))
        {
            using var grant = AdminClient.Json(new StaffGrantRequest(person.Subject, person.Role), AdminJson.Default.StaffGrantRequest);
            await admin.PostAsync($"admin/staff/{SandboxFile.OrgNo}/grant", grant, AdminJson.Default.ConfigurationChange, ct);
        }
    }

    private static int Offset(int port, int by) => port == 0 ? 0 : port + by;

    /// <summary>Told before anything is started: so many ports in a row must be free.</summary>
    private static void CheckPorts(int port, int count)
    {
        for (var i = 0; i < count; i++)
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port + i);
                probe.Start();
            }
            catch (SocketException)
            {
                throw CommandException.PortTaken(port);
            }
        }
    }
}
