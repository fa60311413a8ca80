using System.Diagnostics;
using Npgsql;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Crash;

/// <summary>A process of its own that finishes the open run of retention, says after each transaction how far it has come, and goes on when it is told to.</summary>
internal static class Retirer
{
    public static async Task<int> RunAsync(string connection, string keyFile)
    {
        await using var app = NpgsqlDataSource.Create(connection);
        await using var log = new EventLog(app);
        using var key = AnchorKey.FromPem(await File.ReadAllTextAsync(keyFile));
        await new LogRetention(log).FinishAsync(Oslo, key.SignStatement, TimeProvider.System, new Told(), default);
        return 0;
    }

    /// <summary>Starts one and kills it (-9) when it has come so many transactions far.</summary>
    public static async Task KillAfterAsync(string connection, string keyFile, int steps, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false, ArgumentList = { typeof(Retirer).Assembly.Location, "retire", connection, keyFile } };
        using var process = Process.Start(start)!;
        for (var step = 1; ; step++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(ct));
            if (step == steps)
                break;

            await process.StandardInput.WriteLineAsync("on");
        }

        process.Kill();
        await process.WaitForExitAsync(ct);
    }

    private sealed class Told : IProgress<long>
    {
        public void Report(long value)
        {
            Console.WriteLine(value);
            Console.ReadLine();
        }
    }
}
