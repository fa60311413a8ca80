using System.Text.Json;

namespace Vkp.EventStore.Retention;

/// <summary>Which bodies a municipality keeps no longer.</summary>
/// <param name="Before">Recorded before.</param>
/// <param name="Types">Of these event types; every other keeps its bodies.</param>
/// <param name="Kept">Streams that keep theirs all the same: something on them is not finished.</param>
/// <param name="UpTo">No position beyond this one.</param>
/// <param name="Policy">The municipality's decision, in words.</param>
/// <param name="Author">Who had it done.</param>
public sealed record RetentionRule(DateTimeOffset Before, IReadOnlyList<string> Types, IReadOnlyList<string> Kept, long UpTo, string Policy, string Author);

/// <summary>
/// What is to be removed, signed and in the log before the first body goes. It is an anchor too: it states the chain's hash at the cut.
/// </summary>
/// <param name="Receipt">The id of the run: of this plan's event, of its receipt, and on every event that lost its body.</param>
/// <param name="UpTo">The cut: the last position of a commit. Nothing beyond it is touched.</param>
/// <param name="ChainHash">The chain's hash at <paramref name="UpTo"/>, hex.</param>
/// <param name="Kept">Streams that keep their bodies, holds included; `*` is all of them.</param>
/// <param name="Events">Bodies that were there to remove, of <paramref name="Bytes"/> in all.</param>
public sealed record RetentionPlan(
    string Format,
    int Tenant,
    Guid Receipt,
    long UpTo,
    string ChainHash,
    DateTimeOffset Before,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Kept,
    long Events,
    long Bytes,
    string Policy,
    string Author,
    DateTimeOffset PlannedAt)
{
    public const string FormatName = "vkp retention plan 1";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>False for text that has the form's name and not the form.</summary>
    internal bool IsSound => Format == FormatName && ChainHash is { Length: 64 } && ChainHash.All(char.IsAsciiHexDigitLower) && Types is not null && Kept is not null;
}

/// <summary>What was removed: the proof that is kept, and given away.</summary>
/// <param name="First">The first position that lost its body; 0 when none did.</param>
/// <param name="ByType">Events that lost their bodies, by type.</param>
/// <param name="Digest">Of every one of them, see <see cref="RemovalDigest"/>; hex.</param>
/// <param name="PlanKeyId">The key that signed the plan.</param>
public sealed record RetentionReceipt(
    string Format,
    int Tenant,
    Guid Receipt,
    long UpTo,
    string ChainHash,
    DateTimeOffset Before,
    long First,
    long Last,
    long Events,
    IReadOnlyDictionary<string, long> ByType,
    string Digest,
    string Policy,
    string Author,
    DateTimeOffset PlannedAt,
    DateTimeOffset CompletedAt,
    string PlanKeyId)
{
    public const string FormatName = "vkp retention receipt 1";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal bool IsSound => Format == FormatName && Digest is not null && ByType is not null;
}
