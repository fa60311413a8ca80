using Vkp.Adapters;

namespace Vkp.Hub.Routing;

/// <summary>An accepted message as Routing sees it: its plain description, with every list present.</summary>
/// <param name="Position">Its place in the municipality's log.</param>
public sealed record RoutedMessage(Guid Id, long Position, string Kind, Lane Lane, DateTimeOffset OccurredAt)
{
    public CaseRole Role { get; init; }

    public IReadOnlyList<string> CaseKeys { get; init; } = [];

    public IReadOnlyList<string> WholeCaseKeys { get; init; } = [];

    public IReadOnlyList<string> AboutKeys { get; init; } = [];

    public IReadOnlyList<string> EndsKeys { get; init; } = [];

    public string? GroupKey { get; init; }

    public CaseTraits Traits { get; init; }

    public bool IsLate { get; init; }

    /// <summary>Set when there is nothing to journal.</summary>
    public string? SettleReason { get; init; }

    /// <summary>The messages that a note of the hub's own making speaks for; settled when it is in the journal.</summary>
    public IReadOnlyList<SettledPart> SpeaksFor { get; init; } = [];

    public bool Is(CaseTraits trait) => (Traits & trait) != CaseTraits.None;

    public static RoutedMessage From(EventMetadata metadata, long position) => new(
        metadata.MessageId!.Value, position, metadata.Kind!, metadata.Lane ?? Lane.Routine, metadata.OccurredAt!.Value)
    {
        Role = metadata.CaseRole ?? CaseRole.None,
        CaseKeys = metadata.CaseKeys ?? [],
        WholeCaseKeys = metadata.WholeCaseKeys ?? [],
        AboutKeys = metadata.AboutKeys ?? [],
        EndsKeys = metadata.EndsKeys ?? [],
        GroupKey = metadata.GroupKey,
        Traits = metadata.Traits ?? CaseTraits.None,
        IsLate = metadata.IsLate ?? false,
        SettleReason = metadata.SettleReason,
        SpeaksFor = metadata.SpeaksFor ?? [],
    };
}
