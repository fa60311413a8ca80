using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.Cli.Admin;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Hub.Operations;
using Vkp.Sandbox;

namespace Vkp.Cli.Up;

/// <summary>What a run of the sample flow came to.</summary>
/// <param name="Doubled">Messages the EPJ has journaled more than once.</param>
/// <param name="Seconds">From the start of the command to the last message at its end.</param>
public sealed record OnceReport(
    long Accepted, long Journaled, long Settled, long Failed, long Open, int Doubled, int InEpj, double Seconds, double StartSeconds, bool Ok, IReadOnlyList<string> Wrong);

/// <summary>`vkp up --once`: proves on this machine that the main job works, from nothing, and leaves nothing behind.</summary>
public static class OnceRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var folder = TemporaryFolder();
        try
        {
            OnceReport report;
            await using (var local = await LocalHub.StartAsync(new LocalHubOptions(new DataDirectory(folder), Port: 0, new LineProgress(Console.Error)), ct))
            {
                var startSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                report = await FlowAsync(local, started, startSeconds, ct);
            }

            Console.WriteLine(JsonSerializer.Serialize(report, OnceJson.Default.OnceReport));
            return report.Ok ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Others may look into it: the database's own account must reach its folder below. What is secret in it has a mode of its own.</summary>
    private static string TemporaryFolder()
    {
        var folder = Directory.CreateTempSubdirectory("vkp-once-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Others);
        }

        return folder;
    }

    private static async Task<OnceReport> FlowAsync(LocalHub local, long started, double startSeconds, CancellationToken ct)
    {
        var submission = await SampleSubmission.ReadAsync(ct);
        var flow = SampleFlow.Create(new DispenserSite(SandboxFile.OrgNo), TimeProvider.System.GetUtcNow(), submission);
        using var http = new HttpClient();
        var sent = await flow.RunAsync(local.SenderOf(DemoClient.Dispensers, http), local.SenderOf(DemoClient.ResponseCentre, http), ct);
        var wrong = sent.Where(s => !s.Report.IsAccepted).Select(s => $"{s.Message.Kind} was answered {(int?)s.Report.Status}: {s.Report.Answer}").ToList();

        using var admin = new AdminClient(local.Running);
        var expected = flow.AcceptedExpected;
        MunicipalityStatus counts;
        do
        {
            counts = (await admin.GetAsync("admin/status", AdminJson.Default.StatusReport, ct)).Municipalities.Single();
            if (counts.Accepted == expected && counts.Open == 0) break;
            await Task.Delay(20, ct);
        }
        while (Stopwatch.GetElapsedTime(started) < Patience && wrong.Count == 0);

        var inEpj = local.Epj.Count;
        if (counts.Accepted != expected) wrong.Add($"{expected} messages were sent, {counts.Accepted} are accepted");
        if (counts.Accepted != counts.Journaled + counts.Settled) wrong.Add("accepted is not journaled + settled");
        if (inEpj.Journaled != counts.Journaled) wrong.Add($"the hub says {counts.Journaled} journaled, the EPJ holds {inEpj.Journaled}");
        if (counts.Journaled != flow.JournalEntriesExpected) wrong.Add($"{flow.JournalEntriesExpected} journal entries were expected");
        if (inEpj.Doubled > 0) wrong.Add($"{inEpj.Doubled} messages are journaled more than once");
        return new OnceReport(
            counts.Accepted, counts.Journaled, counts.Settled, counts.Failed, counts.Open, inEpj.Doubled, inEpj.Journaled,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2), Math.Round(startSeconds, 2), wrong.Count == 0, wrong);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OnceReport))]
internal sealed partial class OnceJson : JsonSerializerContext;
