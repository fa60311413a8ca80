using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Vkp.Cli;
using Vkp.Hub.Faces;
using Vkp.Hub.Operations;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp serve` as a process of its own, with its own PostgreSQL, that can be killed.</summary>
public sealed class HubProcess : IAsyncDisposable
{

    private readonly StringBuilder output = new();
    private readonly HttpClient http = new();
    private Process? process;

    private readonly IReadOnlyDictionary<string, string> environment;

    /// <param name="environment">What the processes find in their environment beside what they inherit.</param>
    public HubProcess(string folder, Uri issuer, IReadOnlyDictionary<string, string>? environment = null) =>
        (Folder, Issuer, this.environment) = (folder, issuer, environment ?? new Dictionary<string, string>());

    public string Folder { get; }

    public Uri Issuer { get; }

    public RunningHub Running { get; private set; } = null!;

    /// <summary>Everything the processes have printed.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public async Task StartAsync(int port = 0) => Assert.True(await TryStartAsync(port), Output);

    /// <returns>False when the process ended before it listened, as it does when the database is not there yet.</returns>
    public async Task<bool> TryStartAsync(int port)
    {
        var data = new DataDirectory(Folder);
        data.Withdraw();
        process = Start("serve", "--data", Folder, "--port", port.ToString(), "--issuer", Issuer.AbsoluteUri, "--environment", "test");
        var found = await AskUntilAsync(() => Task.FromResult(data.Find()), it => it is not null || process.HasExited);
        if (found is not null) Running = found;
        return found is not null;
    }

    /// <summary>As the out-of-memory killer would: no handler runs.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Puts the process to sleep in the middle of what it does: it notices nothing, and neither does it renew anything.</summary>
    public void Suspend() => Signal(process!.Id, "-STOP");

    public void Wake() => Signal(process!.Id, "-CONT");

    /// <summary>kill -9 of PostgreSQL's postmaster; returns its process id.</summary>
    public int KillPostgres()
    {
        var location = Path.Combine(Folder, "postgres.location");
        var home = File.Exists(location) ? File.ReadAllText(location).Trim() : Path.Combine(Folder, "postgres");
        var pid = int.Parse(File.ReadLines(Path.Combine(home, "data", "postmaster.pid")).First());
        using var postmaster = Process.GetProcessById(pid);
        postmaster.Kill();
        return pid;
    }

    public async Task ConfigureAsync(string yaml)
    {
        using var answer = await AdminAsync(HttpMethod.Post, "admin/config/apply", new StringContent(yaml));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> AdminAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Running.Hub, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Running.AdminToken);
        return await http.SendAsync(request);
    }

    /// <summary>Waits, at most a minute, for counts that the hub itself gives.</summary>
    public async Task<MunicipalityStatus> UntilAsync(Func<MunicipalityStatus, bool> wanted) => (await AskUntilAsync(StatusAsync, status => status is not null && wanted(status)))!;

    private async Task<T> AskUntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        try
        {
            return await Asking.UntilAsync(ask, wanted);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{Output}", e);
        }
    }

    private async Task<MunicipalityStatus?> StatusAsync()
    {
        try
        {
            using var answer = await AdminAsync(HttpMethod.Get, "admin/status");
            return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.StatusReport)!.Municipalities.SingleOrDefault() : null;
        }
        catch (HttpRequestException)
        {
            // The hub is being killed or is coming back; that is what these tests are about. Whoever waits for it is not patient for ever.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            Signal(process.Id, "-INT");
            using var limit = new CancellationTokenSource(Asking.Patience);
            await process.WaitForExitAsync(limit.Token);
        }

        process?.Dispose();
        http.Dispose();
    }

    /// <summary>Any `vkp` command, as a process of its own.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(DataDirectory).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("VKP_DATABASE");
        start.Environment.Remove("VKP_MASTER_KEY");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var started = new Process { StartInfo = start };
        started.OutputDataReceived += (_, line) => Note(line.Data);
        started.ErrorDataReceived += (_, line) => Note(line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private static void Signal(int pid, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, pid.ToString()]));
        kill!.WaitForExit();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
    }
}
