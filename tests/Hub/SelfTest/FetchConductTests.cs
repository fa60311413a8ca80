using Vkp.Cli.SelfTest.Fetching;
using Vkp.Hub.SelfTest;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>What a journal system's requests amount to, from requests that are written down.</summary>
public class FetchConductTests
{
    private const string Reference = """{"resourceType":"Parameters","parameter":[{"name":"reference","valueString":"1"}]}""";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid One = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-7000-8000-000000000002");
    private static readonly Guid Three = new("00000000-0000-7000-8000-000000000003");

    [Fact]
    public void A_document_that_is_fetched_and_acknowledged_is_a_handshake()
    {
        var check = Of(List(0.1), Acknowledged(One, 0.2)).Handshake(Start, Journaled(One));

        Assert.Equal((CheckResult.Passed, "Hentet og kvittert etter 200 ms."), (check.Result, check.What));
    }

    public static TheoryData<string, Exchange[], HubWord, string> Handshakes => new()
    {
        { "nobody came", [], Available(One), "Ingen forespørsel kom til http://127.0.0.1:5709/ på 120 s" },
        { "another address in its proofs", [List(1) with { Status = 401, Code = "VKP-808" }], Available(One), "Knutepunktet sa nei til hver forespørsel (1), sist HTTP 401 VKP-808: se klient" },
        { "looks elsewhere", [List(1)], Available(One), "Forespørsler kom (1), men prøvemeldingen ble ikke hentet" },
        { "fetched and no more", [List(1)], Read(One), "Hentet, men ikke kvittert på 120 s" },
        { "acknowledged, and was not understood", [List(1), Acknowledged(One, 2) with { Status = 400, Code = "VKP-120" }], Read(One), "Kvitteringen ble ikke tatt imot (HTTP 400 VKP-120)" },
        { "the patient is unknown there", [List(1), Rejected(One, 2)], Refused(One), "Prøvemeldingen ble avvist (patient-unknown)" },
        { "another way", [List(1)], Journaled(One), "Kvittert utenom http://127.0.0.1:5709/" },
        { "held", [List(1)], new HubWord(One, "held", "VKP-115", null), "Knutepunktet holder prøvemeldingen (VKP-115)" },
        { "for others", [List(1)], new HubWord(One, "forwarded", null, null), "Knutepunktet legger ikke prøvemeldingen ut til «henter»" },
    };

