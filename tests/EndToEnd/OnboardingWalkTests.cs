using System.Net;
using System.Net.Http.Headers;
using Vkp.Cli;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`docs/onboarding.md`, walked through as it is written: one file and three commands, from a hub that knows nobody.</summary>
public sealed class OnboardingWalkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_empty_hub_to_two_vendors_and_a_journal_system_in_three_commands()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("vkp-onboarding-").FullName;
        var started = TimeProvider.System.GetTimestamp();
        await using (var hub = await LocalHub.StartAsync(new LocalHubOptions(new DataDirectory(folder), Port: 0, new Progress<string>()) { IsEmpty = true }, Ct))
        {
            Task<(int ExitCode, string Output)> Vkp(params string[] arguments) => CommandRun.RunAsync([.. arguments, "--data", folder]);
            var file = Path.Combine(folder, "municipality.yaml");
            await File.WriteAllTextAsync(file, Repository.ReadText("docs", "onboarding", "municipality.yaml").Replace("http://127.0.0.1:5701/fhir/", hub.Epj.FhirBase.AbsoluteUri, StringComparison.Ordinal), Ct);

            var (planned, plan) = await Vkp("config", "plan", file);
            var (applied, change) = await Vkp("config", "apply", file);
            var (sent, first) = await Vkp("send", "--as", "responssenter-demo", Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json"));

            Assert.True((planned, applied, sent) == (0, 0, 0), plan + change + first);
            Assert.Contains("888134574 at version 0: 10 changes\n", plan, StringComparison.Ordinal);
            Assert.Contains("888134574 at version 0: 10 changes, done\n", change, StringComparison.Ordinal);
            Assert.Contains("202", first, StringComparison.Ordinal);
            await hub.Epj.WaitForJournaledAsync(1, Ct);

            // The other vendor, and the first one's look-up as the page has it for curl.
            var second = await SendCommand.PostAsync(new DataDirectory(folder), "dose.notTaken.json", DemoClient.Find("evondos-demo"), await File.ReadAllBytesAsync(Repository.PathOf("contracts", "vendors", "evondos-style", "samples", "dose.notTaken.json"), Ct), Ct);
            Assert.Equal(HttpStatusCode.Accepted, second.Status);
            Assert.Equal(HttpStatusCode.OK, await LookUpAsync(hub, (await Vkp("token", "--client", "responssenter-demo", "--for", "POST epj/r4/888134574/careplan/_search")).Output));

            var (exported, again) = await Vkp("config", "export", "888134574");
            Assert.True(exported == 0, again);
            Assert.Contains("name: Eksempel kommune", again, StringComparison.Ordinal);
            Assert.Contains($"{Environment.UserName,-20}  + municipality 'Eksempel kommune'", (await Vkp("config", "history", "888134574")).Output, StringComparison.Ordinal);
        }

        System.IO.Directory.Delete(folder, recursive: true);
        var took = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"from an empty directory to both vendors and a look-up: {took.TotalSeconds:0.0} s");
    }

    /// <summary>The headers as `curl -H @-` takes them.</summary>
    private static async Task<HttpStatusCode> LookUpAsync(LocalHub hub, string headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Running.Hub, "epj/r4/888134574/careplan/_search")) { Content = new FormUrlEncodedContent([new("patient.identifier", "13717404089")]) };
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(headers.Split('\n')[0].Split(": ")[1].Trim());
        request.Headers.Add("ServiceCodes", "ta");
        using var answer = await http.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
