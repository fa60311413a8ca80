using Vkp.Adapters;
using Vkp.Hub.Intake;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Replay;

/// <summary>What a resend does with a delivery.</summary>
/// <param name="State">The delivery's next state; null = it is left alone.</param>
/// <param name="Why">In words for the report; permanent, because reports are compared.</param>
public sealed record ResendDecision(string? State, string Why)
{
    public bool IsSent => State is not null;
}

/// <summary>
/// Whether a delivery may be sent again, by what the receiver promises about doubles. What was refused is in no journal. What is journaled goes again to a
/// receiver that knows it by its id; one that can be asked is asked first; to any other it would be a second note. Pure.
/// </summary>
public static class ResendRules
{
    /// <summary>Deliveries at an end that a resend can change. What is on its way is left to the engine, what was withdrawn to the person who did.</summary>
    public static readonly IReadOnlyList<string> States = ["journaled", "refused"];

    public static readonly ResendDecision Deleted = new(null, "left out, its content was deleted under retention");

    /// <param name="receiver">Null when the destination is no longer there.</param>
    public static ResendDecision Decide(string state, ReceiverClass? receiver) => (state, receiver) switch
    {
        (_, null) => new(null, "left out, the destination is gone"),
        ("refused", _) => new("available", "sent again"),
        ("journaled", ReceiverClass.Deduplicates) => new("available", "sent again, the receiver knows it by its id"),
        // In doubt, so the engine asks before it sends.
        ("journaled", ReceiverClass.CanBeAsked) => new("unknown", "asked for, and sent when it is not there"),
        _ => new(null, "left out, it would be journaled twice"),
    };

    /// <summary>Whether another than the planner has to let it run. In production every journal system is a live one.</summary>
    /// <param name="sent">Documents that would be sent.</param>
    public static bool NeedsApproval(HubEnvironment environment, bool isDryRun, long sent) => !isDryRun && (environment == HubEnvironment.Production || sent > Limits.ResendWithoutApprovalMax);

    /// <summary>What a destination promises; null when it is not registered, or its adapter is unknown.</summary>
    public static ReceiverClass? ReceiverOf(RegistryState municipality, string destination, IReadOnlyDictionary<string, IEpjAdapter> adapters)
    {
        if (municipality.Destinations.GetValueOrDefault(destination) is not { } known) return null;
        // A receiver of messages deduplicates by their ids: that is the transports' own contract.
        return known.IsQueued ? ReceiverClass.Deduplicates : adapters.GetValueOrDefault(known.Adapter)?.ReceiverClass;
    }
}
