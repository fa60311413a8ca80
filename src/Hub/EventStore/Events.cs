namespace Vkp.EventStore;

/// <summary>A fact to store.</summary>
/// <param name="Id">The caller's id of the event. Part of what the body is sealed to; the store does not enforce that it is unique.</param>
/// <param name="Type">Past-tense permanent name, 1 to 100 characters.</param>
/// <param name="Metadata">A JSON object as text, free of personal data. Comes back byte for byte.</param>
/// <param name="Body">Sealed bytes; the store never looks inside. May be empty.</param>
public sealed record NewEvent(Guid Id, string Type, string Metadata, ReadOnlyMemory<byte> Body);

/// <summary>Recognises a repeat. Both hashes are keyed (HMAC), because vendors put identity numbers in message ids.</summary>
/// <param name="Source">The sending system's permanent name; stored in plain text.</param>
/// <param name="KeyHash">Keyed hash of the source's message id, 16 to 32 bytes.</param>
/// <param name="BodyHash">Keyed hash of the message as it arrived, 16 to 32 bytes.</param>
public sealed record DedupKey(string Source, ReadOnlyMemory<byte> KeyHash, ReadOnlyMemory<byte> BodyHash);

/// <summary>Events for one stream, stored together or not at all.</summary>
/// <param name="Tenant">The municipality's organisation number; 0 is the hub itself.</param>
/// <param name="ExpectedVersion">The version the stream must have; 0 = it must not exist; null = any.</param>
/// <param name="Dedup">When set, a second append with the same source and key stores nothing.</param>
public sealed record AppendRequest(int Tenant, StreamName Stream, IReadOnlyList<NewEvent> Events, long? ExpectedVersion = null, DedupKey? Dedup = null);

/// <summary>Which events of a log to read; null lets all pass.</summary>
/// <param name="Category">The streams' category.</param>
/// <param name="From">Recorded at or after.</param>
/// <param name="Before">Recorded before.</param>
public sealed record LogFilter(IReadOnlyList<string>? Types = null, string? Category = null, string? Source = null, DateTimeOffset? From = null, DateTimeOffset? Before = null);

/// <summary>What came of an <see cref="AppendRequest"/>.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Stored and committed (or, in a caller's transaction, stored and committed when that is).</summary>
    public sealed record Appended(long FirstPosition, long LastPosition, long LastVersion, DateTimeOffset RecordedAt) : AppendResult;

    /// <summary>The same message came before; nothing was stored.</summary>
    /// <param name="Original">The first event that was stored for it.</param>
    public sealed record Duplicate(RecordedEvent Original) : AppendResult;

    /// <summary>The same source and key came before with another body; nothing was stored.</summary>
    public sealed record ConflictingDuplicate(RecordedEvent Original) : AppendResult;

    /// <summary>The stream was not at the expected version; nothing was stored.</summary>
    public sealed record VersionConflict(long ActualVersion) : AppendResult;
}

/// <summary>A stored fact.</summary>
/// <param name="Position">Place in the tenant's log: 1, 2, 3 … without holes, in commit order.</param>
/// <param name="Version">Place in the stream: 1, 2, 3 … without holes.</param>
/// <param name="RecordedAt">Database time of the commit's function call. Order is the position, never the time.</param>
/// <param name="Body">Sealed bytes; empty when retention has removed them (<see cref="BodyRemoved"/>).</param>
public sealed record RecordedEvent(
    int Tenant,
    long Position,
    StreamName Stream,
    long Version,
    Guid Id,
    string Type,
    DateTimeOffset RecordedAt,
    string? Source,
    string Metadata,
    ReadOnlyMemory<byte> Body)
{
    public bool BodyRemoved { get; init; }

    /// <summary>The retention run that removed the body; its plan and receipt are in the tenant's retention stream.</summary>
    public Guid? Receipt { get; init; }
}
