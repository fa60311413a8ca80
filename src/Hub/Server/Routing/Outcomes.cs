using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>A message that says what came of a thing in the end: a dose that was dispensed after all takes the place of the alert that it was not.</summary>
internal static class Outcomes
{
    public static RouteDecision Decide(RoutedMessage message, PatientCases cases, JournalingPolicy policy)
    {
        var replaced = cases.About(message.AboutKeys).Where(entry => entry.Is(CaseTraits.Provisional)).ToList();
        var waiting = replaced.Where(entry => entry.State == CaseEntryState.Waiting).ToList();
        var journaled = replaced.Where(entry => entry.State is CaseEntryState.Announced or CaseEntryState.Delivered).ToList();
        var isQuiet = Router.IsQuiet(message, policy);
        if (isQuiet && journaled.Count == 0 && waiting.TrueForAll(entry => WasNoDeviation(entry, message)))
        {
            return new RouteDecision(
                [.. waiting.Select(entry => Settling.Of(entry, SettleReasons.Superseded)), Settling.Of(message, SettleReasons.Policy)],
                null,
                [.. waiting.Select(entry => entry with { State = CaseEntryState.Settled }), CaseEntry.Of(message, CaseEntryState.Settled)]);
        }

        var document = new DocumentPlan(
            [message.Position, .. waiting.Select(entry => entry.Position)],
            [.. journaled.Select(entry => entry.Position)],
            [.. waiting.Select(entry => new SettledPart(entry.Position, SettleReasons.Superseded))],
            // The journal says something that is not so: that is put right at once, not with the day's note.
            InSummary: policy == JournalingPolicy.DailySummary && journaled.Count == 0);
        return RouteDecision.Deliver(
            document,
            [
                .. waiting.Select(entry => entry with { State = CaseEntryState.Settled, Document = message.Id }),
                .. journaled.Select(entry => entry with { State = CaseEntryState.Delivered }),
                CaseEntry.Of(message, CaseEntryState.Delivered, document: message.Id),
            ]);
    }

    /// <summary>The outcome was there before the verdict, or the verdict was that nobody knew: in the end all went as planned.</summary>
    private static bool WasNoDeviation(CaseEntry entry, RoutedMessage outcome) => entry.Is(CaseTraits.Unknown) || outcome.OccurredAt <= entry.OccurredAt;
}
