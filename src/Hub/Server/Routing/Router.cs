using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>
/// Where a message goes. Pure: the message's plain description, the patient's cases so far and the municipality's policy in; a decision out.
/// Folded over a patient's stream it gives the same documents whatever page a message was read in.
/// </summary>
public static class Router
{
    public static RouteDecision Decide(RoutedMessage message, PatientCases cases, RegistryState registry)
    {
        var ended = Ended(message, cases);
        var decision = Place(message, cases.After(ended.Entries), registry.JournalingOf(message.Kind));
        return decision with { Settled = [.. ended.Settled, .. decision.Settled], Entries = [.. ended.Entries, .. decision.Entries] };
    }

    private static RouteDecision Place(RoutedMessage message, PatientCases cases, JournalingPolicy policy)
    {
        if (message.SettleReason is { } reason) return RouteDecision.Settle(message, reason);
        if (message.SpeaksFor.Count > 0) return RouteDecision.Deliver(DocumentPlan.Of(message) with { Settles = message.SpeaksFor });
        if (message.Is(CaseTraits.Correction)) return Correct(message, cases);
        return message.Role switch
        {
            CaseRole.Closes => Closings.Decide(message, cases, policy),
            CaseRole.Opens => Openings.Decide(message, cases, policy),
            _ => message.Is(CaseTraits.Outcome) ? Outcomes.Decide(message, cases, policy) : Alone(message, cases, policy),
        };
    }

    /// <summary>A device that is heard again is well again: what was open about it touched nobody and is over.</summary>
    private static RouteDecision Ended(RoutedMessage message, PatientCases cases)
    {
        if (message.EndsKeys.Count == 0) return RouteDecision.Await();
        var over = cases.About(message.EndsKeys)
            .Where(entry => entry.State == CaseEntryState.Waiting && entry.Is(CaseTraits.Technical) && entry.OccurredAt <= message.OccurredAt)
            .ToList();
        return new RouteDecision(
            [.. over.Select(entry => Settling.Of(entry, SettleReasons.Recovered))], null, [.. over.Select(entry => entry with { State = CaseEntryState.Settled })]);
    }

    /// <summary>
    /// A correction follows what it corrects: into the open case, or as an addendum to what is in the journal, whatever the policy.
    /// What is in no journal needs no correction there; it is remembered, for an alert about it may come later.
    /// </summary>
    private static RouteDecision Correct(RoutedMessage message, PatientCases cases)
    {
        var related = cases.About(message.AboutKeys);
        if (related.FirstOrDefault(entry => entry.IsOpen) is { } open) return RouteDecision.Await(CaseEntry.Of(message, CaseEntryState.Waiting, joinedTo: open.Head));

        var journaled = related.Where(entry => entry.State == CaseEntryState.Delivered).ToList();
        return journaled.Count == 0
            ? RouteDecision.Settle(message, SettleReasons.NothingToCorrect, null, CaseEntry.Of(message, CaseEntryState.Settled))
            : RouteDecision.Deliver(DocumentPlan.Of(message) with { Context = [.. journaled.Select(entry => entry.Position)] }, CaseEntry.Of(message, CaseEntryState.Delivered, document: message.Id));
    }

    private static RouteDecision Alone(RoutedMessage message, PatientCases cases, JournalingPolicy policy)
    {
        if (message.Is(CaseTraits.Addendum))
        {
            return cases.About(message.AboutKeys).FirstOrDefault(entry => entry.IsOpen) is { } open
                ? RouteDecision.Await(CaseEntry.Of(message, CaseEntryState.Waiting, joinedTo: open.Head))
                : RouteDecision.Deliver(DocumentPlan.Of(message));
        }

        return IsQuiet(message, policy) ? RouteDecision.Settle(message, SettleReasons.Policy) : RouteDecision.Deliver(DocumentPlan.Of(message, policy == JournalingPolicy.DailySummary));
    }

    /// <summary>Whether the municipality wants no note about this message.</summary>
    internal static bool IsQuiet(RoutedMessage message, JournalingPolicy policy) =>
        policy == JournalingPolicy.Never || (policy == JournalingPolicy.DeviationsOnly && !message.Is(CaseTraits.Deviation));
}
