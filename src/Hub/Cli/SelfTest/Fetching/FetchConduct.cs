using Vkp.Hub.Acknowledgement;
using Vkp.Hub.SelfTest;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>What the requests of a journal system that fetches amount to: each check is a look at all that went by. Pure.</summary>
/// <param name="door">Where it was to ask.</param>
/// <param name="destination">The municipality's name for it.</param>
/// <param name="wait">How long it had for each thing.</param>
public sealed class FetchConduct(IReadOnlyList<Exchange> seen, Uri door, string destination, TimeSpan wait)
{
    /// <summary>Requests that were on their way when the first was told to stay away.</summary>
    public static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<Exchange> seen = [.. seen.OrderBy(exchange => exchange.At)];

    private string Seconds => $"{wait.TotalSeconds:0.#} s";

    /// <summary>Whether the journal system has said what becomes of the message, and the hub took it.</summary>
    public bool IsAnswered(Guid message) => TakenOf(message).Any();

    /// <summary>Whether the answer to its acknowledgement was thrown away.</summary>
    public bool IsLost(Guid message) => TakenOf(message).Any(exchange => exchange.Passing == Passing.AnswerLost);

    /// <summary>Whether it has said so once more after the answer to the first time was thrown away.</summary>
    public bool IsRepeated(Guid message) => TakenOf(message).SkipWhile(exchange => exchange.Passing != Passing.AnswerLost).Skip(1).Any();

    public EpjCheck Handshake(DateTimeOffset sent, HubWord hub)
    {
        if (FirstAcknowledged(hub.Id) is { } acknowledged) return Passed("handshake", $"Hentet og kvittert etter {(acknowledged.At - sent).TotalMilliseconds:0} ms.");
        return Failed("handshake", hub switch
        {
            { IsElsewhere: true } => NotOffered(hub),
            _ when TakenOf(hub.Id).FirstOrDefault() is { } rejected => $"Prøvemeldingen ble avvist ({ReasonOf(rejected)}): pasienten skal være kjent i journalsystemet (--patient).",
            { There: "journaled" } => $"Kvittert utenom {door}: alle kall skal gå dit så lenge selvtesten varer.",
            _ when seen.Count == 0 => $"Ingen forespørsel kom til {door} på {Seconds}: se at journalsystemet har den som knutepunktets adresse, kjører og henter.",
            _ when seen.Where(exchange => exchange.Answer?.Message == hub.Id).LastOrDefault() is { } refused => $"Kvitteringen ble ikke tatt imot ({Told(refused)}).",
            { There: "read" } => $"Hentet, men ikke kvittert på {Seconds}: send $journaling-acknowledged når notatet er lagret.",
            _ when seen.LastOrDefault(exchange => exchange.Status is not (>= 200 and < 300)) is { } refused && !seen.Any(exchange => exchange.IsTaken) =>
                $"Knutepunktet sa nei til hver forespørsel ({seen.Count}), sist {Told(refused)}: se klient, nøkkel (DPoP for {door}), scope nhn:jft/api og destinasjonens «client».",
            _ => $"Forespørsler kom ({seen.Count}), men prøvemeldingen ble ikke hentet på {Seconds}: den ligger under v1/Composition, og klienten skal være den som «{destination}» har.",
        });
    }

    /// <summary>Of one that is to be told that there is something, and cannot be.</summary>
    public EpjCheck NotSubscribed() => Failed(
        "handshake", $"Knutepunktet har ikke noe aktivt abonnement for «{destination}» etter {Seconds}: opprett Subscription gjennom {door}, og se at adressen som skal varsles står i destinasjonens «endpoints» og svarer.");

    public EpjCheck LostAnswer(HubWord hub)
    {
        if (!IsLost(hub.Id)) return Failed("lost-answer", $"Det var ingen kvittering å miste svaret på: {Unanswered(hub)}");
        return IsRepeated(hub.Id)
            ? Passed("lost-answer", "Svaret på kvitteringen gikk tapt, og den ble gitt på nytt.")
            : Failed("lost-answer", $"Svaret på kvitteringen gikk tapt, og den ble ikke gitt på nytt på {Seconds}. Var det kvitteringen som gikk tapt, sto meldingen åpen for alltid.");
    }

    /// <summary>Of all messages: what is said again must be what was said first. Whether there is one note, only a reference can tell.</summary>
    /// <param name="lost">The message that had to be answered twice.</param>
    /// <param name="note">What stands in that message's note.</param>
    public EpjCheck Duplicate(IReadOnlyList<Guid> messages, Guid lost, string note)
    {
        foreach (var answers in messages.Select(message => seen.Where(exchange => exchange.Answer?.Message == message && exchange.Passing != Passing.TurnedAway).ToList()).Where(answers => answers.Count > 1))
        {
            var first = answers[0];
            if (answers.Find(again => again.Answer!.IsRejection != first.Answer!.IsRejection) is not null) return Failed("duplicate", $"Melding {first.Answer!.Message} ble både kvittert og avvist: en gjentakelse skal si det samme.");
            if (answers.Find(again => again.Said != first.Said) is not null) return Failed("duplicate", $"Melding {first.Answer!.Message} ble kvittert to ganger med ulik referanse: den er journalført to ganger.");
        }

        if (!IsRepeated(lost)) return new EpjCheck("duplicate", CheckResult.NotApplicable, "Ingen melding ble kvittert to ganger.");
        return TakenOf(lost).First().Said.Length > 0
            ? Passed("duplicate", "Kvittert to ganger med samme referanse.")
            : new EpjCheck("duplicate", CheckResult.NotApplicable, $"Kvitteringen har ingen referanse, så det kan bare journalen vise: notatet «{note}» fra kl. {TakenOf(lost).First().At:HH:mm:ss}Z skal stå der én gang.");
    }

