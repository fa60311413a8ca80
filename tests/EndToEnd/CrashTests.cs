using System.Text.RegularExpressions;
using Vkp.Cli.Up;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>What a killed hub, or a killed database, may not do: lose what it accepted, or let an EPJ journal it twice. Real processes, kill -9.</summary>
public sealed partial class CrashTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-crash-").FullName;
    private readonly HttpClient http = new();
    private SimulatedEpj epj = null!;
    private DevelopmentIssuer issuer = null!;
    private DevelopmentClient client = null!;
    private HubProcess hub = null!;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The database's own account must reach its folder below.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        epj = await SimulatedEpj.StartAsync(new SimulatedEpjOptions(Path.Combine(folder, "epj")), TimeProvider.System, default);
        client = DevelopmentClient.Open("evondos-demo", Path.Combine(folder, "client.jwk"), TimeProvider.System);
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal) { ["vkp:vendors/"] = "nhn:vkp" };
        var registered = client.AsRegistered("Evondos_Demo_Eksempel", SandboxFile.OrgNo, [VendorFace.Scope]);
        issuer = await DevelopmentIssuer.StartAsync(new DevelopmentIssuerOptions("Test", Path.Combine(folder, "issuer"), audiences, [registered]), TimeProvider.System, default);
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        hub = new HubProcess(data, new Uri(issuer.Issuer));
        await hub.StartAsync();
        await hub.ConfigureAsync(SandboxFile.Write(epj.FhirBase));
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await issuer.DisposeAsync();
        await epj.DisposeAsync();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_hub_killed_after_accepting_and_before_delivering_delivers_each_message_once_when_it_returns()
    {
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{SandboxFile.OrgNo}/epj/pause?reason=test"))
        {
        }

        await hub.KillAsync();
        await hub.StartAsync();
        var sent = await SendAsync(people: 20);
        await hub.KillAsync();
        Assert.Empty(epj.Journal);

        await hub.StartAsync();
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{SandboxFile.OrgNo}/epj/resume"))
        {
        }

        await AssertEachOnceAsync(sent);
        AssertNoIdentityNumberIn(hub.Output);
    }

    [Fact]
    public async Task A_hub_killed_between_delivery_and_settling_repeats_itself_and_the_EPJ_holds_each_message_once()
    {
        // The EPJ journals and never answers: every delivery hangs between delivered and settled.
        epj.SetFaults([new FaultRule { Kind = FaultKind.Hang, Stage = FaultStage.AfterJournaling }]);
        var sent = await SendAsync(people: 10);
        await Asking.UntilAsync(() => Task.FromResult(epj.Count.Journaled), journaled => journaled >= 10);
        Assert.Equal(0, (await hub.UntilAsync(s => s.Accepted == 10)).Journaled);

        await hub.KillAsync();
        epj.SetFaults();
        await hub.StartAsync();

        await AssertEachOnceAsync(sent);
        Assert.All(epj.Counters.Messages, m => Assert.True(m.Received >= 2));
    }

    [Fact]
    public async Task Edge_case_27_No_acknowledged_message_is_missing_after_PostgreSQL_is_killed_under_load()
    {
        var sending = SendAsync(people: 24, rounds: 10);
        for (var i = 0; i < 3; i++)
        {
            var target = (i + 1) * 40;
            await hub.UntilAsync(s => s.Accepted >= target);
            hub.KillPostgres();
        }

        var sent = await sending;

        await AssertEachOnceAsync(sent);
        AssertNoIdentityNumberIn(hub.Output);
    }

    /// <summary>Sends as careful vendors do, each patient's events in order, the patients beside each other.</summary>
    private async Task<IReadOnlyList<SendReport>> SendAsync(int people, int rounds = 1)
    {
        var sender = new VendorSender(http, hub.Running.Hub, ct => client.BearerAsync(http, issuer.BaseAddress, ct), TimeProvider.System);
        var reports = await Task.WhenAll(SyntheticPeople.WithDispenser.Take(people).Select(async person =>
        {
            var own = new List<SendReport>();
            for (var i = 0; i < rounds; i++)
            {
                var happened = TriggerEvents.Create("dose.dispensed", new DispenserSite(SandboxFile.OrgNo), person, TimeProvider.System.GetUtcNow().AddMinutes(i - rounds), Guid.CreateVersion7())!;
                own.Add(await sender.SendAsync(happened, default));
            }

            return own;
        }));
        var all = reports.SelectMany(r => r).ToList();
        Assert.All(all, r => Assert.True(r.IsAccepted, $"{r.Status} {r.Answer}"));
        return all;
    }

    private async Task AssertEachOnceAsync(IReadOnlyList<SendReport> sent)
    {
        await hub.UntilAsync(s => s.Journaled == sent.Count && s is { Open: 0, Failed: 0 });
        var acknowledged = sent.Select(r => r.Location!.ToString().Split('/')[^2]).Order(StringComparer.Ordinal);
        Assert.Equal(acknowledged, epj.Journal.Select(e => e.MessageHeaderId).Order(StringComparer.Ordinal));
        Assert.Equal(0, epj.Count.Doubled);
    }

    private static void AssertNoIdentityNumberIn(string text) =>
        Assert.All(ElevenDigits().Matches(text), run => Assert.False(Fhir.NationalIdentityNumber.TryParse(run.Value, out _), "a valid identity number stands in the log"));

    [GeneratedRegex(@"(?<![0-9A-Za-z])\d{11}(?![0-9A-Za-z])", RegexOptions.None, 1000)]
    private static partial Regex ElevenDigits();
}
