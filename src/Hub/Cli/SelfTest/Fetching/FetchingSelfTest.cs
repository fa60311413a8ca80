using Vkp.Adapters;
using Vkp.Hub.SelfTest;
using Vkp.Sandbox;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>How long a self-test gives.</summary>
/// <param name="Wait">For each thing the journal system is to do; as long as it goes between two looks, and some.</param>
/// <param name="Outage">A time without the hub; whole seconds, as Retry-After tells them.</param>
public sealed record FetchingPace(TimeSpan Wait, TimeSpan Outage)
{
    public static FetchingPace Usual { get; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));
}

/// <summary>
/// Tries a journal system that fetches its documents, as it is: notes are sent to the hub as any vendor sends, and what it asks and says goes by here. It writes up to
/// five notes about the patient it is given, so it is for test environments and synthetic people.
/// </summary>
/// <param name="adapter">`jft-pull`, or `fhir-subscription` for one that is told that there is something.</param>
/// <param name="patient">Known to the journal system.</param>
/// <param name="stranger">Known to the hub, and not to the journal system.</param>
/// <param name="progress">Told in a line what is waited for.</param>
public sealed class FetchingSelfTest(
    string adapter, TriedHub hub, FetchDoor door, SourceIdentifier patient, SourceIdentifier stranger, FetchingPace pace, TimeProvider time, Action<string>? progress = null)
{
    /// <summary>So often the hub is asked while something is waited for: what it holds will never go by here.</summary>
    private static readonly TimeSpan AskedEvery = TimeSpan.FromSeconds(1);

    private FetchConduct Conduct => new(door.Seen, door.Address, hub.Destination, pace.Wait);

    /// <param name="run">Names this run: its messages get their ids from it.</param>
    public async Task<EpjCertificate> RunAsync(Guid run, CancellationToken ct)
    {
        var notes = new FetchingNotes(run, time.GetUtcNow());
        var checks = new List<EpjCheck> { await HandshakeAsync(notes, ct) };
        if (checks[0].Result == CheckResult.Passed)
        {
            var lost = await LostAnswerAsync(notes, checks, ct);
            var three = await OutageAsync(notes, checks, ct);
            checks.Insert(2, Conduct.Duplicate([lost, .. three], lost, FetchingNotes.Text(2)));
            await RefusalAsync(notes, checks, ct);
        }

        // It must know repeats: what it has not answered, it is offered again.
        return new EpjCertificate(adapter, "A", door.Address.Authority, time.GetUtcNow(), run, checks) { Destination = hub.Destination };
    }

    private async Task<EpjCheck> HandshakeAsync(FetchingNotes notes, CancellationToken ct)
    {
        if (adapter == EpjKind.Subscribing && !await IsSubscribedAsync(ct)) return Conduct.NotSubscribed();

        progress?.Invoke($"handshake: venter på at prøvemelding 1 blir hentet og kvittert gjennom {door.Address}");
        var sent = time.GetUtcNow();
        var message = await hub.SendAsync(notes.Write(patient, 1), ct);
        var word = await UntilAsync([message], () => Conduct.IsAnswered(message), ct);
        return Conduct.Handshake(sent, word[0]);
    }

    private async Task<bool> IsSubscribedAsync(CancellationToken ct)
    {
        progress?.Invoke("handshake: venter på et aktivt abonnement (Subscription)");
        var started = time.GetTimestamp();
        while (!await hub.IsSubscribedAsync(ct))
        {
            if (time.GetElapsedTime(started) >= pace.Wait) return false;
            await Task.Delay(AskedEvery, time, ct);
        }

        return true;
    }

    private async Task<Guid> LostAnswerAsync(FetchingNotes notes, List<EpjCheck> checks, CancellationToken ct)
    {
        progress?.Invoke("lost-answer: venter på at prøvemelding 2 blir kvittert, og kvittert igjen når svaret går tapt");
        Guid message;
        using (door.Hold())
        {
            message = await hub.SendAsync(notes.Write(patient, 2), ct);
            door.LoseAnswer(message);
        }

        var word = await UntilAsync([message], () => Conduct.IsAnswered(message), ct);
        if (Conduct.IsLost(message)) word = await UntilAsync([message], () => Conduct.IsRepeated(message), ct, isJournaledWell: true);
        checks.Add(Conduct.LostAnswer(word[0]));
        return message;
    }

    private async Task<IReadOnlyList<Guid>> OutageAsync(FetchingNotes notes, List<EpjCheck> checks, CancellationToken ct)
    {
        progress?.Invoke($"outage, order: knutepunktet er borte i {pace.Outage.TotalSeconds:0} s, og prøvemelding 3 til 5 skal tas opp igjen etterpå");
        door.BeginOutage(pace.Outage);
        List<Guid> messages = [await hub.SendAsync(notes.Write(patient, 3), ct), await hub.SendAsync(notes.Write(patient, 4), ct), await hub.SendAsync(notes.Write(patient, 5), ct)];
        var words = await UntilAsync(messages, () => door.Outage is not null, ct);
        if (door.Outage is { Ends: var ends })
        {
            if (ends > time.GetUtcNow()) await Task.Delay(ends - time.GetUtcNow(), time, ct);
            words = await UntilAsync(messages, () => messages.All(Conduct.IsAnswered), ct);
        }

        door.EndOutage();
        checks.Add(Conduct.Order(words));
        checks.Add(Conduct.Outage(door.Outage, words));
        return messages;
    }

    private async Task RefusalAsync(FetchingNotes notes, List<EpjCheck> checks, CancellationToken ct)
    {
        progress?.Invoke("refusal: venter på at prøvemelding 6, om en ukjent pasient, blir avvist");
        var message = await hub.SendAsync(notes.Write(stranger, 6), ct);
        var word = await UntilAsync([message], () => Conduct.IsAnswered(message), ct);
        checks.Add(Conduct.Refusal(word[0]));
    }

    /// <summary>Until it is so, the wait is over, or the hub says that waiting is of no use.</summary>
    /// <param name="isJournaledWell">Whether the hub may have the answer already.</param>
    /// <returns>What the hub says of the messages then.</returns>
    private async Task<IReadOnlyList<HubWord>> UntilAsync(IReadOnlyList<Guid> messages, Func<bool> isSo, CancellationToken ct, bool isJournaledWell = false)
    {
        var started = time.GetTimestamp();
        for (var (asked, isPassedBy) = ((long?)null, false); ;)
        {
            // In this order: what the hub says is never older than what has gone by.
            var (more, isEnough) = (door.MoreAsync(), isSo() || time.GetElapsedTime(started) >= pace.Wait);
            if (isEnough || asked is null || time.GetElapsedTime(asked.Value) >= AskedEvery)
            {
                asked = time.GetTimestamp();
                var words = new List<HubWord>();
                foreach (var message in messages) words.Add(await hub.AskAsync(message, ct));
                // Seen twice: the hub has an answer a moment before it has gone by here.
                var wasPassedBy = isPassedBy;
                isPassedBy = !isJournaledWell && words.Exists(word => word.There is "journaled" or "refused" && !Conduct.IsAnswered(word.Id));
                if (isEnough || (isPassedBy && wasPassedBy) || words.Exists(word => word.IsElsewhere)) return words;
            }

            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(more, Task.Delay(AskedEvery, time, over.Token));
            await over.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }
}
