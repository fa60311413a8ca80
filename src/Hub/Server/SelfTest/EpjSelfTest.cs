using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.SelfTest;

/// <summary>What one check came to.</summary>
public enum CheckResult
{
    Passed,
    Failed,

    /// <summary>A receiver of this class cannot show it.</summary>
    NotApplicable,
}

/// <param name="Name">Permanent: `handshake`, `duplicate`, `order`, `lost-answer`, `outage`, `refusal`, `unreadable`.</param>
/// <param name="What">What was seen, in bokmål, without personal data.</param>
public sealed record EpjCheck(string Name, CheckResult Result, string What);

/// <summary>What a journal system's interface showed, at a time.</summary>
/// <param name="Host">Host and port only: the rest of an address may hold a key.</param>
public sealed record EpjCertificate(string Adapter, string ReceiverClass, string Host, DateTimeOffset At, Guid Run, IReadOnlyList<EpjCheck> Checks)
{
    /// <summary>The municipality's name for a journal system that fetches; null for one that is called.</summary>
    public string? Destination { get; init; }

    public bool HasPassed => Checks.All(check => check.Result != CheckResult.Failed);
}

/// <summary>
/// Tries a real journal system with the very adapter and wire that deliver to it: does it answer, know repeats, keep messages apart, survive a lost answer
/// and a broken line, take what is old, refuse with a code. It writes a handful of notes about the patient it is given, so it is for test environments and synthetic people.
/// </summary>
/// <param name="patient">Known to the EPJ.</param>
/// <param name="stranger">Unknown to it.</param>
public sealed class EpjSelfTest(
    IEpjAdapter adapter, Uri address, IReadOnlyDictionary<string, string> settings, SourceIdentifier patient, SourceIdentifier stranger, EpjChannel channel, BrokenLine broken, TimeProvider time)
{
    /// <param name="run">Names this run: its messages get their ids from it, and a run of the same name repeats them.</param>
    public async Task<EpjCertificate> RunAsync(Guid run, CancellationToken ct)
    {
        var messages = new SelfTestMessages(run, settings, time.GetUtcNow());
        var checks = new List<EpjCheck>();
        var handshake = await HandshakeAsync(messages, ct);
        checks.Add(handshake.Check);
        if (handshake.Receipt is { } receipt)
        {
            checks.Add(await DuplicateAsync(messages, receipt, ct));
            checks.Add(await OrderAsync(messages, receipt, ct));
            checks.Add(await LostAnswerAsync(messages, ct));
            checks.Add(await OutageAsync(messages, ct));
            checks.Add(await RefusalAsync(messages, ct));
            checks.Add(await UnreadableAsync(messages, ct));
        }

        var letter = adapter.ReceiverClass switch { ReceiverClass.Deduplicates => "A", ReceiverClass.CanBeAsked => "B", _ => "C" };
        return new EpjCertificate(adapter.Info.Name, letter, address.Authority, time.GetUtcNow(), run, checks);
    }

    private async Task<(EpjCheck Check, string? Receipt)> HandshakeAsync(SelfTestMessages messages, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var outcome = await DeliverAsync(messages.About(patient, 1), ct);
        return outcome is DeliveryOutcome.Journaled { Receipt: { } receipt }
            ? (new EpjCheck("handshake", CheckResult.Passed, $"Journalført med kvittering etter {time.GetElapsedTime(started).TotalMilliseconds:0} ms."), receipt)
            : (new EpjCheck("handshake", CheckResult.Failed, $"Ventet journalført med kvittering, fikk {Told(outcome)}"), null);
    }

    private async Task<EpjCheck> DuplicateAsync(SelfTestMessages messages, string receipt, CancellationToken ct)
    {
        switch (adapter.ReceiverClass)
        {
            case ReceiverClass.Deduplicates:
                var again = await DeliverAsync(messages.About(patient, 1), ct);
                return again is DeliveryOutcome.Journaled repeated && repeated.Receipt == receipt
                    ? new EpjCheck("duplicate", CheckResult.Passed, "Samme melding to ganger ga samme kvittering.")
                    : new EpjCheck("duplicate", CheckResult.Failed, $"Samme melding to ganger skal gi samme kvittering, fikk {Told(again)}");
            case ReceiverClass.CanBeAsked:
                var (has, hasNot) = (await AskAsync(messages.About(patient, 1), ct), await AskAsync(messages.About(patient, 99), ct));
                return has is AskOutcome.Has found && found.Receipt == receipt && hasNot is AskOutcome.HasNot
                    ? new EpjCheck("duplicate", CheckResult.Passed, "Spurt om en melding det har og en det ikke har: rett svar på begge.")
                    : new EpjCheck("duplicate", CheckResult.Failed, $"Spurt om en melding det har: {has.GetType().Name}; om en det ikke har: {hasNot.GetType().Name}.");
            default:
                return new EpjCheck("duplicate", CheckResult.NotApplicable, "Journalsystemet kjenner ikke igjen meldinger og kan ikke spørres: tvil avgjøres av et menneske.");
        }
    }

    private async Task<EpjCheck> OrderAsync(SelfTestMessages messages, string first, CancellationToken ct)
    {
        var receipts = new HashSet<string>(StringComparer.Ordinal) { first };
        for (var number = 2; number <= 3; number++)
        {
            var outcome = await DeliverAsync(messages.About(patient, number), ct);
            if (outcome is not DeliveryOutcome.Journaled { Receipt: { } receipt }) return new EpjCheck("order", CheckResult.Failed, $"Melding {number} av 3 ble ikke journalført: {Told(outcome)}");
            if (!receipts.Add(receipt)) return new EpjCheck("order", CheckResult.Failed, $"Melding {number} fikk samme kvittering som en annen melding.");
        }

        return new EpjCheck("order", CheckResult.Passed, "Tre meldinger etter hverandre om én pasient, hver med sin kvittering.");
    }

    /// <summary>The request reaches the EPJ and its answer is thrown away, as when a line breaks.</summary>
    private async Task<EpjCheck> LostAnswerAsync(SelfTestMessages messages, CancellationToken ct)
    {
        if (adapter.ReceiverClass == ReceiverClass.Neither) return new EpjCheck("lost-answer", CheckResult.NotApplicable, "Kan ikke vises for dette journalsystemet.");

        var message = messages.About(patient, 4);
        var lost = await adapter.DeliverAsync(
            message,
            async (request, cancel) =>
            {
                var answer = await channel.SendAsync(address, request, cancel);
                return request.ChangesJournal ? new EpjAnswer.Unknown("the self-test threw the answer away") : answer;
            },
            ct);
        if (lost is not DeliveryOutcome.Unknown) return new EpjCheck("lost-answer", CheckResult.Failed, $"Et tapt svar skal være ukjent utfall, ble {Told(lost)}");

        var isFound = adapter.ReceiverClass == ReceiverClass.CanBeAsked
            ? await AskAsync(message, ct) is AskOutcome.Has
            : await DeliverAsync(message, ct) is DeliveryOutcome.Journaled;
        return isFound
            ? new EpjCheck("lost-answer", CheckResult.Passed, "Svaret gikk tapt; meldingen ble funnet igjen uten å bli skrevet på nytt.")
            : new EpjCheck("lost-answer", CheckResult.Failed, "Svaret gikk tapt, og meldingen ble ikke funnet igjen.");
    }

    /// <summary>The line breaks while a message is on its way; when it stands again, that message comes whole, and after it what is ten hours old by now.</summary>
    private async Task<EpjCheck> OutageAsync(SelfTestMessages messages, CancellationToken ct)
    {
        const int First = 7, Last = 10;
        var lost = await adapter.DeliverAsync(
            messages.About(patient, First), (request, cancel) => request.ChangesJournal ? broken.SendAsync(address, request, cancel) : channel.SendAsync(address, request, cancel), ct);
        if (lost is DeliveryOutcome.Journaled) return new EpjCheck("outage", CheckResult.Failed, "En melding som kom halvveis, skal ikke være journalført.");

        var receipts = new HashSet<string>(StringComparer.Ordinal);
        for (var number = First; number <= Last; number++)
        {
            var outcome = await DeliverAsync(number == First ? messages.About(patient, number) : messages.Late(patient, number), ct);
            if (outcome is not DeliveryOutcome.Journaled { Receipt: { } receipt })
                return new EpjCheck("outage", CheckResult.Failed, $"{(number == First ? "Linja ble brutt midt i en melding, og da hele meldingen kom" : "En ti timer gammel melding som kom etter et brudd")}, ble den ikke journalført: {Told(outcome)}");
            if (!receipts.Add(receipt)) return new EpjCheck("outage", CheckResult.Failed, "To meldinger som kom etter et brudd, fikk samme kvittering.");
        }

        return new EpjCheck("outage", CheckResult.Passed, $"Linja ble brutt midt i en melding; den og {Last - First} ti timer gamle meldinger ble journalført da linja kom tilbake.");
    }

    private async Task<EpjCheck> RefusalAsync(SelfTestMessages messages, CancellationToken ct)
    {
        var outcome = await DeliverAsync(messages.About(stranger, 5), ct);
        return outcome is DeliveryOutcome.Refused
            ? new EpjCheck("refusal", CheckResult.Passed, $"En ukjent pasient ble avvist: {Told(outcome)}")
            : new EpjCheck("refusal", CheckResult.Failed, $"En ukjent pasient skal avvises, fikk {Told(outcome)}");
    }

    /// <summary>The body of the write is cut in two. A receiver that answers 5xx to that would be sent it again for ever.</summary>
    private async Task<EpjCheck> UnreadableAsync(SelfTestMessages messages, CancellationToken ct)
    {
        EpjAnswer? seen = null;
        await adapter.DeliverAsync(
            messages.About(patient, 6),
            async (request, cancel) =>
            {
                if (!request.ChangesJournal) return await channel.SendAsync(address, request, cancel);
                seen ??= await channel.SendAsync(address, request with { Body = request.Body[..(request.Body.Length / 2)] }, cancel);
                return new EpjAnswer.NotSent("the self-test ends here");
            },
            ct);
        return seen is EpjAnswer.Response { Status: >= 400 and < 500 and not 408 and not 425 and not 429 } refused
            ? new EpjCheck("unreadable", CheckResult.Passed, $"En avkuttet melding ble avvist med HTTP {refused.Status}.")
            : new EpjCheck("unreadable", CheckResult.Failed, $"En avkuttet melding skal avvises med 4xx, fikk {(seen is EpjAnswer.Response other ? $"HTTP {other.Status}" : "ikke noe svar")}.");
    }

    private Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, CancellationToken ct) =>
        adapter.DeliverAsync(message, (request, cancel) => channel.SendAsync(address, request, cancel), ct);

    private Task<AskOutcome> AskAsync(OutboundMessage message, CancellationToken ct) =>
        adapter.AskAsync(message, (request, cancel) => channel.SendAsync(address, request, cancel), ct);

    private static string Told(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Journaled => "journalført.",
        DeliveryOutcome.AwaitingReceipt => "mottatt uten kvittering.",
        DeliveryOutcome.RetryLater later => $"«prøv igjen»: {later.Error.Code} {later.Error.Message}",
        DeliveryOutcome.Refused refused => $"{refused.Error.Code} {refused.Error.Message}",
        DeliveryOutcome.Unknown unknown => $"ukjent utfall: {unknown.Error.Code} {unknown.Error.Message}",
        _ => throw new InvalidOperationException($"No words for {outcome.GetType().Name}."),
    };
}
