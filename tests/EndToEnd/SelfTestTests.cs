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

    private static Task<SimulatedEpj> StartAsync() =>
        SimulatedEpj.StartAsync(new(Directory.CreateTempSubdirectory("vkp-selftest-").FullName) { Kind = "gerica-style" }, TimeProvider.System, Ct);
}
