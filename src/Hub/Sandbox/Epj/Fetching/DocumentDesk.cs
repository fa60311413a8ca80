namespace Vkp.Sandbox;

/// <summary>
/// What becomes of fetched documents, in order: journaled or refused, and the hub told. What is not told is taken up again and known by the journal. Of one
/// patient nothing is journaled before what came before it.
/// </summary>
internal sealed class DocumentDesk(Receiver receiver, Faults faults, HubCalls hub, FetchingPlace place, TimeProvider time)
{
    private readonly Stumble stumble = new(time);

    private enum Outcome
    {
        Acknowledged,
        Rejected,
        Gone,
        Left,

        /// <summary>The hub cannot be told now, and asking it about the next would be no better.</summary>
        HubAway,
    }

    public async Task<RoundReport> TakeAsync(IReadOnlyList<FetchedDocument> documents, CancellationToken ct)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var outcomes = new List<Outcome>();
        foreach (var document in documents.Where(document => !place.IsAnswered(document.Place)))
        {
            outcomes.Add(await TakeAsync(document, waiting, ct));
            if (outcomes[^1] == Outcome.HubAway) break;
            if (outcomes[^1] != Outcome.Left) place.Answer(document.Place);
        }

        place.Advance(documents.Select(document => document.Place));
        int Count(params Outcome[] wanted) => outcomes.Count(outcome => wanted.Contains(outcome));
        return new RoundReport(outcomes.Count, Count(Outcome.Acknowledged), Count(Outcome.Rejected), Count(Outcome.Left, Outcome.HubAway));
    }

    private async Task<Outcome> TakeAsync(FetchedDocument document, HashSet<string> waiting, CancellationToken ct)
    {
        var content = document.Content;
        if (content is null && !document.IsGone)
        {
            var fetched = await hub.GetAsync($"fhir/{document.Type}/{document.Id}", ct);
            if (!fetched.IsOk && !fetched.IsSettled) return Outcome.HubAway;
            content = fetched.IsOk ? fetched.Body : null;
        }

        if (content is null) return Outcome.Gone;
        var message = document.ToMessage(content);
        receiver.CountReceived(message);
        receiver.Requests.Add();
        if (message.PatientValue is { } patient && waiting.Contains(patient)) return Outcome.Left;

        var fault = faults.Take(message, isLookUp: false, out var over);
        var isStopped = fault is { Stage: FaultStage.BeforeJournaling } && await stumble.StrikesAsync(fault, over, ct);
        if (isStopped || JournalingAnswers.Read(await receiver.AnswerAsync(message, fault)) is not var (operation, body)) return LeaveWithPatient(message, waiting);
        if (fault is { Stage: FaultStage.AfterJournaling } && await stumble.StrikesAsync(fault, over, ct)) return Outcome.Left;

        var told = await hub.SendAsync(HttpMethod.Post, $"v1/{document.Type}/{document.Id}/{operation}", body, ct);
        if (told.IsMisunderstood) return LeaveWithPatient(message, waiting);
        if (!told.IsOk && !told.IsSettled) return Outcome.HubAway;
        return operation == JournalingAnswers.Acknowledged ? Outcome.Acknowledged : Outcome.Rejected;
    }

    private static Outcome LeaveWithPatient(IncomingMessage message, HashSet<string> waiting)
    {
        if (message.PatientValue is { } patient) waiting.Add(patient);
        return Outcome.Left;
    }
}
