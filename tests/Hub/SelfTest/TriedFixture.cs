using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Vkp.Adapters;
using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Cli.SelfTest.Fetching;
using Vkp.Fhir.Codes;
using Vkp.Hub.SelfTest;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>A real hub that takes proofs made for the self-test's door, and the door before it; the journal system is its test's own.</summary>
public sealed class TriedFixture : IAsyncLifetime
{
    public const string Destination = "henter";

    private static int s_ports = 20_000 + Environment.ProcessId % 4_000;

    private readonly TemporaryFolder folder = new();
    private AdminClient admin = null!;
    private HubServer node = null!;

    public TestHub Hub { get; private set; } = null!;

    /// <summary>The hub behind the door.</summary>
    public Uri Address => node.Address;

    public int Port { get; } = FreePort();

    public DevelopmentClient Client => Hub.Client("journal");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        await ConfigureAsync(endpoint: null);
        node = await Hub.StartNodeAsync(options => options with { PassedOnFrom = [new Uri($"http://127.0.0.1:{Port}/")] });
        admin = new AdminClient(Running);
    }

    public RunningHub Running => new(Environment.ProcessId, node.Address, TestHub.AdminToken, Hub.Issuer.BaseAddress, null, TestHub.OrgNo) { SelfTest = new Uri($"http://127.0.0.1:{Port}/") };

    /// <summary>The journal system that fetches is the municipality's only one, and the stranger is somebody the hub knows.</summary>
    /// <param name="endpoint">Where it may be told that there is something.</param>
    public Task ConfigureAsync(Uri? endpoint)
    {
        var file = TestHub.Configuration(Hub.Epj.FhirBase, morePatients: $"- {{ identifiers: [ {{ value: \"{SyntheticPeople.Stranger.NationalId}\" }} ], services: [ MD, TA ] }}");
        var push = $"name: epj, adapter: fhir-messaging, address: \"{Hub.Epj.FhirBase}\"";
        var first = file.IndexOf(push, StringComparison.Ordinal);
        var endpoints = endpoint is null ? "" : $", endpoints: \"{endpoint}\"";
        return Hub.ConfigureAsync($"{file[..first]}name: {Destination}, adapter: jft-pull, settings: {{ client: journal{endpoints} }}{file[(first + push.Length)..]}");
    }

    public Task<FetchDoor> OpenDoorAsync() => FetchDoor.StartAsync(Port, node.Address, TimeProvider.System, Ct);

    /// <param name="hopeless">The checks that will wait in vain: for them alone the wait is short, however slow the machine is with all before.</param>
    public async Task<EpjCertificate> RunAsync(FetchDoor door, TimeSpan? wait = null, string? patient = null, string? stranger = null, string kind = EpjKind.Pulling, string destination = Destination, params string[] hopeless)
    {
        var clock = new HurriedClock();
        var pace = new FetchingPace(wait ?? TimeSpan.FromMinutes(1), Outage: TimeSpan.FromSeconds(2));
        var test = new FetchingSelfTest(
            kind, new TriedHub(admin, SendAsync, destination), door, Person(patient ?? SyntheticPeople.All[0].NationalId), Person(stranger ?? SyntheticPeople.Stranger.NationalId), pace, clock,
            line => clock.Hurry(hopeless.Any(check => line[..line.IndexOf(':', StringComparison.Ordinal)].Contains(check, StringComparison.Ordinal))));
        return await test.RunAsync(Guid.NewGuid(), Ct);
    }

    /// <summary>A simulated journal system that fetches through the door.</summary>
    public Task<FetchingEpj> StartSimulatedAsync(FetchDoor door, string kind, bool deduplicates = true) => FetchingEpj.StartAsync(
        new FetchingEpjOptions(folder.File($"epj-{Guid.NewGuid():N}"), kind, new HubAccess(door.Address, Hub.Issuer.BaseAddress, Client)) { Interval = TimeSpan.FromMilliseconds(100), Deduplicates = deduplicates },
        TimeProvider.System, Ct);

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        await node.DisposeAsync();
        await Hub.DisposeAsync();
        folder.Dispose();
    }

    private async Task<SendReport> SendAsync(ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Address, $"epj/r4/{TestHub.OrgNo}/composition")) { Content = new ReadOnlyMemoryContent(note) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Hub.TokenAsync("responses", "nhn:vkp/api/user/composition.write"));
        using var answer = await Hub.Http.SendAsync(request, ct);
        return new SendReport("note", "note", 1, answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync(ct), TimeSpan.Zero);
    }

    /// <summary>Time passes as it does, but a wait is over a dozen times as soon while it is hurried.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private readonly Lock gate = new();
        private long last = System.GetTimestamp();
        private long ahead;
        private bool isHurried;

        public void Hurry(bool isNow)
        {
            GetTimestamp();
            isHurried = isNow;
        }

        public override long GetTimestamp()
        {
            lock (gate)
            {
                var now = System.GetTimestamp();
                if (isHurried) ahead += 11 * (now - last);
                last = now;
                return now + ahead;
            }
        }
    }

    private static SourceIdentifier Person(string number) => new(IdentifierSystems.Fodselsnummer, number);

    /// <summary>Below those that the system gives to whoever asks for any: nobody else of this run takes it meanwhile.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref s_ports);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's; the next.
            }
        }
    }
}
