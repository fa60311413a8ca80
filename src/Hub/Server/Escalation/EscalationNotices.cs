using System.Globalization;
using Vkp.Adapters.Notes;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Escalation;

/// <summary>Which notices a round makes, and what they say. Pure; bokmål first and English after, and nothing personal: ids, and names of systems.</summary>
public static class EscalationNotices
{
    public const string Mail = "mail";

    public const string Webhook = "webhook";

    /// <summary>At most one of each channel for each kind: forty alarms that nobody answers are one letter with forty lines.</summary>
    public static IReadOnlyList<(string Channel, EscalationKind Kind, IReadOnlyList<Guid> About)> For(IReadOnlyList<RaisedEscalation> raised, EscalationPolicy policy)
    {
        var notices = new List<(string, EscalationKind, IReadOnlyList<Guid>)>();
        foreach (var kind in raised.GroupBy(escalation => escalation.Kind))
        {
            Guid[] about = [.. kind.Select(escalation => escalation.Id)];
            if (policy.MailTo(kind.Key).Count > 0) notices.Add((Mail, kind.Key, about));
            if (policy.Webhook is not null) notices.Add((Webhook, kind.Key, about));
        }

        return notices;
    }

    /// <summary>What it is about in one line.</summary>
    public static (string Norwegian, string English) Title(EscalationKind kind, int subjects, long count) => kind switch
    {
        EscalationKind.Alarm => ($"{subjects} alarm(er) er ikke kvittert i tide", $"{subjects} alarm(s) not acknowledged in time"),
        EscalationKind.Destination => ($"{subjects} journalsystem(er) tar ikke imot meldinger; {count} venter", $"{subjects} journal system(s) not taking messages; {count} waiting"),
        EscalationKind.Canary => ("kanarimeldingen kommer ikke gjennom huben; meldinger kan bli stående", "the canary does not come through the hub; messages may stand still"),
        EscalationKind.BreakGlass => ($"{subjects} nødtilgang(er) er åpnet og skal gjennomgås av en annen", $"{subjects} break-glass access(es) opened, to be reviewed by somebody else"),
        _ => ($"{subjects} leverandørsystem(er) er tause; {count} enhet(er) høres ikke", $"{subjects} vendor system(s) silent; {count} device(s) not heard"),
    };

    public static (string Subject, string Body) Letter(string municipality, Notice notice)
    {
        var (norwegian, english) = Title(notice.Kind, notice.Subjects.Count, notice.Count);
        var lines = string.Join("\n", notice.Subjects.Select(subject => $"  {subject}"));
        var hint = notice.Kind switch { EscalationKind.Alarm => "vkp trace", EscalationKind.BreakGlass => "vkp break-glass list", _ => "vkp status" };
        return ($"[VKP] {municipality}: {norwegian}", $"""
            {norwegian}, siden {NorwegianTime.DateAndTime(notice.Since)}.
            {english}, since {notice.Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}.

            {lines}

            Se / see '{hint}'.
            """.ReplaceLineEndings("\n"));
    }
}