    [Theory]
    [MemberData(nameof(Handshakes))]
    public void A_handshake_that_does_not_come_says_where_to_look(string why, Exchange[] seen, HubWord hub, string expected)
    {
        var check = Of(seen).Handshake(Start, hub);

        Assert.True(check.Result == CheckResult.Failed, why);
        Assert.StartsWith(expected, check.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_was_lost_is_asked_for_again()
    {
        var again = Of(Lost(One, 1), Acknowledged(One, 2));
        var never = Of(Lost(One, 1), Acknowledged(Two, 2));
        var refused = Of(Lost(One, 1), Acknowledged(One, 2) with { Status = 401, Code = "VKP-808" });

        Assert.True(again.IsLost(One) && again.IsRepeated(One));
        Assert.Equal(CheckResult.Passed, again.LostAnswer(Journaled(One)).Result);
        Assert.Equal((CheckResult.Failed, CheckResult.Failed), (never.LostAnswer(Journaled(One)).Result, refused.LostAnswer(Journaled(One)).Result));
        Assert.StartsWith("Det var ingen kvittering", Of(List(1)).LostAnswer(Read(One)).What, StringComparison.Ordinal);
        // Before the loss, nothing has been repeated.
        Assert.False(Of(Acknowledged(One, 1), Acknowledged(One, 2)).IsRepeated(One));
    }

    [Fact]
    public void The_same_reference_twice_is_one_note_and_another_is_two()
    {
        Assert.Equal(CheckResult.Passed, Of(Lost(One, 1, Reference), Acknowledged(One, 2, Reference)).Duplicate([One], One, "Prøvemelding 2").Result);
        Assert.Equal(CheckResult.Failed, Of(Lost(One, 1, Reference), Acknowledged(One, 2, Reference.Replace("\"1\"", "\"2\"", StringComparison.Ordinal))).Duplicate([One], One, "Prøvemelding 2").Result);
        Assert.Equal(CheckResult.Failed, Of(Lost(One, 1, Reference), Acknowledged(One, 2)).Duplicate([One], One, "Prøvemelding 2").Result);
        // Of any message, whether or not it had to be answered twice.
        Assert.Equal(CheckResult.Failed, Of(Lost(One, 1), Acknowledged(One, 2), Acknowledged(Two, 3, "1"), Acknowledged(Two, 4, "2")).Duplicate([One, Two], One, "Prøvemelding 2").Result);
    }

    [Fact]
    public void Without_a_reference_it_is_for_the_journal_to_show()
    {
        var check = Of(Lost(One, 1), Acknowledged(One, 2)).Duplicate([One], One, "Prøvemelding 2");

        Assert.Equal(CheckResult.NotApplicable, check.Result);
        Assert.Contains("notatet «Prøvemelding 2» fra kl. 08:00:01Z skal stå der én gang", check.What, StringComparison.Ordinal);
        Assert.Equal(CheckResult.NotApplicable, Of(Lost(One, 1)).Duplicate([One], One, "Prøvemelding 2").Result);
    }

    [Fact]
    public void To_reject_as_a_duplicate_what_was_acknowledged_is_the_opposite_and_no_repeat()
    {
        var check = Of(Lost(One, 1), Rejected(One, 2) with { Status = 409, Code = "VKP-602" }).Duplicate([One], One, "Prøvemelding 2");

        Assert.Equal(CheckResult.Failed, check.Result);
        Assert.Contains("både kvittert og avvist", check.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_is_that_of_the_first_acknowledgements_as_they_came()
    {
        HubWord[] three = [Journaled(One), Journaled(Two), Journaled(Three)];

        // Noted as they ended, not as they came.
        Assert.Equal(CheckResult.Passed, Of(Acknowledged(One, 4), Acknowledged(Two, 2), Acknowledged(One, 1), Acknowledged(Three, 3)).Order(three).Result);
        Assert.Equal("Melding 3 av 3 ble kvittert før melding 2.", Of(Acknowledged(One, 1), Acknowledged(Three, 2), Acknowledged(Two, 3)).Order(three).What);
        // Turned away, it was not said to anybody.
        Assert.Equal(CheckResult.Passed, Of(TurnedAway(0, Two), Acknowledged(One, 1), Acknowledged(Two, 2), Acknowledged(Three, 3)).Order(three).Result);
        var missing = Of(Acknowledged(One, 1), Acknowledged(Three, 3)).Order([Journaled(One), Read(Two), Journaled(Three)]);
        Assert.Equal((CheckResult.Failed, "Melding 2 av 3 ble ikke kvittert: den er hentet, og lå ubesvart i 120 s."), (missing.Result, missing.What));
    }

    [Fact]
    public void In_an_outage_whoever_is_on_the_way_may_come_and_nobody_asks_again_before_the_time_is_over()
    {
        var outage = new Outage(Start, Start.AddSeconds(10));
        Exchange[] after = [List(10.5), Acknowledged(One, 11)];

        Assert.Equal(CheckResult.Passed, Of([TurnedAway(0), TurnedAway(0.9), .. after]).Outage(outage, [Journaled(One)]).Result);
        Assert.Contains("spurte 1 gang til", Of([TurnedAway(0), TurnedAway(5), .. after]).Outage(outage, [Journaled(One)]).What, StringComparison.Ordinal);
        Assert.Contains("spurte 2 ganger til", Of([TurnedAway(0), TurnedAway(1.1), TurnedAway(9.9), .. after]).Outage(outage, [Journaled(One)]).What, StringComparison.Ordinal);
        Assert.Contains("var 1 av 2 meldinger ikke besvart", Of([TurnedAway(0), .. after]).Outage(outage, [Journaled(One), Read(Two)]).What, StringComparison.Ordinal);
        Assert.Equal(CheckResult.Failed, Of(after).Outage(null, [Journaled(One)]).Result);
    }

    [Fact]
    public void A_stranger_is_rejected_with_a_code_and_neither_acknowledged_nor_left()
    {
        var check = Of(Rejected(One, 1)).Refusal(Refused(One));

        Assert.Equal((CheckResult.Passed, "En ukjent pasient ble avvist: patient-unknown."), (check.Result, check.What));
        Assert.Equal("En ukjent pasient skal avvises, ble kvittert som journalført.", Of(Acknowledged(One, 1)).Refusal(Journaled(One)).What);
        Assert.Contains("ikke tatt imot (HTTP 400 VKP-601)", Of(Rejected(One, 1) with { Status = 400, Code = "VKP-601" }).Refusal(Read(One)).What, StringComparison.Ordinal);
        Assert.Contains("lå ubesvart i 120 s", Of(List(1)).Refusal(Read(One)).What, StringComparison.Ordinal);
        Assert.Contains("ble ikke hentet", Of(List(1)).Refusal(Available(One)).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/Composition/00000000-0000-7000-8000-000000000001/$journaling-acknowledged", false)]
    [InlineData("POST", "/v1/Bundle/00000000-0000-7000-8000-000000000001/%24journaling-acknowledged", false)]
    [InlineData("POST", "/v1/Composition/00000000-0000-7000-8000-000000000001/$journaling-rejected", true)]
    [InlineData("GET", "/v1/Composition/00000000-0000-7000-8000-000000000001/$journaling-acknowledged", null)]
    [InlineData("POST", "/v1/Composition/x/$journaling-acknowledged", null)]
    [InlineData("POST", "/v1/Composition/_search", null)]
    [InlineData("GET", "/fhir/Composition/00000000-0000-7000-8000-000000000001", null)]
    public void An_answer_about_a_document_is_known_by_its_address(string method, string path, bool? isRejection)
    {
        Assert.Equal(isRejection is { } rejects ? new DocumentAnswer(One, rejects) : null, new Exchange(Start, method, path, 202).Answer);
    }

    private static FetchConduct Of(params Exchange[] seen) => new(seen, new Uri("http://127.0.0.1:5709/"), "henter", TimeSpan.FromSeconds(120));

    private static Exchange List(double second) => new(Start.AddSeconds(second), "GET", "/v1/Composition", 200);

    private static Exchange Acknowledged(Guid message, double second, string said = "") => new(Start.AddSeconds(second), "POST", $"/v1/Composition/{message}/$journaling-acknowledged", 202, Said: said);

    private static Exchange Rejected(Guid message, double second) => new(Start.AddSeconds(second), "POST", $"/v1/Composition/{message}/$journaling-rejected", 202, Said: """{"parameter":[{"name":"reason","valueCode":"patient-unknown"}]}""");

    private static Exchange Lost(Guid message, double second, string said = "") => Acknowledged(message, second, said) with { Passing = Passing.AnswerLost };

    private static Exchange TurnedAway(double second, Guid? about = null) => (about is { } message ? Acknowledged(message, second) : List(second)) with { Status = 503, Passing = Passing.TurnedAway };

    private static HubWord Available(Guid message) => new(message, "registered", null, "available");

    private static HubWord Read(Guid message) => new(message, "read", null, "read");

    private static HubWord Journaled(Guid message) => new(message, "journaled", null, "journaled");

    private static HubWord Refused(Guid message) => new(message, "failed", "VKP-610", "refused");
}
