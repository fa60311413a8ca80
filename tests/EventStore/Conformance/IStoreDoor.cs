namespace Vkp.EventStore.Tests.Conformance;

/// <summary>
/// What the suites ask of an event store, in words that any implementation has. Nothing here or in the suites names a table,
/// so a store on other foundations can stand behind it: implement this, derive from <see cref="StoreConformance"/>.
/// </summary>
public interface IStoreDoor : IAsyncDisposable
{
    Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct);

    /// <summary>In one commit.</summary>
    Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken ct);

    /// <summary>In a transaction that stays open for some round trips after the append, then commits or rolls back.</summary>
    Task<AppendResult> AppendSlowlyAsync(AppendRequest request, int roundTrips, bool commit, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadStreamBackwardsAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, LogFilter filter, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadPositionsAsync(int tenant, IReadOnlyCollection<long> positions, CancellationToken ct);

    Task<IReadOnlyList<RecordedEvent>> ReadStreamUpToAsync(int tenant, StreamName stream, long fromVersion, long toVersion, DateTimeOffset until, int maxCount, CancellationToken ct);

    Task<long> HeadAsync(int tenant, CancellationToken ct);

    Task<IReadOnlyList<int>> TenantsAsync(CancellationToken ct);

    /// <summary>Removes, as retention does, the bodies of events of type `MessageAccepted` up to a position at which a commit ends.</summary>
    Task RemoveBodiesAsync(int tenant, long upTo, CancellationToken ct);
}
