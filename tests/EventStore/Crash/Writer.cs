using System.Diagnostics;
using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Crash;

/// <summary>A process of its own that appends as a hub does, many callers at once, and says before and after each message what it is about.</summary>
internal static class Writer
{
    private const int Callers = 12;

    /// <summary>Runs until it is killed.</summary>
    public static async Task<int> RunAsync(string connection, string run)
    {
        await using var app = NpgsqlDataSource.Create(connection);
        await using var log = new EventLog(app);
        var output = TextWriter.Synchronized(Console.Out);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var number = 0; ; number++)
            {
                var text = $"{run}/{caller}/{number}";
                await output.WriteLineAsync($"sent {text}");
                await log.AppendAsync(RequestOf(text), default);
                await output.WriteLineAsync($"acknowledged {text}");
            }
        }));
        return 0;
    }

    public static AppendRequest RequestOf(string text) => Request(Oslo, Patient(text.Split('/')[1]), text, dedup: Key(text));

    /// <summary>Starts one, lets it come to a number of acknowledged messages, and kills it. What it had said by then is the history.</summary>
    public static async Task<(HashSet<string> Sent, HashSet<string> Acknowledged)> KillAfterAsync(string connection, string run, int acknowledged, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false, ArgumentList = { typeof(Writer).Assembly.Location, "write", connection, run } };
        using var process = Process.Start(start)!;
        var (sent, answered) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            // A kill can cut the last line in two.
            if (line.Split(' ') is not [var what, var text] || text.Count(c => c == '/') != 2)
                continue;

            (what == "sent" ? sent : answered).Add(text);
            if (answered.Count == acknowledged && !process.HasExited)
                process.Kill();
        }

        await process.WaitForExitAsync(ct);
        return (sent, answered);
    }
}
