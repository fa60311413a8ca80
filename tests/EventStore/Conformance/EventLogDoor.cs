using Npgsql;
using Vkp.EventStore.Audit;

namespace Vkp.EventStore.Tests.Conformance;

/// <summary>Our store behind the suites' door.</summary>
internal sealed class EventLogDoor(StoreFixture store) : IStoreDoor
{
    public static async Task<IStoreDoor> CreateAsync(CancellationToken ct) => new EventLogDoor(await StoreFixture.CreateAsync(ct));

    public Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct) => store.Log.AppendAsync(request, ct);

    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AppendRequest> requests, CancellationToken ct) => store.Log.AppendAsync(requests, ct);

    public async Task<AppendResult> AppendSlowlyAsync(AppendRequest request, int roundTrips, bool commit, CancellationToken ct)
    {
        await using var connection = await store.App.OpenConnectionAsync(ct);
        await using var transaction = await EventStore.Database.BeginAsync(connection, [request.Tenant], ct);
        var result = (await store.Log.AppendAsync(transaction, [request], ct))[0];
        await PauseAsync(connection, roundTrips, ct);
        if (commit)
            await transaction.CommitAsync(ct);

        return result;
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        store.Log.ReadStreamAsync(tenant, stream, fromVersion, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamBackwardsAsync(int tenant, StreamName stream, long fromVersion, int maxCount, CancellationToken ct) =>
        store.Log.ReadStreamBackwardsAsync(tenant, stream, fromVersion, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, CancellationToken ct) =>
        store.Log.ReadLogAsync(tenant, afterPosition, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(int tenant, long afterPosition, int maxCount, LogFilter filter, CancellationToken ct) =>
        store.Log.ReadLogAsync(tenant, afterPosition, maxCount, filter, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadPositionsAsync(int tenant, IReadOnlyCollection<long> positions, CancellationToken ct) =>
        store.Log.ReadPositionsAsync(tenant, positions, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamUpToAsync(int tenant, StreamName stream, long fromVersion, long toVersion, DateTimeOffset until, int maxCount, CancellationToken ct) =>
        store.Log.ReadStreamUpToAsync(tenant, stream, fromVersion, toVersion, until, maxCount, ct);

    public Task<long> HeadAsync(int tenant, CancellationToken ct) => store.Log.HeadAsync(tenant, ct);

    public Task<IReadOnlyList<int>> TenantsAsync(CancellationToken ct) => store.Log.TenantsAsync(ct);

    public async Task RemoveBodiesAsync(int tenant, long upTo, CancellationToken ct)
    {
        using var key = AnchorKey.Generate();
        await Retiring.RunAsync(store, key, Retiring.Rule(upTo), ct);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    /// <summary>Time passes in a transaction without a sleep: round trips on its connection.</summary>
    internal static async Task PauseAsync(NpgsqlConnection connection, int roundTrips, CancellationToken ct)
    {
        for (var i = 0; i < roundTrips; i++)
        {
            await using var nothing = new NpgsqlCommand("select 1", connection);
            await nothing.ExecuteScalarAsync(ct);
        }
    }
}
