using Vkp.Hub.SelfTest;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>Journal systems that fetch, tried through a real door before a real hub: sound ones pass, and each that is wrong fails the very check.</summary>
public sealed class FetchingSelfTestTests(TriedFixture at) : IClassFixture<TriedFixture>
{
    private static readonly string[] Names = ["handshake", "lost-answer", "duplicate", "order", "outage", "refusal"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_one_gets_its_certificate()
    {
        await using var door = await at.OpenDoorAsync();
        await using var epj = Plain(door.Address, EpjFault.None);

        var certificate = await at.RunAsync(door);

        Assert.Equal(Names, certificate.Checks.Select(check => check.Name));
        Assert.All(certificate.Checks, check => Assert.True(check.Result == CheckResult.Passed, check.ToString()));
        Assert.Equal(("jft-pull", "A", $"127.0.0.1:{at.Port}", TriedFixture.Destination), (certificate.Adapter, certificate.ReceiverClass, certificate.Host, certificate.Destination));
        Assert.Equal("En ukjent pasient ble avvist: patient-unknown.", certificate.Checks[^1].What);
        Assert.DoesNotContain(SyntheticPeople.Stranger.NationalId, string.Join('\n', certificate.Checks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EpjKind.Pulling)]
    [InlineData(EpjKind.Subscribing)]
    public async Task The_simulated_ones_get_theirs_and_journal_each_note_once(string kind)
    {
        await using var door = await at.OpenDoorAsync();
        await using var epj = await at.StartSimulatedAsync(door, kind);
        await at.ConfigureAsync(epj.NotificationAddress);
        // One that pulls finds what other tests have left.
        var before = epj.Journal.Count;

        var certificate = await at.RunAsync(door, kind: kind);

        Assert.Equal(kind, certificate.Adapter);
        Assert.Equal(Names, certificate.Checks.Select(check => check.Name));
        // Its acknowledgements have no reference.
        Assert.Equal(["duplicate"], certificate.Checks.Where(check => check.Result == CheckResult.NotApplicable).Select(check => check.Name));
        Assert.True(certificate.HasPassed, string.Join('\n', certificate.Checks));
        Assert.Equal(0, epj.Count.Doubled);
        Assert.True(epj.Journal.Count >= before + 5);
    }

    [Theory]
    [InlineData(EpjFault.NewReferenceEachTime, "duplicate")]
    [InlineData(EpjFault.RejectsRepeats, "duplicate", "lost-answer")]
    [InlineData(EpjFault.AsksOnInAnOutage, "outage")]
    [InlineData(EpjFault.LatestFirst, "order")]
    [InlineData(EpjFault.TakesStrangers, "refusal")]
    public async Task One_that_is_wrong_fails_where_it_is_wrong(EpjFault fault, params string[] expected)
    {
        var certificate = await RunAsync(fault, hopeless: fault == EpjFault.RejectsRepeats ? ["lost-answer"] : []);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Failed(certificate));
    }

    [Theory]
    [InlineData(EpjFault.GivesUpLostAnswers, "lost-answer", "ikke gitt på nytt")]
    [InlineData(EpjFault.LeavesStrangers, "refusal", "lå ubesvart")]
    [InlineData(EpjFault.RejectsInItsOwnWords, "refusal", "HTTP 400 VKP-601")]
    public async Task One_that_never_does_what_it_must_fails_when_the_wait_is_over(EpjFault fault, string expected, string said)
    {
        var certificate = await RunAsync(fault, expected);

        Assert.Equal([expected], Failed(certificate));
        Assert.Contains(said, certificate.Checks.Single(check => check.Name == expected).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_an_outage_ends_has_lost_what_came_in_it()
    {
        var certificate = await RunAsync(EpjFault.ForgetsWhatAnOutageHid, "outage", "refusal");

        Assert.Equal(["order", "outage", "refusal"], Failed(certificate));
        Assert.Contains("var 3 av 3 meldinger ikke besvart", certificate.Checks.Single(check => check.Name == "outage").What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_comes_fails_the_handshake_and_nothing_else_is_tried()
    {
        await using var door = await at.OpenDoorAsync();

        var certificate = await at.RunAsync(door, TimeSpan.FromSeconds(1));

        var check = Assert.Single(certificate.Checks);
        Assert.Equal(("handshake", CheckResult.Failed), (check.Name, check.Result));
        Assert.StartsWith($"Ingen forespørsel kom til {door.Address} på 1 s", check.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_to_be_told_and_has_asked_for_nothing_fails_the_handshake()
    {
        await using var door = await at.OpenDoorAsync();

        var certificate = await at.RunAsync(door, TimeSpan.FromSeconds(1), kind: EpjKind.Subscribing, destination: "annen");

        Assert.StartsWith("Knutepunktet har ikke noe aktivt abonnement for «annen» etter 1 s", Assert.Single(certificate.Checks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_signs_for_another_address_is_told_what_the_hub_said()
    {
        var certificate = await RunAsync(EpjFault.SignsForAnotherAddress, "handshake");

        Assert.Contains("sist HTTP 401 VKP-808", Assert.Single(certificate.Checks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_answers_past_the_door_is_told_so_before_the_wait_is_over()
    {
        await using var door = await at.OpenDoorAsync();
        await using var epj = Plain(at.Address, EpjFault.None);

        var certificate = await at.RunAsync(door, wait: TimeSpan.FromHours(1)).WaitAsync(Asking.Patience, Ct);

        Assert.StartsWith($"Kvittert utenom {door.Address}", Assert.Single(certificate.Checks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patient_that_the_hub_does_not_know_is_said_before_the_wait_is_over()
    {
        await using var door = await at.OpenDoorAsync();

        var certificate = await at.RunAsync(door, wait: TimeSpan.FromHours(1), patient: SyntheticPeople.All[30].NationalId).WaitAsync(Asking.Patience, Ct);

        Assert.StartsWith("Knutepunktet holder prøvemeldingen (VKP-1", Assert.Single(certificate.Checks).What, StringComparison.Ordinal);
    }

    private async Task<EpjCertificate> RunAsync(EpjFault fault, params string[] hopeless)
    {
        await using var door = await at.OpenDoorAsync();
        await using var epj = Plain(door.Address, fault);
        return await at.RunAsync(door, hopeless: hopeless);
    }

    private PlainEpj Plain(Uri hub, EpjFault fault) => new(hub, at.Hub.Issuer.BaseAddress, at.Client, fault);

    private static IEnumerable<string> Failed(EpjCertificate certificate) =>
        certificate.Checks.Where(check => check.Result == CheckResult.Failed).Select(check => check.Name).Order(StringComparer.Ordinal);
}