    /// <param name="messages">About one patient, as they were sent.</param>
    public EpjCheck Order(IReadOnlyList<HubWord> messages)
    {
        var acknowledged = messages.Select(message => FirstAcknowledged(message.Id)).ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            if (acknowledged[i] is not { } own) return Failed("order", $"Melding {i + 1} av {messages.Count} ble ikke kvittert: {Unanswered(messages[i])}");
            if (i > 0 && own.At < acknowledged[i - 1]!.At) return Failed("order", $"Melding {i + 1} av {messages.Count} ble kvittert før melding {i}.");
        }

        return Passed("order", "Tre meldinger om én pasient lå klare sammen, og ble kvittert i rekkefølge.");
    }

    /// <param name="outage">Null when it never began.</param>
    /// <param name="messages">What was sent while it lasted.</param>
    public EpjCheck Outage(Outage? outage, IReadOnlyList<HubWord> messages)
    {
        if (outage is null) return Failed("outage", $"Ingen forespørsel kom på {Seconds}, så det var ingen å be om å vente.");

        var early = seen.Count(exchange => exchange.Passing == Passing.TurnedAway && exchange.At > outage.Began + OnTheWay);
        var told = $"503 med Retry-After: {(outage.Ends - outage.Began).TotalSeconds:0}";
        if (early > 0) return Failed("outage", $"Fikk {told}, og spurte {early} {(early == 1 ? "gang" : "ganger")} til før tiden var ute.");
        var lost = messages.Count(message => !IsAnswered(message.Id));
        return lost > 0
            ? Failed("outage", $"Fikk {told}. {Seconds} etter avbruddet var {lost} av {messages.Count} meldinger ikke besvart.")
            : Passed("outage", $"Fikk {told}, ventet så lenge, og tok opp igjen alle {messages.Count} meldinger.");
    }

    public EpjCheck Refusal(HubWord hub)
    {
        if (FirstAcknowledged(hub.Id) is not null) return Failed("refusal", "En ukjent pasient skal avvises, ble kvittert som journalført.");
        if (TakenOf(hub.Id).FirstOrDefault() is { } rejected) return Passed("refusal", $"En ukjent pasient ble avvist: {ReasonOf(rejected)}.");
        return Failed("refusal", seen.LastOrDefault(exchange => exchange.Answer?.Message == hub.Id) is { } refused
            ? $"En ukjent pasient skal avvises med en av årsakene som knutepunktet kjenner; avvisningen ble ikke tatt imot ({Told(refused)})."
            : $"En ukjent pasient skal avvises med $journaling-rejected: {Unanswered(hub)}");
    }

    private string Unanswered(HubWord hub) => hub switch
    {
        { IsElsewhere: true } => NotOffered(hub),
        { There: "journaled" or "refused" } when !IsAnswered(hub.Id) => $"den er besvart utenom {door}.",
        { There: "read" } => $"den er hentet, og lå ubesvart i {Seconds}.",
        _ => $"den ble ikke hentet på {Seconds}.",
    };

    private string NotOffered(HubWord hub) => hub.State is "held" or "rejected"
        ? $"Knutepunktet holder prøvemeldingen ({hub.Reason}): rett kommunens fil ('vkp why {hub.Id}')."
        : $"Knutepunktet legger ikke prøvemeldingen ut til «{destination}»: se kommunens fil ('vkp why {hub.Id}').";

    private IEnumerable<Exchange> TakenOf(Guid message) => seen.Where(exchange => exchange.IsTaken && exchange.Answer?.Message == message);

    private Exchange? FirstAcknowledged(Guid message) => TakenOf(message).FirstOrDefault(exchange => !exchange.Answer!.IsRejection);

    /// <summary>Of a rejection that the hub took; never any other word of what was said.</summary>
    private static string ReasonOf(Exchange rejected) => Rejections.Reasons.FirstOrDefault(reason => rejected.Said.Contains($"\"{reason}\"", StringComparison.Ordinal)) ?? "uten kjent årsak";

    private static string Told(Exchange exchange) => exchange.Status is { } status ? $"HTTP {status}{(exchange.Code is { } code ? $" {code}" : "")}" : "knutepunktet svarte ikke";

    private static EpjCheck Passed(string name, string what) => new(name, CheckResult.Passed, what);

    private static EpjCheck Failed(string name, string what) => new(name, CheckResult.Failed, what);
}
