using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>A message that stands in a case: it opens or belongs to it, or it closed it.</summary>
/// <param name="ClosedBy">The closing message, when the case is closed.</param>
public sealed record CaseEntry(string CaseKey, Guid MessageId, long Position, Guid? ClosedBy);

/// <summary>What becomes of an accepted message.</summary>
public abstract record RouteDecision
{
    private RouteDecision()
    {
    }

    /// <summary>Needs no journal entry of its own.</summary>
    public sealed record Settle(string Reason) : RouteDecision;

    /// <summary>Waits for the closing of its case.</summary>
    public sealed record AwaitClosure : RouteDecision;

    /// <summary>One document to each destination.</summary>
    /// <param name="Folded">Messages whose content the document carries beside its own, in log order.</param>
    public sealed record Deliver(IReadOnlyList<string> Destinations, IReadOnlyList<CaseEntry> Folded) : RouteDecision;
}

/// <summary>Where a message goes: pure, over the message's plain description, the configuration and the entries of its cases.</summary>
public static class Router
{
    /// <param name="cases">Every known entry under the message's case keys.</param>
    public static RouteDecision Decide(EventMetadata message, RegistryState registry, IReadOnlyList<CaseEntry> cases)
    {
        if (message.SettleReason is { } reason) return new RouteDecision.Settle(reason);

        var role = message.CaseRole ?? CaseRole.None;
        // A case that is closed when its opening arrives has its document already: the late one is journaled on its own, or its content would be lost.
        if (role == CaseRole.Opens && cases.All(entry => entry.ClosedBy is null)) return new RouteDecision.AwaitClosure();

        var folded = role == CaseRole.Closes
            ? cases.Where(entry => entry.ClosedBy is null).DistinctBy(entry => entry.MessageId).OrderBy(entry => entry.Position).ToList()
            : [];
        // A policy of no journaling never swallows a case that was opened: it is about what went as planned.
        if (folded.Count == 0 && role != CaseRole.Closes && message.Kind is { } kind && registry.JournalingOf(kind) == JournalingPolicy.Never)
        {
            return new RouteDecision.Settle(SettleReasons.Policy);
        }

        return new RouteDecision.Deliver([.. registry.Destinations.Keys], folded);
    }
}

/// <summary>The permanent reasons a message is settled with.</summary>
public static class SettleReasons
{
    public const string Policy = "policy";
    public const string FoldedIntoCase = "folded-into-case";
}
