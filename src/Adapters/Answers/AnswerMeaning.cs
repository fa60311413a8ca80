using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Answers;

/// <summary>What an answer means before its body is looked at: the same for every kind of EPJ. Pure.</summary>
internal static class AnswerMeaning
{
    /// <summary>The answer to a request that may have changed the journal.</summary>
    /// <param name="receiver">
    /// Where a repeat is safe, every 5xx is tried again. Where it could double, only those that say that nothing was done (503) are: behind a 500, 502 or 504
    /// the journal may have been written, so the outcome is unknown and is asked for, or waits for a person.
    /// </param>
    /// <param name="read">Reads a 2xx.</param>
    /// <param name="reasons">Finds the coded reasons of a refusal.</param>
    public static DeliveryOutcome OfWrite(EpjAnswer answer, ReceiverClass receiver, Func<EpjAnswer.Response, DeliveryOutcome> read, Func<EpjAnswer.Response, string> reasons) => answer switch
    {
        EpjAnswer.Response { Status: >= 200 and < 300 } ok => read(ok),
        // A redirect is never followed: the body must not go where the destination's owner did not say.
        EpjAnswer.Response { Status: < 400 } odd => new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered($"HTTP {odd.Status}, which is neither an answer nor an error")),
        EpjAnswer.Response { Status: 408 or 425 or 429 or 503 } busy => new DeliveryOutcome.RetryLater(DeliveryErrors.Away(busy.Status), busy.RetryAfter),
        EpjAnswer.Response { Status: < 500 } no => Refused(no.Status, reasons(no)),
        EpjAnswer.Response broken when receiver == ReceiverClass.Deduplicates => new DeliveryOutcome.RetryLater(DeliveryErrors.Away(broken.Status), broken.RetryAfter),
        EpjAnswer.Response broken => new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered($"HTTP {broken.Status}, after which it may or may not be written")),
        EpjAnswer.NotSent => new DeliveryOutcome.RetryLater(DeliveryErrors.NotReached(), RetryAfter: null),
        EpjAnswer.Unknown lost => new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered(lost.Reason)),
        _ => throw new InvalidOperationException($"An answer of kind {answer.GetType().Name} has no meaning here."),
    };

    private static DeliveryOutcome.Refused Refused(int status, string reasons) => new(DeliveryErrors.RefusedByStatus(status, reasons)) { IsDouble = ReasonCodes.SayDouble(reasons) };

    /// <summary>
    /// The answer to a look-up before the write: null when it is a 2xx. Nothing was written, so nothing is unknown: what was lost is tried again,
    /// and what was refused is refused.
    /// </summary>
    public static DeliveryOutcome? OfLookUp(EpjAnswer answer, Func<EpjAnswer.Response, string> reasons) => answer switch
    {
        EpjAnswer.Response { Status: >= 200 and < 300 } => null,
        EpjAnswer.Response { Status: < 400 } odd => new DeliveryOutcome.RetryLater(DeliveryErrors.LookUpUnreadable(odd.Status), RetryAfter: null),
        EpjAnswer.Response { Status: 408 or 425 or 429 or >= 500 } away => new DeliveryOutcome.RetryLater(DeliveryErrors.Away(away.Status), away.RetryAfter),
        EpjAnswer.Response no => new DeliveryOutcome.Refused(DeliveryErrors.RefusedByStatus(no.Status, reasons(no))),
        EpjAnswer.NotSent => new DeliveryOutcome.RetryLater(DeliveryErrors.NotReached(), RetryAfter: null),
        _ => new DeliveryOutcome.RetryLater(DeliveryErrors.LookUpUnanswered(), RetryAfter: null),
    };

    /// <summary>The answer to a question whether the EPJ has a message; null when it is a 2xx, which its adapter reads.</summary>
    public static AskOutcome? OfQuestion(EpjAnswer answer) => answer switch
    {
        EpjAnswer.Response { Status: >= 200 and < 300 } => null,
        EpjAnswer.Response other => new AskOutcome.NoAnswer(DeliveryErrors.Away(other.Status), other.RetryAfter),
        EpjAnswer.NotSent => new AskOutcome.NoAnswer(DeliveryErrors.NotReached(), RetryAfter: null),
        _ => new AskOutcome.NoAnswer(DeliveryErrors.LookUpUnanswered(), RetryAfter: null),
    };
}
