using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Npgsql;
using Vkp.EmbeddedPostgres;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>Two municipalities, two hub processes on one database, a journal system that misbehaves, and vendors that send and send again.</summary>
public sealed class KillWorld : IAsyncDisposable
{
    private const string Client = "killed-";
    private static readonly string[] Municipalities = ["888134574", "312229544"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-kill-").FullName;
    private readonly HttpClient http = new();
    private readonly Random random = new(Environment.TickCount);
    private readonly ConcurrentDictionary<string, bool> acknowledged = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopWriting = new();
    private readonly CancellationTokenSource stopSupervising = new();
    private readonly TestSignal<string> server = new();
    private readonly Dictionary<Strike, int> struck = [];
    private Cluster cluster = null!;
    private NpgsqlDataSource database = null!;
    private SimulatedEpj epj = null!;
    private DevelopmentIssuer issuer = null!;
    private HubProcess[] hubs = null!;
    private Task supervising = Task.CompletedTask;
    private Task writing = Task.CompletedTask;
    private bool isUnwanted;

    public string Struck => string.Join(", ", struck.Select(s => $"{s.Key} {s.Value}"));

    public int Acknowledged => acknowledged.Count;

    /// <param name="plant">A bug to plant in both hubs, or null.</param>
    public static async Task<KillWorld> StartAsync(string? plant = null)
    {
        // A hub with a bug in it may never leave off sending what is refused.
        var world = new KillWorld { isUnwanted = plant is null };
        await world.StartPartiesAsync(plant);
        world.writing = Task.WhenAll(Municipalities.SelectMany((_, m) => Enumerable.Range(0, 12).Select(person => Task.Run(() => world.WriteAsync(m, person)))));
        return world;
    }

    /// <summary>One round: a little work under faults, the strike, and everything up again.</summary>
    public async Task StrikeAsync(Strike strike)
    {
        SetFaults(Strikes.Faults(random));
        await UntilAcknowledgedAsync(random.Next(20, 60));
        struck[strike] = struck.GetValueOrDefault(strike) + 1;
        switch (strike)
        {
            case Strike.KillFirstHub:
                await RestartAsync(hubs[0]);
                break;
            case Strike.KillSecondHub:
                await RestartAsync(hubs[1]);
                break;
            case Strike.KillBothHubs:
                // In the middle of calls: what they were to bring must come all the same.
                SetFaults([Strikes.Hang]);
                await epj.WaitForRequestsAsync(epj.Counters.Requests + 6, default);
                await Task.WhenAll(hubs.Select(hub => hub.KillAsync()));
                SetFaults([]);
                foreach (var hub in hubs) await StartAsync(hub, hub.Running.Hub.Port);
                break;
            case Strike.KillDatabase:
                var before = cluster.Restarts;
                using (var postmaster = Process.GetProcessById(cluster.ProcessId)) postmaster.Kill();
                await UntilAsync(() => Task.FromResult(cluster.Restarts > before), "the database is back");
                break;
            case Strike.SleepPastLease:
                await SleepAsync();
                break;
        }
    }

    /// <summary>No more is sent, the journal system is well, and every delivery comes to its end; then the accounts are compared.</summary>
    /// <param name="isPlanted">A hub with a bug in it may never come to an end; it is given this long.</param>
    public async Task<Reckoning> QuietAsync(bool isPlanted = false)
    {
        await stopWriting.CancelAsync();
        await writing;
        SetFaults([]);
        await HastenAsync();
        await UntilAsync(async () => await AskAsync("select count(*) from vkp.delivery where destination = 'epj'") >= acknowledged.Count && await AskAsync("select count(*) from vkp.delivery where finished_at is null") == 0, "every delivery is at its end");
        // What a planted bug still means to send is sent by then.
        if (isPlanted) await UntilIdleAsync();
        return Reckoning.Of([.. acknowledged.Keys], [.. epj.Journal.Select(e => e.MessageHeaderId)], await FactsAsync());
    }

    /// <summary>As a person does who has put the causes right.</summary>
    public async Task RetryRefusedAsync()
    {
        isUnwanted = false;
        SetFaults([]);
        foreach (var municipality in Municipalities)
        {
            using var selection = new StringContent($"{{\"orgNo\":\"{municipality}\",\"reason\":\"test\"}}", Encoding.UTF8, "application/json");
            using var answer = await hubs[0].AdminAsync(HttpMethod.Post, "admin/dead-letters/retry?apply=true", selection);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>As an operator does who knows that the journal system is well again: a message that met five faults would else wait ten minutes for its next try.</summary>
    private async Task HastenAsync()
    {
        foreach (var municipality in Municipalities)
        {
            await UntilAsync(
                async () =>
                {
                    using var answer = await hubs[0].AdminAsync(HttpMethod.Post, $"admin/destinations/{municipality}/epj/hasten?apply=true&reason=test");
                    return answer.IsSuccessStatusCode;
                },
                "the destination is hastened");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopWriting.CancelAsync();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Not asked to end: in the middle of a strike that failed one may wait long for a journal system, and what failed would not be told.
        foreach (var hub in hubs)
        {
            await hub.KillAsync();
            await hub.DisposeAsync();
        }

        await stopSupervising.CancelAsync();
        await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await database.DisposeAsync();
        await cluster.StopAsync();
        await cluster.DisposeAsync();
        await issuer.DisposeAsync();
        await epj.DisposeAsync();
        http.Dispose();
        stopWriting.Dispose();
        stopSupervising.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartPartiesAsync(string? plant)
    {
        // The database's own account must reach its folder below.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        cluster = await Cluster.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName, null, default);
        supervising = cluster.SuperviseAsync(server, stopSupervising.Token);
        database = NpgsqlDataSource.Create(cluster.SuperuserConnectionString);
        epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "epj")), TimeProvider.System, default);
        var clients = Municipalities.Select((orgNo, m) => ClientOf(m).AsRegistered($"Evondos_Test_{orgNo}", orgNo, [VendorFace.Scope])).ToArray();
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal) { ["vkp:vendors/"] = "nhn:vkp" };
        issuer = await DevelopmentIssuer.StartAsync(new DevelopmentIssuerOptions("Test", Path.Combine(folder, "issuer"), audiences, clients), TimeProvider.System, default);
        var environment = new Dictionary<string, string> { ["VKP_DATABASE"] = cluster.ConnectionString, ["VKP_MASTER_KEY"] = Convert.ToBase64String(new byte[32].Select((_, i) => (byte)(i + 1)).ToArray()) };
        if (plant is not null)
        {
            environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            environment[StartupHook.Variable] = plant;
        }

        hubs = [.. new[] { "hub-1", "hub-2" }.Select(name => new HubProcess(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, new Uri(issuer.Issuer), environment))];
        foreach (var hub in hubs) await StartAsync(hub, port: 0);
        await hubs[0].ConfigureAsync(Configuration());
    }

    private DevelopmentClient ClientOf(int municipality) => DevelopmentClient.Open(Client + municipality, Path.Combine(folder, $"client-{municipality}.jwk"), TimeProvider.System);

    private string Configuration()
    {
        var yaml = new StringBuilder("municipalities:\n");
        for (var m = 0; m < Municipalities.Length; m++)
        {
            yaml.Append($"  - orgNo: \"{Municipalities[m]}\"\n    name: Kommune {m}\n    policy: {{ serviceGate: off }}\n    clients: [ {{ id: {Client}{m}, vendor: evondos-style, vkpId: Evondos_Test_{Municipalities[m]} }} ]\n");
            yaml.Append($"    destinations: [ {{ name: epj, adapter: fhir-messaging, address: \"{epj.FhirBase}\" }} ]\n    patients:\n");
            foreach (var person in People(m)) yaml.Append($"      - {{ identifiers: [ {{ value: \"{person.NationalId}\" }} ], devices: [ {{ system: \"https://example.org/fhir/device-serial\", value: {person.DispenserSerial} }} ] }}\n");
        }

        return yaml.ToString();
    }

    private static IEnumerable<SyntheticPerson> People(int municipality) => SyntheticPeople.WithDispenser.Skip(municipality * 12).Take(12);

    /// <summary>A careful vendor: a patient's events one after the other, each until it is answered, now and then one that was answered already.</summary>
    private async Task WriteAsync(int municipality, int person)
    {
        var client = ClientOf(municipality);
        var sender = new VendorSender(http, hubs[person % 2].Running.Hub, ct => client.BearerAsync(http, issuer.BaseAddress, ct), TimeProvider.System);
        var (site, who) = (new DispenserSite(Municipalities[municipality]), People(municipality).ElementAt(person));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(600));
        for (var number = 0; !stopWriting.IsCancellationRequested && await pace.WaitForNextTickAsync(); number++)
        {
            var kind = number % 3 == 2 ? "dose.travelDispensed" : "dose.dispensed";
            var happened = TriggerEvents.Create(kind, site, who, TimeProvider.System.GetUtcNow(), Guid.CreateVersion7())!;
            var first = await sender.SendAsync(happened, default);
            Assert.True(first.IsAccepted, $"{first.Status} {first.Answer}");
            var id = IdOf(first);
            if (number % 10 == 9) Assert.Equal(id, IdOf(await sender.SendAsync(happened, default)));
            acknowledged[id] = true;
        }
    }

