using System.Net;
using System.Net.Sockets;
using System.Text;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Hub.Delivery;
using Vkp.Hub.Outbound;
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

    private static readonly Guid Run = new("4f0c2a52-0d0e-4b4e-9a3e-3c9a2f1d7b61");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sound_EPJ_of_every_kind_gets_its_certificate(string kind)
    {
        var (certificate, epj) = await RunAsync(kind);

        Assert.True(certificate.HasPassed, string.Join('\n', certificate.Checks));
        Assert.Equal(["handshake", "duplicate", "order", "lost-answer", "outage", "refusal", "unreadable"], certificate.Checks.Select(check => check.Name));
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

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public async Task An_EPJ_that_does_not_take_what_comes_after_a_broken_line_fails_on_the_outage(int number)
    {
        var message = DeterministicId.From("selftest", Run.ToString("N"), "message", number.ToString()).ToString("D");
        var (certificate, _) = await RunAsync("fhir-messaging", faults: new FaultRule { Kind = FaultKind.Refuse, MessageHeaderId = message });
        Assert.Equal(["outage"], certificate.Checks.Where(check => check.Result == CheckResult.Failed).Select(check => check.Name));
    }

    [Fact]
    public async Task A_broken_line_announces_the_whole_and_sends_half_of_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var arriving = ReadToEndAsync(listener);
        using var broken = new BrokenLine(OutboundPolicy.OfPerson);

        var answer = await broken.SendAsync(new Uri($"http://{listener.LocalEndpoint}/"), new EpjRequest("POST", "notes", "application/json", new byte[5000]), Ct);

        Assert.IsType<EpjAnswer.Unknown>(answer);
        var arrived = Encoding.ASCII.GetString(await arriving);
        Assert.Contains("Content-Length: 5000", arrived, StringComparison.Ordinal);
        Assert.Equal(2500, arrived[(arrived.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Length);
    }

    private static async Task<byte[]> ReadToEndAsync(TcpListener listener)
    {
        using var peer = await listener.AcceptTcpClientAsync(Ct);
        using var all = new MemoryStream();
        try
        {
            await peer.GetStream().CopyToAsync(all, Ct);
        }
        catch (IOException)
        {
            // A line that breaks may say so.
        }

        return all.ToArray();
    }

    private static async Task<(EpjCertificate Certificate, EpjCounters Epj)> RunAsync(string kind, bool deduplicates = true, FaultRule? faults = null)
    {
        using var folder = new TemporaryFolder();
        await using var epj = await SimulatedEpj.StartAsync(new(folder.File("epj"), Deduplicates: deduplicates) { Kind = kind }, TimeProvider.System, Ct);
        if (faults is not null) epj.SetFaults(faults);
        using var channel = new EpjChannel(OutboundPolicy.OfPerson, TimeProvider.System);
        using var broken = new BrokenLine(OutboundPolicy.OfPerson);
        var test = new EpjSelfTest(EpjCatalog.Find(kind)!, epj.AdapterBase, Settings, Person(SyntheticPeople.All[0]), Person(SyntheticPeople.Stranger), channel, broken, TimeProvider.System);
        var certificate = await test.RunAsync(Run, Ct);
        return (certificate, epj.Counters);
    }

    private static SourceIdentifier Person(SyntheticPerson person) => new(IdentifierSystems.Fodselsnummer, person.NationalId);
}
