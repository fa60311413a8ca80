using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>A message that opens a case or belongs to an open one.</summary>
internal static class Openings
{
    public static RouteDecision Decide(RoutedMessage message, PatientCases cases, JournalingPolicy policy)
    {
        // By the time it happened: a device that closes and opens the same case again and again opens a new one each time.
        var closing = cases.InCase(message.CaseKeys)
            .LastOrDefault(entry => entry is { Role: CaseRole.Closes, State: CaseEntryState.Delivered } && entry.OccurredAt >= message.OccurredAt);
        if (closing is not null) return AfterClosing(message, closing);

        var about = cases.About(message.AboutKeys);
        if (message.Is(CaseTraits.Provisional) && about.FirstOrDefault(entry => entry.Is(CaseTraits.Outcome)) is { } outcome)
        {
            var document = outcome.State == CaseEntryState.Delivered ? outcome.MessageId : (Guid?)null;
            return RouteDecision.Settle(message, SettleReasons.Superseded, document, CaseEntry.Of(message, CaseEntryState.Settled, document: document));
        }

        if (JoinedTo(message, cases, about) is { } head) return RouteDecision.Await(CaseEntry.Of(message, CaseEntryState.Waiting, joinedTo: head));

        // A stale alarm is documentation: it waits for its closing like any other.
        var announced = policy == JournalingPolicy.Immediate && !message.IsLate;
        var entry = CaseEntry.Of(message, announced ? CaseEntryState.Announced : CaseEntryState.Waiting);
        var unknown = Verdict(message) ? about.Where(known => known.IsOpen && known.Is(CaseTraits.Unknown)).Select(known => known with { JoinedTo = message.Id }) : [];
        return announced ? RouteDecision.Deliver(DocumentPlan.Of(message), [entry, .. unknown]) : RouteDecision.Await([entry, .. unknown]);
    }

    /// <summary>Came after its case was closed. When the closing said it all it adds nothing; else it is journaled on its own, or its content would be lost.</summary>
    private static RouteDecision AfterClosing(RoutedMessage message, CaseEntry closing) =>
        message.CaseKeys.Any(key => closing.WholeCaseKeys.Contains(key, StringComparer.Ordinal))
            ? RouteDecision.Settle(message, SettleReasons.FoldedIntoCase, closing.MessageId, CaseEntry.Of(message, CaseEntryState.Settled, document: closing.MessageId))
            : RouteDecision.Deliver(
                DocumentPlan.Of(message) with { Context = [closing.Position] }, CaseEntry.Of(message, CaseEntryState.Delivered, document: message.Id));

    private static bool Verdict(RoutedMessage message) => message.Is(CaseTraits.Provisional) && !message.Is(CaseTraits.Unknown);

    /// <summary>The open alarm this one repeats, or the open verdict on the dose this one knows nothing of.</summary>
    private static Guid? JoinedTo(RoutedMessage message, PatientCases cases, IReadOnlyList<CaseEntry> about)
    {
        if (message.Is(CaseTraits.Unknown) && about.FirstOrDefault(entry => entry is { IsOpen: true, Role: CaseRole.Opens } && entry.Is(CaseTraits.Provisional) && !entry.Is(CaseTraits.Unknown)) is { } verdict)
        {
            return verdict.Head;
        }

        return message.GroupKey is null
            ? null
            : cases.Open.LastOrDefault(entry =>
                entry.Role == CaseRole.Opens && entry.GroupKey == message.GroupKey
                && !entry.CaseKeys.Intersect(message.CaseKeys).Any()
                && (message.OccurredAt - entry.OccurredAt).Duration() <= Limits.RepeatedPressWindow)?.Head;
    }
}
