using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Vkp.Hub.Escalation;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Operations;
using Vkp.Hub.Privacy;
using Vkp.Hub.Staff;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>A real hub on a schema of its own, with a real issuer and a real simulated EPJ, all over HTTP in this process. Two municipalities.</summary>
public sealed class TestHub : IAsyncDisposable
{
    public const string OrgNo = "888134574";
    public const string OtherOrgNo = "312229544";
    public const string AdminToken = "for-tests";

    // RSA keys take long to make. The issuers of one run share theirs; each issuer has a name and an address of its own.
    private static string? s_issuerKey;

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-hub-tests-").FullName;
    private readonly HubEnvironment environment;
    private readonly TimeProvider clock;
    private readonly MailOptions? mail;
    private readonly TimeSpan? canaries;
    private readonly bool signsIn;
    private HubServer server = null!;
    private bool isStopped;
    private NpgsqlConnection? commits;

    private TestHub(HubEnvironment environment, TimeProvider clock, MailOptions? mail, TimeSpan? canaries, bool signsIn)
    {
        (this.environment, this.clock, this.mail, this.canaries, this.signsIn) = (environment, clock, mail, canaries, signsIn);
        // As a client's library does: a token that is bound to its key goes out with a proof, made when the hub thinks it is.
        Http = new HttpClient(new ProvingHandler(id => Open(id, clock)));
    }

    public TestDatabase Database { get; private set; } = null!;

    public SimulatedEpj Epj { get; private set; } = null!;

    public DevelopmentIssuer Issuer { get; private set; } = null!;

    public HttpClient Http { get; }

    /// <summary>The issuer's signing key, for tests that make tokens it never would.</summary>
    public string IssuerKeyFile => Path.Combine(folder, "issuer", "issuer.jwk");

    public Uri Address => server.Address;

    public IReadOnlyList<string> Routes => server.Routes;

    public IReadOnlyList<(string Route, AdminNeed? Need)> AdminRoutes => server.AdminRoutes;

