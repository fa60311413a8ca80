using Vkp.Adapters;
using Vkp.Hub.Projections;

namespace Vkp.Hub.SelfTest;

/// <summary>What the hub can say of one kind of event after a vendor's test. The names are permanent.</summary>
public enum VendorVerdict
{
    /// <summary>Seen, understood and on its way or at its end.</summary>
    Passed,

    /// <summary>Seen, and put right by lenient reading: works here, refused by a strict interface.</summary>
    Repaired,

    /// <summary>Seen, and the municipality or its journal system must do something before it goes on.</summary>
    Waiting,

    /// <summary>Seen, and of no use as it is: the vendor must change it.</summary>
    Wrong,

    /// <summary>Not seen.</summary>
    Missing,
}

/// <summary>A text for health workers and vendors, and the same in English.</summary>
public sealed record TwoLanguages(string Nb, string En);

/// <param name="Kind">As the vendor's catalogue names it.</param>
/// <param name="Arrived">How many of it are stored.</param>
public sealed record VendorCheck(string Kind, VendorVerdict Verdict, int Arrived, TwoLanguages What);

/// <summary>One thing that is wrong, however often it was seen.</summary>
/// <param name="VkpCode">The national hub's code for the same; null for a repair, which is no error there.</param>
/// <param name="Kind">The kind of event; null for what was refused, because it was not read that far.</param>
/// <param name="Path">Where in the message.</param>
/// <param name="Message">One message that has it, for `vkp trace`; null for what was refused.</param>
public sealed record VendorFinding(string Code, string? VkpCode, VendorVerdict Verdict, string? Kind, string? Path, int Count, Guid? Message, TwoLanguages What, TwoLanguages Fix);

/// <summary>One stored message, as far as the checklist needs it.</summary>
/// <param name="State">One of <see cref="MessageStates"/>.</param>
/// <param name="Reason">Why it is held or failed.</param>
/// <param name="Issues">What the sender was told: repairs, or the reason it was held.</param>
public sealed record SeenMessage(Guid MessageId, string Kind, string State, string? Reason, IReadOnlyList<VkpError> Issues);

/// <summary>What arrived from one vendor system, what is missing of its catalogue, what is wrong and how to put it right.</summary>
/// <param name="Client">The access client of the vendor's system.</param>
/// <param name="IsCut">More arrived than one look takes: the oldest are judged.</param>
/// <param name="UnknownSenders">What was refused in the same time because its token was not accepted: it may be this vendor's, and nobody can tell.</param>
public sealed record VendorChecklist(
    string Vendor, string Municipality, string Client, DateTimeOffset From, DateTimeOffset At, int Arrived, int Refused, bool IsCut,
    IReadOnlyList<VendorCheck> Checks, IReadOnlyList<VendorFinding> Findings, IReadOnlyList<VendorFinding> UnknownSenders)
{
    /// <summary>Everything expected arrived and can be used as it is or as it was put right, and nothing was refused.</summary>
    public bool HasPassed => Checks.All(check => check.Verdict is VendorVerdict.Passed or VendorVerdict.Repaired) && Refused == 0;

    /// <summary>Pure: the same messages and refusals give the same list.</summary>
    /// <param name="expected">The kinds the vendor's product has.</param>
    public static (IReadOnlyList<VendorCheck> Checks, IReadOnlyList<VendorFinding> Findings) Judge(
        IReadOnlyList<string> expected, IReadOnlyList<SeenMessage> seen, IReadOnlyList<Refusal> refused)
    {
        var byKind = seen.ToLookup(message => message.Kind, StringComparer.Ordinal);
        var unexpected = byKind.Select(kind => kind.Key).Except(expected, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var checks = expected.Concat(unexpected).Select(kind => Check(kind, [.. byKind[kind]])).ToList();

        var ofMessages = seen.SelectMany(message => Faults(message).Select(fault => (fault, Verdict: VerdictOf(message, fault), Kind: (string?)message.Kind, Id: (Guid?)message.MessageId)));
        var ofRefused = refused.SelectMany(refusal => refusal.Errors.Select(fault => (fault, Verdict: VendorVerdict.Wrong, Kind: (string?)null, Id: (Guid?)null)));
        var findings = ofRefused.Concat(ofMessages)
            .GroupBy(found => (found.fault.Code, found.Verdict, found.Kind, Path: PlaceOf(found.fault)))
            .Select(same => Finding(same.First().fault, same.Key.Verdict, same.Key.Kind, same.Key.Path, same.Count(), same.First().Id))
            .OrderByDescending(finding => finding.Verdict).ThenBy(finding => finding.Code, StringComparer.Ordinal);
        return (checks, [.. findings]);
    }

    /// <summary>What is wrong with requests whose sender nobody knows.</summary>
    public static IReadOnlyList<VendorFinding> OfUnknown(IReadOnlyList<Refusal> refused) => Judge([], [], refused).Findings;

    private static VendorCheck Check(string kind, IReadOnlyList<SeenMessage> messages)
    {
        var verdicts = messages.Select(VerdictOf).ToList();
        var worst = verdicts.Count == 0 ? VendorVerdict.Missing : verdicts.Max();
        return new VendorCheck(kind, worst, messages.Count, VendorAdvice.OfVerdict(worst, messages.Count, verdicts.Count(verdict => verdict == worst)));
    }

    private static VendorVerdict VerdictOf(SeenMessage message) => Faults(message) is [var first, ..] ? VerdictOf(message, first) : VendorVerdict.Passed;

    private static VendorVerdict VerdictOf(SeenMessage message, VkpError fault) => message.State switch
    {
        MessageStates.Held or MessageStates.Rejected => VendorAdvice.IsForTheMunicipality(fault.Code) ? VendorVerdict.Waiting : VendorVerdict.Wrong,
        MessageStates.Failed => VendorVerdict.Waiting,
        _ => VendorVerdict.Repaired,
    };

    /// <summary>The journal system's refusal stands beside what the sender was told at once.</summary>
    private static IReadOnlyList<VkpError> Faults(SeenMessage message) => message.State == MessageStates.Failed
        ? [VendorAdvice.RefusedByJournal(message.Reason ?? "VKP-503")]
        : message.Issues;

    /// <summary>Without the numbers of list items, so that the same fault of each item is one finding.</summary>
    private static string? PlaceOf(VkpError fault) => fault.Path is null ? null : VendorAdvice.WithoutIndexes(fault.Path);

    private static VendorFinding Finding(VkpError fault, VendorVerdict verdict, string? kind, string? path, int count, Guid? message)
    {
        var (what, fix) = VendorAdvice.Of(fault);
        return new VendorFinding(fault.Code, verdict == VendorVerdict.Repaired ? null : VendorAdvice.PublishedCode(fault), verdict, kind, path, count, message, what, fix);
    }
}
