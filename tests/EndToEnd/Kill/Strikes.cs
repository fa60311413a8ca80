using Vkp.Sandbox;

namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>What is done to the hub in a round.</summary>
public enum Strike
{
    KillFirstHub,
    KillSecondHub,
    KillDatabase,

    /// <summary>A hub stands still while the other takes its work over, and then goes on where it was.</summary>
    SleepPastLease,
    KillBothHubs,
}

/// <summary>Which strike comes when, and how the journal system behaves meanwhile.</summary>
internal static class Strikes
{
    private static readonly Strike[] Order = [Strike.KillFirstHub, Strike.SleepPastLease, Strike.KillDatabase, Strike.KillBothHubs, Strike.KillSecondHub, Strike.KillDatabase];

    public static Strike Of(int round) => Order[round % Order.Length];

    /// <summary>Answers dropped before and after the entry, cut, late, refused, away: a few of each, in an order that differs from round to round.</summary>
    public static IReadOnlyList<FaultRule> Faults(Random random)
    {
        FaultRule[] rules =
        [
            new() { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 3 },
            new() { Kind = FaultKind.Drop, Times = 2 },
            new() { Kind = FaultKind.Cut, Stage = FaultStage.AfterJournaling, Times = 2 },
            new() { Kind = FaultKind.Slow, DelayMilliseconds = 300, Times = 8 },
            new() { Kind = FaultKind.Status, Status = 503, RetryAfterSeconds = 1, Times = 2 },
            new() { Kind = FaultKind.Status, Status = 500, Stage = FaultStage.AfterJournaling, Times = 1 },
            new() { Kind = FaultKind.TransientError, Times = 1 },
            new() { Kind = FaultKind.Refuse, Times = 1 },
        ];
        random.Shuffle(rules);
        return rules;
    }

    public static FaultRule Hang => new() { Kind = FaultKind.Hang };

    /// <summary>What is on its way is refused, but late: the answer comes while the hub that asked is asleep.</summary>
    public static FaultRule LateRefusal => new() { Kind = FaultKind.Refuse, WaitMilliseconds = 4000, Times = 12 };

    /// <summary>The hub that takes over waits for its answers while the sleeper wakes.</summary>
    public static FaultRule LateEntry => new() { Kind = FaultKind.Slow, DelayMilliseconds = 5000, Times = 40 };
}
