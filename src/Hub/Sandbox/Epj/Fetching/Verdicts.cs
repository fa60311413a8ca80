namespace Vkp.Sandbox;

/// <summary>What the hub is to be told of a document.</summary>
/// <param name="Reason">Why it is not journaled; null when it is, and that is on disk.</param>
/// <param name="Fault">The rule that strikes it, if one does.</param>
internal sealed record Verdict(string? Reason, FaultRule? Fault);

/// <summary>Brings documents to their end here, one at a time: journaled, refused, or left for the next round. Of one patient, and in one lane where there are lanes, nothing is journaled before what came before it.</summary>
internal sealed class Verdicts(Receiver receiver, Faults faults, Stumble stumble)
{
    /// <param name="waiting">Whose later messages wait in this round.</param>
    /// <param name="lane">What order is kept within, beside the patient; where none is told it is kept over all of a patient's.</param>
    /// <returns>Null when it is left.</returns>
    public async Task<Verdict?> OfAsync(IncomingMessage message, HashSet<string> waiting, CancellationToken ct, string lane = "")
    {
        receiver.CountReceived(message);
        receiver.Requests.Add();
        if (KeyOf(message, lane) is { } key && waiting.Contains(key)) return null;

        var fault = faults.Take(message, isLookUp: false, out var over);
        var isStopped = fault is { Stage: FaultStage.BeforeJournaling } && await stumble.StrikesAsync(fault, over, ct);
        if (isStopped || JournalingAnswers.Read(await receiver.AnswerAsync(message, fault)) is not { } answer)
        {
            Leave(message, waiting, lane);
            return null;
        }

        // In the journal, so that what comes later about the patient need not wait.
        if (fault is { Stage: FaultStage.AfterJournaling } && await stumble.StrikesAsync(fault, over, ct)) return null;
        return new Verdict(answer.Reason, fault);
    }

    /// <summary>What comes later about this patient waits too.</summary>
    public static void Leave(IncomingMessage message, HashSet<string> waiting, string lane = "")
    {
        if (KeyOf(message, lane) is { } key) waiting.Add(key);
    }

    private static string? KeyOf(IncomingMessage message, string lane) => message.PatientValue is { } patient ? $"{lane}/{patient}" : null;
}
