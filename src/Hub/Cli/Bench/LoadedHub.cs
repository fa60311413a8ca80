using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Vkp.Cli.Admin;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.EmbeddedPostgres;
using Vkp.Hub.Faces;
using Vkp.Hub.Intake;
using Vkp.Hub.Operations;
using Vkp.Sandbox;

namespace Vkp.Cli.Bench;

/// <summary>
/// `vkp serve` as a process of its own with default settings, on a new database, with one municipality and one journal
/// system that only notes what comes: everything real, and what it costs can be read from outside.
/// </summary>
internal sealed class LoadedHub : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly DataDirectory data;
    private readonly string folder;
    private readonly Dictionary<string, (string Bearer, long Since)> tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim asking = new(1);
    private Uri issuer = null!;
    private Process? process;

    private LoadedHub(string folder) => (this.folder, data) = (folder, new DataDirectory(folder));

    public Cluster Cluster { get; private set; } = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = Traffic.Callers * 2, UseProxy = false });

    public RunningHub Running { get; private set; } = null!;

    public string MasterKeyFile => data.MasterKeyFile;

    /// <param name="taken">Called with the id of its header and each message that reaches the journal system.</param>
    public static async Task<LoadedHub> StartAsync(Action<string, ReadOnlyMemory<byte>> taken, CancellationToken ct)
    {
        var hub = new LoadedHub(Directory.CreateTempSubdirectory("vkp-bench-").FullName);
        try
        {
            await hub.StartPartsAsync(taken, ct);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the hub's process, and answers when it says that it listens.</summary>
    public async Task StartHubAsync(CancellationToken ct)
    {
        data.Withdraw();
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(LoadedHub).Assembly.Location, "serve", "--data", folder, "--port", (Running?.Hub.Port ?? 0).ToString(CultureInfo.InvariantCulture), "--issuer", issuer.AbsoluteUri, "--environment", "development", "--client-rate", "0"])
            start.ArgumentList.Add(argument);
        start.Environment["VKP_DATABASE"] = Cluster.ConnectionString;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            // What else the hub says is a warning or worse, and belongs before the eyes of whoever measures.
            if (line.Data is null) listening.TrySetException(new InvalidOperationException("The hub under measurement ended."));
            else if (line.Data.StartsWith("listening on ", StringComparison.Ordinal)) listening.TrySetResult();
            else Console.Error.WriteLine($"hub: {line.Data}");
        };
        process.Start();
        process.BeginOutputReadLine();
        await listening.Task.WaitAsync(ct);
        Running = data.Find()!;
    }

    /// <summary>kill -9.</summary>
    public async Task KillHubAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Posts as the vendor's system does; anything but taken is a failed measurement.</summary>
    public async Task PostAsync(DemoClient client, byte[] body, CancellationToken ct)
    {
        using var answer = await SendAsync(client, body, ct);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"The hub answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
    }

    public Task PostBatchAsync(DemoClient client, IEnumerable<byte[]> events, CancellationToken ct)
    {
        var array = new MemoryStream();
        array.WriteByte((byte)'[');
        foreach (var e in events)
        {
            if (array.Length > 1) array.WriteByte((byte)',');
            array.Write(e);
        }

        array.WriteByte((byte)']');
        return PostAsync(client, array.ToArray(), ct);
    }

    public async Task<StatusReport> StatusAsync(CancellationToken ct)
    {
        using var admin = new AdminClient(Running);
        return await admin.GetAsync("admin/status", AdminJson.Default.StatusReport, ct);
    }

    /// <summary>A message that is held is not the work that is to be measured.</summary>
    public async Task CheckNothingHeldAsync(CancellationToken ct)
    {
        var held = (await StatusAsync(ct)).Municipalities.Single().Held;
        if (held.Count > 0)
            throw new InvalidOperationException($"The hub under measurement holds messages: {string.Join(", ", held.Select(h => $"{h.Value} with {h.Key}"))}");
    }

    public async Task PauseAsync(bool pause, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Running.Hub, $"admin/destinations/{SandboxFile.OrgNo}/epj/{(pause ? "pause" : "resume")}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Running.AdminToken);
        using var answer = await Http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Processor time of the hub and of PostgreSQL so far.</summary>
    public Usage Usage() => new(ProcessorTime.OfProcess(process!.Id), ProcessorTime.OfPostgres(Cluster.ProcessId), ResidentMb(process.Id));

    public async Task<long> DatabaseBytesAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Cluster.ConnectionString);
        await connection.OpenAsync(ct);
        await using var size = new NpgsqlCommand("select pg_database_size(current_database())", connection);
        return (long)(await size.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        asking.Dispose();
        if (process is { HasExited: false }) await KillHubAsync();
        process?.Dispose();
        while (parts.TryPop(out var part)) await part.DisposeAsync();
        if (Cluster is not null)
        {
            await Cluster.DestroyAsync();
            await Cluster.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(DemoClient client, byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Running.Hub, $"vendors/{client.Vendor}/events")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await BearerAsync(client, ct));
        return await Http.SendAsync(request, ct);
    }

    /// <summary>As a vendor's system would: one token for many posts, a new one each half minute.</summary>
    private async ValueTask<string> BearerAsync(DemoClient client, CancellationToken ct)
    {
        await asking.WaitAsync(ct);
        try
        {
            if (!tokens.TryGetValue(client.Id, out var token) || Stopwatch.GetElapsedTime(token.Since) > TimeSpan.FromSeconds(30))
                tokens[client.Id] = token = (await client.Open(data).BearerAsync(Http, issuer, ct), Stopwatch.GetTimestamp());

            return token.Bearer;
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task StartPartsAsync(Action<string, ReadOnlyMemory<byte>> taken, CancellationToken ct)
    {
        data.Create();
        Cluster = await Cluster.StartAsync(folder, null, ct);
        await UsedLogFiles.MakeAsync(Cluster.SuperuserConnectionString, ct);
        var epj = await MeasuringEpj.StartAsync(taken, ct);
        parts.Push(epj);
        var clients = new[] { DemoClient.Dispensers, DemoClient.Find("alarm-demo") };
        var registered = clients.Select(c => c.Open(data).AsRegistered(c.VkpId, SandboxFile.OrgNo, c.Scopes)).ToList();
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal) { ["vkp:vendors/"] = "nhn:vkp" };
        var server = await DevelopmentIssuer.StartAsync(
            new DevelopmentIssuerOptions(nameof(HubEnvironment.Development), Path.Combine(data.Sandbox, "issuer"), audiences, registered), TimeProvider.System, ct);
        parts.Push(server);
        issuer = new Uri(server.Issuer);
        await StartHubAsync(ct);
        using var admin = new AdminClient(Running);
        using var content = new StringContent(Configuration(clients, epj.FhirBase), Encoding.UTF8, "application/yaml");
        await admin.PostAsync("admin/config/apply", content, AdminJson.Default.IReadOnlyListConfigurationChange, ct);
    }

    private static string Configuration(IEnumerable<DemoClient> clients, Uri epj)
    {
        var yaml = new StringBuilder();
        yaml.AppendLine($"municipalities:\n  - orgNo: \"{SandboxFile.OrgNo}\"\n    name: Eksempel kommune\n    clients:");
        foreach (var client in clients) yaml.AppendLine($"      - {{ id: {client.Id}, vendor: {client.Vendor}, vkpId: {client.VkpId} }}");
        yaml.AppendLine($"    destinations:\n      - {{ name: epj, adapter: fhir-messaging, address: \"{epj}\" }}\n    patients:");
        for (var patient = 0; patient < Traffic.Patients; patient++)
        {
            yaml.AppendLine($"      - identifiers: [ {{ value: \"{Traffic.NationalIds[patient]}\" }} ]");
            yaml.AppendLine($"        services: [ MD, TA, RT, DT ]\n        devices: [ {{ system: \"{SandboxFile.DispenserSystem}\", value: {Traffic.Serial(patient)} }} ]");
        }

        return yaml.ToString();
    }

    private static double ResidentMb(int pid)
    {
        using var running = Process.GetProcessById(pid);
        return Math.Round(running.WorkingSet64 / 1048576.0, 1);
    }
}

/// <summary>What has been used so far.</summary>
internal sealed record Usage(TimeSpan Hub, TimeSpan Postgres, double ResidentMb);