    /// <param name="clock">The hub's own clock; everything around it keeps the real one.</param>
    /// <param name="canaries">How often the hub sends its own message; never unless asked, so that a log holds what its test put there.</param>
    /// <param name="signsIn">Whether people can sign in; else the machine's token is all there is, and the name given with it.</param>
    public static async Task<TestHub> StartAsync(HubEnvironment environment = HubEnvironment.Development, TimeProvider? clock = null, MailOptions? mail = null, TimeSpan? canaries = null, bool signsIn = true)
    {
        var hub = new TestHub(environment, clock ?? TimeProvider.System, mail, canaries, signsIn) { Database = await TestDatabase.CreateAsync() };
        hub.Epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(hub.folder, "epj")), TimeProvider.System, default);
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal) { ["nhn:vkp/"] = "nhn:vkp", ["nhn:jft/"] = "nhn:jft", ["vkp:vendors/"] = "nhn:vkp", ["vkp:measurements/"] = "nhn:vkp", ["other/"] = "other" };
        if (s_issuerKey is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(hub.IssuerKeyFile)!);
            await File.WriteAllTextAsync(hub.IssuerKeyFile, s_issuerKey);
        }

        hub.Issuer = await DevelopmentIssuer.StartAsync(new DevelopmentIssuerOptions("Test", Path.Combine(hub.folder, "issuer"), audiences, []), TimeProvider.System, default);
        s_issuerKey ??= await File.ReadAllTextAsync(hub.IssuerKeyFile);
        hub.Register("dispensers", "Evondos_Test_Eksempel", OrgNo, VendorFace.Scope);
        hub.Register("responses", "Respons_Test_Eksempel", OrgNo, [.. VkpFace.Scopes]);
        hub.Register("journaling", "Journalforing_Test_Eksempel", OrgNo, JftFace.Scope);
        hub.Register("measurements", "Maling_Test_Eksempel", OrgNo, MeasurementFace.WriteScope, MeasurementFace.ReadScope);
        hub.Register("journal", "Epj_Test_Eksempel", OrgNo, JftFace.Scope, MeasurementFace.ReadScope);
        hub.Register("journal-elsewhere", "Epj_Test_Annen", OtherOrgNo, JftFace.Scope);
        hub.Register("elsewhere", "Evondos_Test_Annen", OtherOrgNo, VendorFace.Scope, VkpFace.BundleScope);
        await hub.RestartAsync();
        await hub.ConfigureAsync(Configuration(hub.Epj.FhirBase));
        return hub;
    }

    /// <summary>Stops the hub, if it runs, and starts another on the same database.</summary>
    public async Task RestartAsync()
    {
        if (server is not null && !isStopped) await server.DisposeAsync();
        isStopped = false;
        server = await StartNodeAsync();
    }

    /// <summary>Another hub on the same database. It is for the caller to stop.</summary>
    public Task<HubServer> StartNodeAsync(Func<HubOptions, HubOptions>? change = null)
    {
        var options = new HubOptions
        {
            Database = Database.ConnectionString, Schema = Database.Schema, Issuer = new Uri(Issuer.Issuer), AdminToken = AdminToken, Staff = signsIn ? new StaffOptions(new Uri(Issuer.Issuer)) : null, Environment = environment, AnchorFolder = AnchorFolder,
            MasterKey = MasterKey, Mail = () => mail, CanaryInterval = canaries,
        };
        return HubServer.StartAsync(change?.Invoke(options) ?? options, clock, default);
    }

    /// <summary>Where the hub keeps its anchors and the key that signs them.</summary>
    public string AnchorFolder => Path.Combine(folder, "anchors");

    public MasterKey MasterKey => MasterKey.Load(null, Path.Combine(folder, "master.key"));

    /// <summary>The master keys as the hub reads them, the one that wraps first.</summary>
    public string ReadMasterKeys() => File.ReadAllText(Path.Combine(folder, "master.key")).Trim();

    /// <summary>Other master keys, and the hub started again with them.</summary>
    public async Task UseMasterKeysAsync(string keys)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "master.key"), keys);
        await RestartAsync();
    }

    /// <summary>Stops the hub; the database, the issuer and the EPJs stay.</summary>
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        isStopped = true;
    }

    /// <summary>Puts a simulated EPJ of another kind in the first one's place.</summary>
    public async Task<SimulatedEpj> UseEpjAsync(string kind)
    {
        await Epj.DisposeAsync();
        Epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "epj-" + kind)) { Kind = kind }, TimeProvider.System, default);
        var settings = kind switch
        {
            "gerica-style" => "{ domain: eksempel, key: \"env:VKP_TEST_GERICA_KEY\", journalType: \"101\", employeeId: \"900\" }",
            "profil-style" => "{ unit: hjemmetjenesten }",
            _ => "{}",
        };
        // Read where the hub reads it: from the process's own environment.
        Environment.SetEnvironmentVariable("VKP_TEST_GERICA_KEY", "k-e-y");
        await ConfigureAsync(Configuration(Epj.AdapterBase).Replace("adapter: fhir-messaging,", $"adapter: {kind}, settings: {settings},", StringComparison.Ordinal));
        return Epj;
    }

    public static string Configuration(Uri epj, string? policy = null, string morePatients = "") => $$"""
        municipalities:
          - orgNo: "{{OrgNo}}"
            name: Eksempel kommune
            policy: {{policy ?? "{ serviceGate: registry }"}}
            clients:
              - { id: dispensers, vendor: evondos-style, vkpId: Evondos_Test_Eksempel }
              - { id: responses, vendor: vkp-r4, vkpId: Respons_Test_Eksempel }
              - { id: journaling, vendor: jft, vkpId: Journalforing_Test_Eksempel }
              - { id: measurements, vendor: fhir-observation, vkpId: Maling_Test_Eksempel }
            destinations: [ { name: epj, adapter: fhir-messaging, address: "{{epj}}" } ]
            patients:
              - { identifiers: [ { value: "{{SyntheticPeople.All[0].NationalId}}" } ], services: [ MD, TA ], devices: [ { system: "https://example.org/fhir/device-serial", value: ZZ000201 } ] }
              - { identifiers: [ { value: "{{SyntheticPeople.All[1].NationalId}}" } ], services: [ MD ], devices: [ { system: "https://example.org/fhir/device-serial", value: ZZ000202 } ] }
              - { identifiers: [ { value: "{{SyntheticPeople.All[2].NationalId}}" } ], services: [ TA ], devices: [ { system: "https://example.org/fhir/device-serial", value: ZZ000203 } ] }
              - { identifiers: [ { system: "http://cosdoc.dips.no/lopenummer", value: "1302" } ], services: [ TA, RT ] }
              {{morePatients}}
          - orgNo: "{{OtherOrgNo}}"
            name: Annen kommune
            policy: { serviceGate: off }
            clients:
              - { id: elsewhere, vendor: evondos-style, vkpId: Evondos_Test_Annen }
            destinations: [ { name: epj, adapter: fhir-messaging, address: "{{epj}}" } ]
            patients:
              - { identifiers: [ { value: "{{SyntheticPeople.All[0].NationalId}}" } ], devices: [ { system: "https://example.org/fhir/device-serial", value: ZZ000201 } ] }
        """;

    /// <summary>The configuration last applied.</summary>
    public string CurrentConfiguration { get; private set; } = "";

    /// <param name="leavesOpen">Whether a journal system or sender with unfinished messages may be taken away.</param>
    public async Task ConfigureAsync(string yaml, bool leavesOpen = false)
    {
        CurrentConfiguration = yaml;
        using var answer = await AdminAsync(HttpMethod.Post, $"admin/config/apply{(leavesOpen ? "?leave-open=true" : "")}", new StringContent(yaml, Encoding.UTF8, "application/yaml"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Beside the dispensers, a response centre (`alarms`), its devices (`scaip`) and home follow-up (`followup`), with every service for the first person.</summary>
    public async Task ConfigureAllVendorsAsync(string? policy = null)
    {
        Register("alarms", "Alarm_Test_Eksempel", OrgNo, VendorFace.Scope);
        Register("scaip", "Enheter_Test_Eksempel", OrgNo, VendorFace.Scope);
        Register("followup", "Oppfolging_Test_Eksempel", OrgNo, VendorFace.Scope);
        const string Dispensers = "      - { id: dispensers";
        await ConfigureAsync(Configuration(Epj.FhirBase, policy)
            .Replace(Dispensers, $"      - {{ id: alarms, vendor: alarm-style, vkpId: Alarm_Test_Eksempel }}\n      - {{ id: scaip, vendor: scaip, vkpId: Enheter_Test_Eksempel }}\n      - {{ id: followup, vendor: dignio-style, vkpId: Oppfolging_Test_Eksempel }}\n{Dispensers}", StringComparison.Ordinal)
            .Replace("services: [ MD, TA ]", "services: [ MD, TA, RT, DT, GPS, DHO ]", StringComparison.Ordinal));
    }

    /// <summary>Waits, at most half a minute, until no note of the day is due any more by the hub's clock.</summary>
    public async Task UntilNothingIsDueAsync()
    {
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await using var count = superuser.CreateCommand($"select count(*) from \"{Database.Schema}\".summary_item where due_at <= $1");
            count.Parameters.Add(new() { Value = clock.GetUtcNow() });
            if (await count.ExecuteScalarAsync() is 0L) break;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Asking.Patience, "the notes of the day were not written in time");
            await MomentAsync();
        }

        await RoutedAsync();
    }

    /// <summary>Registers a client of this vendor and everybody and everything these messages name.</summary>
    public async Task ConfigureForSamplesAsync(string vendor, IEnumerable<Vkp.Adapters.Translation> translations)
    {
        Register("samples", "Prover_Test_Eksempel", OrgNo, VendorFace.Scope);
        var messages = translations.OfType<Vkp.Adapters.Translation.Translated>().Select(t => t.Envelope).ToList();
        var yaml = new StringBuilder($"municipalities:\n  - orgNo: \"{OrgNo}\"\n    name: Eksempel kommune\n    clients: [ {{ id: samples, vendor: {vendor}, vkpId: Prover_Test_Eksempel }} ]\n");
        yaml.Append($"    destinations: [ {{ name: epj, adapter: fhir-messaging, address: \"{Epj.FhirBase}\" }} ]\n    patients:\n");
        foreach (var patient in messages.GroupBy(m => m.Patient ?? new Vkp.Adapters.SourceIdentifier("", SyntheticPeople.All[0].NationalId)))
        {
            var system = patient.Key.System.Length == 0 ? "" : $"system: \"{patient.Key.System}\", ";
            var devices = patient.Select(m => m.Device).OfType<Vkp.Adapters.SourceIdentifier>().Distinct().Select(d => $"{{ system: \"{d.System}\", value: \"{d.Value}\" }}");
            yaml.Append($"      - {{ identifiers: [ {{ {system}value: \"{patient.Key.Value}\" }} ], services: [ RT, TA, GPS, MD, DT, DHO ], devices: [ {string.Join(", ", devices)} ] }}\n");
        }

        await ConfigureAsync(yaml.ToString());
    }

    public DevelopmentClient Client(string id) => Open(id, TimeProvider.System);

    private DevelopmentClient Open(string id, TimeProvider time) => DevelopmentClient.Open(id, Path.Combine(folder, "clients", id + ".jwk"), time);

    /// <summary>Bound to the client's key where the interface takes no other; <see cref="Http"/> sends it with a proof.</summary>
    public async Task<string> TokenAsync(string client, params string[] scopes)
    {
        string[] asked = scopes.Length > 0 ? scopes : [ScopeOf(client)];
        var holder = Client(client);
        var token = asked.Any(IsBound) ? await holder.FetchBoundTokenAsync(Http, Issuer.BaseAddress, asked, default) : await holder.FetchTokenAsync(Http, Issuer.BaseAddress, asked, default);
        return token.Value;
    }

    private static bool IsBound(string scope) => scope is JftFace.Scope or MeasurementFace.WriteScope or MeasurementFace.ReadScope;

    private static string ScopeOf(string client) => client switch
    {
        "responses" => VkpFace.BundleScope,
        "journaling" => JftFace.Scope,
        _ => VendorFace.Scope,
    };

    /// <summary>Asks as a client does.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string client, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await TokenAsync(client));
        return await Http.SendAsync(request);
    }

    /// <summary>Posts as a vendor does.</summary>
    public async Task<HttpResponseMessage> PostAsync(ReadOnlyMemory<byte> body, string client = "dispensers", string path = "vendors/evondos-style/events", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await TokenAsync(client));
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(DispenserEvent happened) => PostAsync(happened.Body);

    public Task<HttpResponseMessage> PostBundleAsync(ReadOnlyMemory<byte> body) => PostAsync(body, "responses", $"epj/r4/{OrgNo}/bundle");

    /// <summary>One fresh event of the first synthetic person.</summary>
    public static DispenserEvent Event(string name, int person = 0, Guid? id = null, IReadOnlyList<string>? alerts = null) =>
        TriggerEvents.Create(name, new DispenserSite(OrgNo), SyntheticPeople.All[person], TimeProvider.System.GetUtcNow(), id ?? Guid.CreateVersion7(), alerts)!;

    public async Task<HttpResponseMessage> AdminAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return await Http.SendAsync(request);
    }

    /// <summary>The counts when every subscription has come to the end of the log: what is in no count yet must not pass for what is not there.</summary>
    public async Task<MunicipalityStatus> StatusAsync(string orgNo = OrgNo)
    {
        await RoutedAsync();
        return await CountedAsync(orgNo);
    }

    private async Task<MunicipalityStatus> CountedAsync(string orgNo)
    {
        using var answer = await AdminAsync(HttpMethod.Get, "admin/status");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.StatusReport)!.Municipalities.Single(m => m.OrgNo == orgNo);
    }

    /// <summary>
    /// Waits, at most half a minute, until every subscription has handled everything in the log: what a message comes to can depend on the clock at that moment, and
    /// what is asked about it is read from the table of messages.
    /// </summary>
    public async Task RoutedAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var answer = await AdminAsync(HttpMethod.Get, "admin/status");
            var report = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.StatusReport)!;
            if (report.Subscriptions.All(s => s.Behind == 0)) return;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Asking.Patience, "not everything was routed in time");
            await MomentAsync();
        }
    }

    /// <summary>Waits, at most half a minute, until every delivery that has been planned is at its end: between lanes and patients the hub promises no order.</summary>
    public async Task DeliveredAsync()
    {
        await RoutedAsync();
        var started = TimeProvider.System.GetTimestamp();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using var count = superuser.CreateCommand($"select count(*) from \"{Database.Schema}\".delivery where finished_at is null");
        while (await count.ExecuteScalarAsync() is not 0L)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Asking.Patience, "not everything was delivered in time");
            await MomentAsync();
        }
    }

    /// <summary>
    /// Waits until the municipality's counts are as wanted, as long as they move or have moved within half a minute: the log may have come to its end long before
    /// the read models that are counted have followed it. The counts come from the hub, so nothing is guessed from time passing.
    /// </summary>
    public async Task<MunicipalityStatus> UntilAsync(Func<MunicipalityStatus, bool> wanted, string orgNo = OrgNo)
    {
        var seen = (0L, 0L, 0L);
        var moved = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = await CountedAsync(orgNo);
            if (wanted(status)) return status;
            var now = (status.Position, status.Accepted, status.Journaled + status.Settled + status.Failed);
            if (now != seen) (seen, moved) = (now, TimeProvider.System.GetTimestamp());
            Assert.True(TimeProvider.System.GetElapsedTime(moved) < Asking.Patience, $"not reached; last seen: {status}");
            await MomentAsync();
        }
    }

    /// <summary>Until the database has told of a commit to a log, or for a moment: asking again and again would take from the hub the time it needs.</summary>
    private async Task MomentAsync()
    {
        if (commits is null)
        {
            commits = new NpgsqlConnection((await TestCluster.GetAsync()).SuperuserConnectionString);
            await commits.OpenAsync();
            await using var listen = new NpgsqlCommand("listen vkp_log", commits);
            await listen.ExecuteNonQueryAsync();
        }

        await commits.WaitAsync(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Every cell of every table of this hub's schema, as text.</summary>
    public async Task<string> DumpAsync()
    {
        var dump = new StringBuilder();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        var tables = new List<string>();
        await using (var names = superuser.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = $1"))
        {
            names.Parameters.Add(new() { Value = Database.Schema });
            await using var reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        Assert.Contains(tables, t => t.EndsWith(".event", StringComparison.Ordinal));
        foreach (var table in tables)
        {
            // Bytes as text too: what stands in a bytea in plain would show as hexadecimal digits otherwise.
            await using var rows = superuser.CreateCommand($"select t::text, encode(convert_to(t::text, 'UTF8'), 'escape') from {table} t");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync()) dump.AppendLine(reader.GetString(0));
        }

        return dump.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!isStopped) await server.DisposeAsync();
        await Issuer.DisposeAsync();
        await Epj.DisposeAsync();
        if (commits is not null) await commits.DisposeAsync();
        await Database.DisposeAsync();
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Register(string id, string vkpId, string orgNo, params string[] scopes) => Issuer.Register(Client(id).AsRegistered(vkpId, orgNo, [.. scopes, "other/read"]));
}