    /// <summary>One patient is refused whenever nothing worse happens, until the cause is put right: refusals that come to be believed, between kills and after them.</summary>
    private void SetFaults(IReadOnlyList<FaultRule> rules) =>
        epj.SetFaults([.. rules, .. isUnwanted ? [new FaultRule { Kind = FaultKind.Refuse, Patient = People(0).First().NationalId }] : Array.Empty<FaultRule>()]);

    private static string IdOf(SendReport report) => report.Location!.ToString().Split('/')[^2];

    private static async Task RestartAsync(HubProcess hub)
    {
        await hub.KillAsync();
        await StartAsync(hub, hub.Running.Hub.Port);
    }

    /// <summary>As a service manager does: a hub that finds no database ends, and is started again.</summary>
    private static async Task StartAsync(HubProcess hub, int port)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await hub.TryStartAsync(port)) Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, hub.Output);
    }

    /// <summary>The hub that is at work sleeps in the middle of its calls until the other has taken its work over, and wakes while the other is at it.</summary>
    private async Task SleepAsync()
    {
        SetFaults([Strikes.LateRefusal]);
        await epj.WaitForRequestsAsync(epj.Counters.Requests + 6, default);
        // The calls may be over before a hub on a busy machine has said how many it has; more come.
        var sleeper = hubs[0];
        await UntilAsync(
            async () =>
            {
                var busiest = (await Task.WhenAll(hubs.Select(async hub => (Hub: hub, Has: await WaitingAsync(hub))))).MaxBy(h => h.Has);
                sleeper = busiest.Hub;
                return busiest.Has > 0;
            },
            "a hub has calls in its hands");
        var epochs = await EpochsAsync();
        sleeper.Suspend();
        try
        {
            SetFaults([Strikes.LateEntry]);
            await UntilAsync(async () => await EpochsAsync() > epochs, "the lease is taken over");
            // Until the new owner has sent again what the sleeper was told is refused.
            await epj.WaitForRequestsAsync(epj.Counters.Requests + 4, default).WaitAsync(Patience);
        }
        finally
        {
            sleeper.Wake();
        }
    }

    /// <summary>Deliveries this process has in its hands.</summary>
    private static async Task<int> WaitingAsync(HubProcess hub)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Get, "admin/status");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.StatusReport)!.WaitingDeliveries;
    }

    private Task<long> EpochsAsync() => AskAsync("select coalesce(sum(epoch), 0)::bigint from vkp.delivery_lease");

    private async Task UntilAcknowledgedAsync(int more)
    {
        var target = acknowledged.Count + more;
        await UntilAsync(() => Task.FromResult(acknowledged.Count >= target), $"{more} more are acknowledged");
    }

    private async Task UntilIdleAsync()
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(3));
        int before;
        do before = epj.Counters.Requests;
        while (await second.WaitForNextTickAsync() && epj.Counters.Requests > before);
    }

    private async Task UntilAsync(Func<Task<bool>> reached, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await look.WaitForNextTickAsync())
        {
            try
            {
                if (await reached()) return;
            }
            catch (NpgsqlException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                // The database is being killed or is coming back; that is what these tests are about.
            }

            Assert.False(writing.IsFaulted, writing.Exception?.ToString());
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"not reached: {what}; {acknowledged.Count} acknowledged\n{string.Join('\n', hubs.SelectMany(h => h.Output.Split('\n').TakeLast(30)))}");
        }
    }

    /// <summary>Asks until there is an answer: the database may be coming back.</summary>
    private async Task<long> AskAsync(string sql)
    {
        long? answer = null;
        await UntilAsync(async () =>
        {
            await using var command = database.CreateCommand(sql);
            return (answer = (long?)await command.ExecuteScalarAsync()) is not null;
        }, "the database answers");
        return answer!.Value;
    }

    private async Task<IReadOnlyList<DeliveryFact>> FactsAsync()
    {
        await using var command = database.CreateCommand("""
            with fact as (
              select type, position, metadata ->> 'messageId' as message_id from vkp.event where type in ('MessageRefused', 'MessageJournaled', 'MessageResent')
            ), contradicted as (
              select r.message_id from fact r join fact j using (message_id)
              where r.type = 'MessageRefused' and j.type = 'MessageJournaled' and j.position > r.position
                and not exists (select from fact s where s.message_id = r.message_id and s.type = 'MessageResent' and s.position between r.position and j.position)
            )
            select d.message_id::text, d.tenant || ' ' || d.stream || ' ' || d.lane, d.position, d.state,
              (select count(*) from vkp.delivery_attempt a where (a.tenant, a.position, a.destination) = (d.tenant, d.position, d.destination) and a.outcome = 'refused') > 0,
              (select count(*) from vkp.delivery_attempt a where (a.tenant, a.position, a.destination) = (d.tenant, d.position, d.destination) and a.outcome = 'unknown'),
              d.message_id::text in (select message_id from contradicted)
            from vkp.delivery d
            where d.destination = 'epj'
            """);
        var facts = new List<DeliveryFact>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) facts.Add(new DeliveryFact(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetBoolean(4), (int)reader.GetInt64(5), reader.GetBoolean(6)));
        return facts;
    }
}
