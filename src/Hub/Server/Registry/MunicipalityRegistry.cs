using System.Collections.Concurrent;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Registry;

/// <summary>
/// The municipalities' configuration: an event stream each, folded in memory.
/// A node's copy is at most <see cref="Limits.RegistryFreshness"/> old; a change made on this node is seen at once.
/// </summary>
public sealed class MunicipalityRegistry(EventLog store, Vault vault, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, Copy> copies = new();

    /// <summary>A configuration was changed on this node: who works by one need not wait until its copy is old.</summary>
    public Action? Changed { get; set; }

    /// <summary>The municipality's configuration now; <see cref="RegistryState.IsRegistered"/> is false for an unknown one.</summary>
    public async ValueTask<RegistryState> CurrentAsync(int tenant, CancellationToken ct)
    {
        var now = time.GetTimestamp();
        if (copies.TryGetValue(tenant, out var copy) && time.GetElapsedTime(copy.CheckedAt, now) < Limits.RegistryFreshness) return copy.State;

        var state = await ReadOnAsync(copy?.State ?? RegistryState.Empty(tenant), ct);
        Keep(state, now);
        return state;
    }

    /// <summary>The municipality's configuration as it was at a time, by the same fold.</summary>
    public async Task<RegistryState> AsOfAsync(int tenant, DateTimeOffset at, CancellationToken ct)
    {
        const int Page = 1000;
        var state = RegistryState.Empty(tenant);
        while (true)
        {
            var events = await store.ReadStreamUpToAsync(tenant, StreamOf(tenant), state.Version + 1, long.MaxValue, at, Page, ct);
            foreach (var recorded in events) state = state.Apply(RegistryEvent.FromBytes((await vault.OpenAsync(recorded, ct)).Span), recorded.Version);
            if (events.Count < Page) return state;
        }
    }

    /// <summary>Every change there ever was, oldest first, with who made it and when.</summary>
    public async Task<IReadOnlyList<RecordedChange>> HistoryAsync(int tenant, CancellationToken ct)
    {
        var changes = new List<RecordedChange>();
        await foreach (var recorded in store.ReadWholeStreamAsync(tenant, StreamOf(tenant), 1, ct))
            changes.Add(new(RegistryEvent.FromBytes((await vault.OpenAsync(recorded, ct)).Span), EventMetadata.Parse(recorded.Metadata).Author, recorded.RecordedAt));
        return changes;
    }

    /// <summary>What the wanted states would change, without changing it.</summary>
    public async Task<IReadOnlyList<(WantedState Wanted, RegistryState Today, IReadOnlyList<RegistryEvent> Changes)>> PlanAsync(
        IReadOnlyList<WantedState> wanted, CancellationToken ct)
    {
        var plans = new List<(WantedState, RegistryState, IReadOnlyList<RegistryEvent>)>();
        foreach (var municipality in wanted)
        {
            var today = await ReadOnAsync(RegistryState.Empty(municipality.Tenant), ct);
            plans.Add((municipality, today, RegistryPlan.Compare(today, municipality, time.GetUtcNow())));
        }

        return plans;
    }

    /// <summary>Writes the changes if nobody changed the municipality meanwhile; null = done.</summary>
    public async Task<VkpError?> ApplyAsync(RegistryState today, IReadOnlyList<RegistryEvent> changes, string author, CancellationToken ct)
    {
        if (changes.Count == 0) return null;

        var result = await store.AppendWholeAsync(await RequestAsync(today, changes, author, ct), ct);
        if (result is not AppendResult.Appended) return Errors.ConfigurationMoved(today.OrgNo);
        Adopt(today, changes);
        return null;
    }

    /// <summary>Writes the changes together with rows of the caller's, as the last thing before its commit, if nobody changed the municipality meanwhile; null = commit, and then <see cref="Adopt"/>.</summary>
    public async Task<VkpError?> ApplyAsync(NpgsqlTransaction transaction, RegistryState today, IReadOnlyList<RegistryEvent> changes, string author, CancellationToken ct)
    {
        var results = await store.AppendAsync(transaction, [await RequestAsync(today, changes, author, ct)], ct);
        return results[0] is AppendResult.Appended ? null : Errors.ConfigurationMoved(today.OrgNo);
    }

    /// <summary>These changes are committed: this node works by them from now on.</summary>
    public void Adopt(RegistryState before, IReadOnlyList<RegistryEvent> changes)
    {
        Keep(changes.Aggregate(before, (state, change) => state.Apply(change, state.Version + 1)), time.GetTimestamp());
        Changed?.Invoke();
    }

    public static StreamName StreamOf(int tenant) => new("registry", tenant.ToString("D9"));

    private async Task<AppendRequest> RequestAsync(RegistryState today, IReadOnlyList<RegistryEvent> changes, string author, CancellationToken ct)
    {
        var stream = StreamOf(today.Tenant);
        var events = new List<NewEvent>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
        {
            var id = DeterministicId.From("registry", today.OrgNo, $"{today.Version + 1 + i}", author, $"{time.GetUtcNow().UtcTicks}");
            var body = await vault.SealAsync(today.Tenant, stream, id, changes[i].ToBytes(), ct);
            events.Add(new NewEvent(id, changes[i].GetType().Name, EventMetadata.ForAuthor(author), body));
        }

        return new AppendRequest(today.Tenant, stream, events, ExpectedVersion: today.Version);
    }

    private async Task<RegistryState> ReadOnAsync(RegistryState from, CancellationToken ct)
    {
        var state = from;
        await foreach (var recorded in store.ReadWholeStreamAsync(from.Tenant, StreamOf(from.Tenant), from.Version + 1, ct))
        {
            var body = await vault.OpenAsync(recorded, ct);
            state = state.Apply(RegistryEvent.FromBytes(body.Span), recorded.Version);
        }

        return state;
    }

    private void Keep(RegistryState state, long checkedAt) =>
        copies.AddOrUpdate(state.Tenant, new Copy(state, checkedAt), (_, old) => old.State.Version > state.Version ? old : new Copy(state, checkedAt));

    private sealed record Copy(RegistryState State, long CheckedAt);
}

/// <summary>A change of a municipality's configuration as it stands in the log.</summary>
public sealed record RecordedChange(RegistryEvent Change, string? Author, DateTimeOffset At);
