using Vkp.EventStore.Retention;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Retention;

/// <summary>What a run would delete now, or why none is due.</summary>
/// <param name="Days">The municipality's decision; null keeps everything.</param>
/// <param name="Before">Bodies recorded before then go.</param>
/// <param name="UpTo">The cut: nothing beyond this place of the log is touched. 0 when nothing is old enough.</param>
/// <param name="Bytes">Of the sealed bodies.</param>
/// <param name="KeptStreams">Streams that keep theirs: something on them is not finished, or somebody holds them.</param>
/// <param name="Waits">What has to be over first; null when a run can begin.</param>
public sealed record RetentionEstimate(string OrgNo, int? Days, DateTimeOffset? Before, long UpTo, long Events, long Bytes, int KeptStreams, string? Waits);

/// <summary>What a run came to.</summary>
/// <param name="BytesBefore">The events' table on disk, all municipalities together, before the run.</param>
/// <param name="BytesAfter">After it. What was freed inside is taken by new events; to give it back to the disk, the owner rewrites the table in a maintenance window.</param>
public sealed record RetentionOutcome(RetentionEstimate Estimate, RetentionRunAnswer? Run, long BytesBefore, long BytesAfter);

/// <param name="CompletedAt">Null while it is under way.</param>
/// <param name="Events">Bodies deleted; as planned while it is under way.</param>
/// <param name="Plan">Signed before the first body went.</param>
/// <param name="Signed">The signed receipt, for the archive; null while it is under way.</param>
public sealed record RetentionRunAnswer(
    Guid Receipt, DateTimeOffset PlannedAt, DateTimeOffset? CompletedAt, long UpTo, long Events, string Policy, string Author, SignedStatement Plan, SignedStatement? Signed)
{
    public static RetentionRunAnswer Of(RetentionRun run) => new(
        run.Plan.Receipt, run.Plan.PlannedAt, run.Receipt?.CompletedAt, run.Plan.UpTo, run.Receipt?.Events ?? run.Plan.Events, run.Plan.Policy, run.Plan.Author, run.SignedPlan, run.SignedReceipt);
}

/// <summary>A municipality's retention: its decision, its runs with their receipts, and what is held back.</summary>
public sealed record RetentionStatus(string OrgNo, int? Days, long TableBytes, IReadOnlyList<RetentionRunAnswer> Runs, IReadOnlyList<RetentionHold> Holds);

/// <summary>Whose bodies stay whatever their age, and why.</summary>
/// <param name="Patient">Null is the whole municipality.</param>
public sealed record RetentionHoldRequest(string? Reason, TracePatient? Patient = null);
