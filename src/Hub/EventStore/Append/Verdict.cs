using System.Runtime.InteropServices;

namespace Vkp.EventStore.Append;

internal enum VerdictKind
{
    /// <summary>The request was not judged: its tenant's head is locked by somebody else.</summary>
    Busy,
    Appended,
    Duplicate,
    ConflictingDuplicate,
    VersionConflict,
}

/// <summary>What a stored function did with one request.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Verdict(VerdictKind Kind)
{
    public long FirstPosition { get; init; }

    public long LastPosition { get; init; }

    public long LastVersion { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>With one more of the request's events stored.</summary>
    public Verdict WithAppended(long position, long version, DateTimeOffset recordedAt) => new(VerdictKind.Appended)
    {
        FirstPosition = Kind == VerdictKind.Appended ? Math.Min(FirstPosition, position) : position,
        LastPosition = Math.Max(LastPosition, position),
        LastVersion = Math.Max(LastVersion, version),
        RecordedAt = recordedAt,
    };
}
