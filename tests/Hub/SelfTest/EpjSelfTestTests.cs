using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Hub.Delivery;
using Vkp.Hub.SelfTest;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.SelfTest;

public class EpjSelfTestTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["domain"] = "eksempel", ["key"] = "k", ["journalType"] = "101", ["employeeId"] = "900", ["unit"] = "test",
    };

    public static TheoryData<string> Kinds => [.. EpjKind.All];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sound_EPJ_of_every_kind_gets_its_certificate(string kind)
    {
        var (certificate, epj) = await RunAsync(kind);

        Assert.True(certificate.HasPassed, string.Join('\n', certificate.Checks));
        Assert.Equal(["handshake", "duplicate", "order", "lost-answer", "refusal", "unreadable"], certificate.Checks.Select(check => check.Name));
        Assert.Equal(EpjCatalog.Find(kind)!.ReceiverClass == ReceiverClass.Neither ? 2 : 0, certificate.Checks.Count(check => check.Result == CheckResult.NotApplicable));
        Assert.All(epj.Messages, message => Assert.True(message.Journaled <= 1));
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, string.Join('\n', certificate.Checks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_EPJ_that_writes_every_repeat_again_fails_on_duplicates()
    {
        var (certificate, _) = await RunAsync("fhir-messaging", deduplicates: false);
        Assert.Equal(["duplicate"], certificate.Checks.Where(check => check.Result == CheckResult.Failed).Select(check => check.Name));
    }

    [Fact]
    public async Task An_EPJ_whose_look_up_is_broken_fails_where_it_must_be_asked()
    {
        var (certificate, _) = await RunAsync("profil-style", faults: new FaultRule { Kind = FaultKind.Garbage, LookUps = true });
        Assert.Equal(["duplicate", "lost-answer"], certificate.Checks.Where(check => check.Result == CheckResult.Failed).Select(check => check.Name));
    }

    [Fact]
    public async Task An_EPJ_that_is_away_fails_the_handshake_and_is_asked_nothing_more()
    {
        var (certificate, _) = await RunAsync("cosdoc-style", faults: new FaultRule { Kind = FaultKind.Status, Status = 503 });
        Assert.False(certificate.HasPassed);
        Assert.Equal("handshake", Assert.Single(certificate.Checks).Name);
    }

    private static async Task<(EpjCertificate Certificate, EpjCounters Epj)> RunAsync(string kind, bool deduplicates = true, FaultRule? faults = null)
    {
        using var folder = new TemporaryFolder();
        await using var epj = await SimulatedEpj.StartAsync(new(folder.File("epj"), Deduplicates: deduplicates) { Kind = kind }, TimeProvider.System, Ct);
        if (faults is not null) epj.SetFaults(faults);
        using var channel = new EpjChannel(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, TimeProvider.System);
        var test = new EpjSelfTest(EpjCatalog.Find(kind)!, epj.AdapterBase, Settings, Person(SyntheticPeople.All[0]), Person(SyntheticPeople.Stranger), channel, TimeProvider.System);
        var certificate = await test.RunAsync(new Guid("4f0c2a52-0d0e-4b4e-9a3e-3c9a2f1d7b61"), Ct);
        return (certificate, epj.Counters);
    }

    private static SourceIdentifier Person(SyntheticPerson person) => new(IdentifierSystems.Fodselsnummer, person.NationalId);
}
