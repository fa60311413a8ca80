using System.Collections.Immutable;
using Vkp.Hub.Escalation;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Escalation;

/// <summary>The decision alone: what is raised, what is over, and what is told.</summary>
public class EscalationRoundTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 11, 12, 0, 0, TimeSpan.Zero);

    private static readonly EscalationPolicy Policy = EscalationPolicy.Initial with { AlarmMinutes = 10, DestinationMinutes = 60 };

    private static Trouble Alarm(int minutesAgo, string id = "a") => new(EscalationKind.Alarm, id, Noon.AddMinutes(-minutesAgo), 1);

    private static RaisedEscalation Open(Trouble trouble) => new(Guid.Empty, trouble.Kind, trouble.Subject, trouble.Since, trouble.Count, Noon, null);

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(600, true)]
    public void An_alarm_is_raised_when_it_has_waited_as_long_as_is_tolerated(int minutesAgo, bool isRaised) =>
        Assert.Equal(isRaised, EscalationRound.Decide([Alarm(minutesAgo)], [], Policy, Noon).Raised.Count == 1);

    [Fact]
    public void Each_kind_has_its_own_patience_and_silence_has_had_its_already()
    {
        Trouble[] troubles = [new(EscalationKind.Destination, "epj", Noon.AddMinutes(-59), 3), new(EscalationKind.Silence, "Evondos", Noon, 1)];
        Assert.Equal("Evondos", Assert.Single(EscalationRound.Decide(troubles, [], Policy, Noon).Raised).Subject);
    }

    [Fact]
    public void What_is_open_is_not_raised_again_however_it_grows()
    {
        var one = new Trouble(EscalationKind.Silence, "Evondos", Noon, 1);
        var (raised, cleared) = EscalationRound.Decide([one with { Count = 40 }], [Open(one)], Policy, Noon.AddHours(1));
        Assert.Empty(raised);
        Assert.Empty(cleared);
    }

    [Fact]
    public void What_is_so_no_more_is_over_and_can_be_raised_anew()
    {
        Assert.Equal("a", Assert.Single(EscalationRound.Decide([Alarm(10, "b")], [Open(Alarm(20)), Open(Alarm(10, "b"))], Policy, Noon).Cleared).Subject);
        Assert.Single(EscalationRound.Decide([Alarm(10)], [], Policy, Noon).Raised);
    }

    [Fact]
    public void A_round_makes_one_letter_for_each_kind_and_none_to_nobody()
    {
        var raised = Enumerable.Range(0, 40).Select(n => Open(Alarm(10, $"{n}"))).Append(Open(new Trouble(EscalationKind.Silence, "Evondos", Noon, 7))).ToList();
        var mail = Policy with { Mail = ImmutableSortedDictionary<string, string>.Empty.Add("alarm", "vakt@example.org leder@example.org") };

        var notice = Assert.Single(EscalationNotices.For(raised, mail));

        Assert.Equal((EscalationNotices.Mail, EscalationKind.Alarm, 40), (notice.Channel, notice.Kind, notice.About.Count));
        Assert.Equal(["vakt@example.org", "leder@example.org"], mail.MailTo(EscalationKind.Alarm));
        Assert.Equal(3, EscalationNotices.For(raised, mail with { Webhook = "https://example.org" }).Count);
        Assert.Equal(["drift@example.org"], (mail with { Mail = mail.Mail.Add("*", "drift@example.org") }).MailTo(EscalationKind.Silence));
    }

    [Fact]
    public void A_relay_is_given_as_an_address()
    {
        Assert.Equal(new MailOptions("relay.example.org", 587, "vkp@example.org", UseTls: true, "bruker", "p@ss"), MailOptions.Parse("smtps://bruker:p%40ss@relay.example.org:587?from=vkp@example.org"));
        Assert.Equal(new MailOptions("127.0.0.1", 25, "vkp@example.org", UseTls: false), MailOptions.Parse("smtp://127.0.0.1?from=vkp%40example.org"));
        Assert.All(["", "https://relay.example.org?from=a@b", "smtp://relay.example.org"], text => Assert.Null(MailOptions.Parse(text)));
    }
}
