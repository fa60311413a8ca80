using Vkp.Adapters.Errors;

namespace Vkp.Adapters.LookUps;

/// <summary>What an answer to a look-up means before its body is read. Pure.</summary>
internal static class LookUpAnswers
{
    /// <summary>Null when there is a 200 to read.</summary>
    public static LookUpOutcome? Failure(EpjAnswer answer, Func<EpjAnswer.Response, string> reasons) => answer switch
    {
        EpjAnswer.Response { Status: 200 } => null,
        EpjAnswer.Response { Status: 404 or 405 or 501 } => new LookUpOutcome.NotOffered(),
        EpjAnswer.Response { Status: 408 or 425 or 429 or >= 500 } away => new LookUpOutcome.Failed(LookUpErrors.Away(away.Status)),
        EpjAnswer.Response { Status: >= 400 } no => new LookUpOutcome.Failed(LookUpErrors.Refused(no.Status, reasons(no))),
        EpjAnswer.Response => new LookUpOutcome.Failed(LookUpErrors.Unreadable()),
        EpjAnswer.NotSent => new LookUpOutcome.Failed(LookUpErrors.Away(status: null)),
        _ => new LookUpOutcome.Failed(LookUpErrors.TimedOut()),
    };
}
