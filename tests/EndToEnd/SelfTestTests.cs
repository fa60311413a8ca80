using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Vkp.Cli;
using Vkp.Cli.Up;
using Vkp.Sandbox;

namespace Vkp.EndToEnd.Tests;

public class SelfTestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_journal_system_is_certified_from_the_command_line_and_its_journal_can_be_read()
    {
        await using var epj = await StartAsync();
        var settings = (string[])["--setting", "domain=eksempel", "--setting", "key=env:VKP_TEST_KEY", "--setting", "journalType=101", "--setting", "employeeId=900"];

        var (exitCode, certificate) = await CommandRun.RunAsync(["selftest", "epj", "--adapter", "gerica-style", "--address", epj.AdapterBase.ToString(), .. settings], ("VKP_TEST_KEY", "k-e-y"));
        var (_, journal) = await CommandRun.RunAsync(["sandbox", "journal", "--epj", epj.BaseAddress.ToString()]);

        Assert.True(exitCode == 0, certificate);
        Assert.Contains("Bestått.", certificate, StringComparison.Ordinal);
        Assert.DoesNotContain("k-e-y", certificate, StringComparison.Ordinal);
        Assert.Contains("Prøvemelding 1. Skal ikke følges opp.", journal, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_synthetic_people_and_real_addresses_are_taken()
    {
        var (notAPerson, person) = await CommandRun.RunAsync(["selftest", "epj", "--adapter", "cosdoc-style", "--address", "http://127.0.0.1:1/", "--patient", "12345678901"]);
        var (noAddress, address) = await CommandRun.RunAsync(["selftest", "epj", "--adapter", "cosdoc-style", "--address", "epj.example.org"]);

        Assert.Equal((64, 64), (notAPerson, noAddress));
        Assert.StartsWith("VKP-921", person, StringComparison.Ordinal);
        Assert.StartsWith("VKP-922", address, StringComparison.Ordinal);
    }

    /// <summary>As its developer does it: the hub, her journal system pointed at the self-test, her line in the municipality's file, the certificate.</summary>
    [Fact]
    public async Task A_journal_system_that_fetches_is_certified_through_the_address_that_the_hub_told()
    {
        var directory = new DataDirectory(Directory.CreateTempSubdirectory("vkp-selftest-").FullName);
        await using (var local = await LocalHub.StartAsync(new LocalHubOptions(directory, Port: 0, new Progress<string>()) { SelfTestPort = FreePort() }, Ct))
        {
            var file = Path.Combine(directory.Sandbox, "municipality.yaml");
            var push = (await File.ReadAllLinesAsync(file, Ct)).Single(line => line.Contains("- { name: epj,", StringComparison.Ordinal));
            var mine = "      - { name: mitt-epj, adapter: jft-pull, settings: { client: epj-demo } }";
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Ct)).Replace(push, $"{push}\n{mine}", StringComparison.Ordinal), Ct);
            var applied = await CommandRun.RunAsync(["config", "apply", file, "--data", directory.Path]);
            Assert.True(applied.ExitCode == 0, applied.Output);
            using var epj = CommandRun.Start(
                ["sandbox", "epj", "jft-pull", "--every", "1", "--hub", $"{local.Running.SelfTest}", "--issuer", $"{local.Running.Issuer}", "--client", "epj-demo", "--data", directory.Path]);
            try
            {
                var (exitCode, told) = await CommandRun.RunAsync(["selftest", "epj", "--adapter", "jft-pull", "--destination", "mitt-epj", "--json", "--data", directory.Path]);

                Assert.True(exitCode == 0, told);
                Assert.Contains("point the journal system at that address", told, StringComparison.Ordinal);
                var certificate = JsonNode.Parse(told[told.IndexOf('{', StringComparison.Ordinal)..(told.LastIndexOf('}') + 1)])!;
                Assert.Equal(("jft-pull", "mitt-epj", local.Running.SelfTest!.Authority), ((string)certificate["adapter"]!, (string)certificate["destination"]!, (string)certificate["host"]!));
                Assert.Equal(
                    ["handshake Passed", "lost-answer Passed", "duplicate NotApplicable", "order Passed", "outage Passed", "refusal Passed"],
                    certificate["checks"]!.AsArray().Select(check => $"{check!["name"]} {check["result"]}"));
            }
            finally
            {
                epj.Kill();
                await epj.WaitForExitAsync(Ct);
            }
        }

        Directory.Delete(directory.Path, recursive: true);
    }

    /// <summary>Below those that the system gives to whoever asks for any.</summary>
    private static int FreePort()
    {
        for (var port = 24_000 + Environment.ProcessId % 4_000; ; port++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's; the next.
            }
        }
    }

    private static Task<SimulatedEpj> StartAsync() =>
        SimulatedEpj.StartAsync(new(Directory.CreateTempSubdirectory("vkp-selftest-").FullName) { Kind = "gerica-style" }, TimeProvider.System, Ct);
}
