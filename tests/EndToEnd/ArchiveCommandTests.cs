using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Cli;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>What only a process of its own can show: a number that is piped in, and an export that is killed.</summary>
[Collection(CommandsOnOneHub.Name)]
public sealed class ArchiveCommandTests(SandboxHub sandbox)
{
    [Fact]
    public async Task A_patients_number_comes_in_by_standard_input_and_goes_out_nowhere()
    {
        var number = SyntheticPeople.All[0].NationalId;
        Assert.Equal(0, await CommandLine.RunAsync(["trigger", "dose.dispensed", "--data", sandbox.Directory.Path]));

        var (told, story) = await sandbox.PipeAsync(number, "trace", "--patient", "--purpose", "tilsyn: sak 26/114", "--json");
        var (wrong, refusal) = await sandbox.PipeAsync("12345678901", "trace", "--patient");
        var (unknown, nobody) = await sandbox.PipeAsync(Nobody(), "shred", "888134574", "--reason", "feil pasient", "--yes");

        Assert.True(told == 0, story);
        Assert.NotEmpty(JsonNode.Parse(story)!["messages"]!.AsArray());
        Assert.DoesNotContain(number, story, StringComparison.Ordinal);
        Assert.Equal((65, 66), (wrong, unknown));
        Assert.StartsWith("VKP-702 ", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678901", refusal, StringComparison.Ordinal);
        Assert.StartsWith("VKP-705 ", nobody, StringComparison.Ordinal);
    }

    /// <summary>A synthetic person that no municipality's file has.</summary>
    private static string Nobody() => Enumerable.Range(0, 50).Select(individual => TenorNumber.Compute(new DateOnly(1931, 1, 1), individual)).First(number => number is not null)!;

    [Fact]
    public async Task An_export_that_is_killed_in_the_middle_of_a_page_goes_on_and_comes_to_the_same_file()
    {
        using var hub = new SlowExport(pages: 5, stuckAt: 3);
        var folder = System.IO.Directory.CreateTempSubdirectory("vkp-export-").FullName;
        new DataDirectory(folder).Announce(new RunningHub(Environment.ProcessId, hub.Address, "for-tests", null, null, null));
        string[] export = ["export", "888134574", "MedicationDispense", "--out", Path.Combine(folder, "killed.ndjson"), "--purpose", "arkiv: flytting", "--data", folder];

        using (var killed = CommandRun.Start(export))
        {
            await hub.IsStuck.WaitAsync(Asking.Patience, TestContext.Current.CancellationToken);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // As if the third page had been written and its place had not.
        await File.AppendAllTextAsync(export[4], "{\"line\":3}\n{\"li", TestContext.Current.CancellationToken);
        var (code, said) = await CommandRun.RunAsync(export);

        Assert.True(code == 0, said);
        Assert.Equal(string.Concat(Enumerable.Range(1, 5).Select(SlowExport.LineOf)), await File.ReadAllTextAsync(export[4], TestContext.Current.CancellationToken));
        Assert.Equal([0, 1, 2, 2, 3, 4], hub.Asked);
        System.IO.Directory.Delete(folder, recursive: true);
    }

    /// <summary>An export of a line a page, as the hub hands it out; it sends half of one page, and then nothing, once.</summary>
    private sealed class SlowExport : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly TaskCompletionSource stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly int pages;
        private readonly int stuckAt;

        public SlowExport(int pages, int stuckAt)
        {
            (this.pages, this.stuckAt) = (pages, stuckAt);
            Address = Listen();
            _ = ServeAsync();
        }

        public Uri Address { get; }

        public Task IsStuck => stuck.Task;

        /// <summary>After which place each page was asked for.</summary>
        public List<int> Asked { get; } = [];

        public static string LineOf(int line) => $"{{\"line\":{line}}}\n";

        public void Dispose() => listener.Close();

        private Uri Listen()
        {
            for (var port = 20000 + Random.Shared.Next(20000); ; port++)
            {
                try
                {
                    listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                    listener.Start();
                    return new Uri($"http://127.0.0.1:{port}/");
                }
                catch (HttpListenerException)
                {
                    // Somebody listens there.
                    listener.Prefixes.Clear();
                }
            }
        }

        private async Task ServeAsync()
        {
            while (listener.IsListening)
            {
                var call = await listener.GetContextAsync();
                var after = int.Parse(call.Request.QueryString["after"]!, CultureInfo.InvariantCulture);
                Asked.Add(after);
                var line = Encoding.UTF8.GetBytes(LineOf(after + 1));
                call.Response.Headers["Vkp-Position"] = $"{after + 1}";
                call.Response.Headers["Vkp-Up-To"] = $"{pages}";
                call.Response.Headers["Vkp-Deleted"] = "0";
                call.Response.ContentLength64 = line.Length;
                if (after + 1 == stuckAt && !stuck.Task.IsCompleted)
                {
                    await call.Response.OutputStream.WriteAsync(line.AsMemory(0, 4));
                    await call.Response.OutputStream.FlushAsync();
                    stuck.SetResult();
                    continue;
                }

                await call.Response.OutputStream.WriteAsync(line);
                call.Response.Close();
            }
        }
    }
}
