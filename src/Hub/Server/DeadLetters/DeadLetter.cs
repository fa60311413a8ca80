using Vkp.Hub.Routing;

namespace Vkp.Hub.DeadLetters;

/// <summary>What a person can do with a delivery that waits for one.</summary>
public enum DeadLetterAct
{
    /// <summary>Send it again: the same message id under a new bundle id.</summary>
    Retry,

    /// <summary>It must not be journaled.</summary>
    Withdraw,

    /// <summary>Take a withdrawal back: it waits as it did before.</summary>
    Restore,

    /// <summary>Somebody has looked and seen it in the journal: an unknown outcome becomes known.</summary>
    Confirm,
}

/// <summary>A delivery as a person's act finds it.</summary>
/// <param name="BeforeWithdrawal">The state it was withdrawn from; null when it is not withdrawn.</param>
/// <param name="Elsewhere">What the act leaves of the message.</param>
public sealed record DeadLetter(
    long Position, string Destination, Guid MessageId, string Stream, string State, string? Code, int Attempts, int Resends, int Acts, string? BeforeWithdrawal,
    IReadOnlyList<long> Settles, Guid BundleId, Elsewhere Elsewhere);

/// <summary>What the delivery becomes.</summary>
public sealed record ActedUpon(
    string State, string? Code, DateTimeOffset DueAt, DateTimeOffset? FinishedAt, Guid BundleId, int Resends, bool IsParked, string? BeforeWithdrawal);

/// <summary>The rules of the acts: pure.</summary>
public static class ActRules
{
    /// <summary>The states an act applies to; anything else is left alone, which is what makes a second press harmless.</summary>
    public static IReadOnlyList<string> StatesFor(DeadLetterAct act, bool isChosenOneByOne) => act switch
    {
        DeadLetterAct.Retry => ["refused", "unknown"],
        // What has not been sent yet can be withdrawn too, but only by naming it: no group of waiting messages is ever withdrawn at once.
        DeadLetterAct.Withdraw => isChosenOneByOne ? ["refused", "unknown", "available", "scheduled", "retryable"] : ["refused", "unknown"],
        DeadLetterAct.Restore => ["withdrawn"],
        DeadLetterAct.Confirm => ["unknown"],
        _ => throw new InvalidOperationException($"No states are known for {act}."),
    };

    public static ActedUpon Apply(DeadLetterAct act, DeadLetter letter, DateTimeOffset now) => act switch
    {
        DeadLetterAct.Retry => new("available", null, now, null, RoutingSubscription.BundleId(letter.MessageId, letter.Destination, letter.Resends + 1), letter.Resends + 1, false, null),
        DeadLetterAct.Withdraw => new("withdrawn", letter.Code, now, now, letter.BundleId, letter.Resends, true, letter.State),
        DeadLetterAct.Restore => Restored(letter, now),
        DeadLetterAct.Confirm => new("journaled", null, now, now, letter.BundleId, letter.Resends, false, null),
        _ => throw new InvalidOperationException($"No rule is known for {act}."),
    };

    /// <summary>Back to what it was: an unknown outcome is as unknown as before, and is not sent by being restored.</summary>
    private static ActedUpon Restored(DeadLetter letter, DateTimeOffset now) => letter.BeforeWithdrawal switch
    {
        "refused" => new("refused", letter.Code, now, now, letter.BundleId, letter.Resends, true, null),
        "unknown" => new("unknown", letter.Code, DateTimeOffset.MaxValue, null, letter.BundleId, letter.Resends, true, null),
        _ => new("available", null, now, null, letter.BundleId, letter.Resends, false, null),
    };
}
