using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>A message that closes cases: their one document is made now.</summary>
internal static class Closings
{
    /// <remarks>A policy of no notes never swallows a case that was opened: it is about what went as planned.</remarks>
    public static RouteDecision Decide(RoutedMessage message, PatientCases cases, JournalingPolicy policy)
    {
        var known = cases.InCase(message.CaseKeys);
        var open = known.Where(entry => entry.IsOpen).ToList();
        if (HeadElsewhere(open, cases) is { } head) return RouteDecision.Await(CaseEntry.Of(message, CaseEntryState.Waiting, joinedTo: head));

        open.AddRange(cases.JoinedTo(open).Except(open));
        if (message.Is(CaseTraits.ByMachine) && known.Count > 0 && open.TrueForAll(entry => entry.Is(CaseTraits.Technical))) return SettleAll(message, open);

        var folded = open.OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Position).ToList();
        // Corrected before the alert about it was known: the document must not say the old value.
        var corrections = cases.About([.. message.AboutKeys, .. folded.SelectMany(entry => entry.AboutKeys)])
            .Where(entry => entry.State == CaseEntryState.Settled && entry.Is(CaseTraits.Correction));
        // Closed a second time, with nothing new from before: it adds to the first note.
        var earlier = folded.Count == 0 ? known.Where(entry => entry is { Role: CaseRole.Closes, State: CaseEntryState.Delivered }) : [];
        var document = new DocumentPlan(
            [message.Position, .. folded.Select(entry => entry.Position), .. corrections.Select(entry => entry.Position)],
            [.. earlier.Select(entry => entry.Position)],
            [.. folded.Where(entry => entry.State == CaseEntryState.Waiting).Select(entry => new SettledPart(entry.Position, ReasonOf(entry)))],
            policy == JournalingPolicy.DailySummary);
        var closing = CaseEntry.Of(message, CaseEntryState.Delivered, document: message.Id) with
        {
            // A closing of a repeated alarm that comes later finds this one.
            CaseKeys = [.. message.CaseKeys.Union(folded.SelectMany(entry => entry.CaseKeys))],
            AboutKeys = [.. message.AboutKeys.Union(folded.SelectMany(entry => entry.AboutKeys))],
        };
        return RouteDecision.Deliver(document, [.. folded.Select(entry => entry with { State = CaseEntryState.Delivered, Document = message.Id }), closing]);
    }

    /// <summary>The first of repeated alarms, when only repeats of it are closed: the one note is written when the first is.</summary>
    private static Guid? HeadElsewhere(List<CaseEntry> open, PatientCases cases)
    {
        var heads = open.Where(entry => entry.Role == CaseRole.Opens).Select(entry => entry.Head).Distinct().ToList();
        return heads.Count == 1 && open.TrueForAll(entry => entry.MessageId != heads[0]) && cases.IsOpen(heads[0]) ? heads[0] : null;
    }

    private static RouteDecision SettleAll(RoutedMessage message, List<CaseEntry> technical) => new(
        [.. technical.Where(entry => entry.State == CaseEntryState.Waiting).Select(entry => Settling.Of(entry, SettleReasons.Recovered)), Settling.Of(message, SettleReasons.CaseSettled)],
        null,
        [.. technical.Select(entry => entry with { State = CaseEntryState.Settled }), CaseEntry.Of(message, CaseEntryState.Settled)]);

    private static string ReasonOf(CaseEntry entry) => entry switch
    {
        { Role: CaseRole.Opens, JoinedTo: not null } when entry.Is(CaseTraits.Unknown) => SettleReasons.Superseded,
        { Role: CaseRole.Opens, JoinedTo: not null } => SettleReasons.RepeatedPress,
        _ => SettleReasons.FoldedIntoCase,
    };
}
