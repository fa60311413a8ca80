using System.Diagnostics;
using System.Globalization;

namespace Vkp.EmbeddedPostgres.Tests;

/// <summary>Another process that owns a cluster, as a hub does, until it is told to stop or is killed.</summary>
public sealed class Holder : IAsyncDisposable
{
    private readonly Process _process;

    private Holder(Process process, string[] ready) =>
        (_process, ServerPid, Origin, ConnectionString) = (process, int.Parse(ready[1], CultureInfo.InvariantCulture), ready[2], ready[3]);

    public int Pid => _process.Id;

    public int ServerPid { get; }

    public string Origin { get; }

    public string ConnectionString { get; }

    public static async Task<Holder> StartAsync(string[] arguments, CancellationToken ct, string? search = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            ArgumentList = { typeof(Holder).Assembly.Location },
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (search is not null) start.Environment[Binaries.SearchVariable] = search;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(ct);
        Assert.True(line?.StartsWith("ready ", StringComparison.Ordinal), line);
        return new(process, line!.Split(' ', 4));
    }

    /// <summary>kill -9: no handler of the process runs.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
