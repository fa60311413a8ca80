using System.Collections.Concurrent;
using System.Text.Json;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Registry;

/// <summary>
/// Who a patient is to a journal system: the identifiers the municipality registered, sealed on the patient's own stream as `PatientIdentified`.
/// Needed where a message names a device only. Shredding the patient's key takes them along.
/// </summary>
public sealed class PatientIdentities(EventLog store, Vault vault)
{
    private const string EventType = "PatientIdentified";

    /// <summary>No vendor system can be this source: a vkp-id has two underscores.</summary>
    private const string Source = "hub:patient";

    private const int CachedMax = 50_000;

    private readonly ConcurrentDictionary<(int Tenant, string Stream), SourceIdentifier> known = new();

    /// <summary>Stores the identifiers of these patients, each list once however often it is given.</summary>
    public async Task RecordAsync(int tenant, IReadOnlyList<WantedPatient> patients, CancellationToken ct)
    {
        var keys = await vault.TenantAsync(tenant, ct);
        foreach (var patient in patients.Where(named => named.Identifiers.Count > 0))
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(patient.Identifiers.Select(i => new[] { i.System, i.Value }).ToArray());
            var hash = keys.KeyedHash("patient-identified", body).AsMemory(0, 16);
            var stream = StreamName.Parse(patient.PatientStream);
            var id = DeterministicId.From("identity", patient.PatientStream, Convert.ToHexStringLower(hash.Span));
            var identified = new NewEvent(id, EventType, "{}", await vault.SealAsync(tenant, stream, id, body, ct));
            await store.AppendAsync(new AppendRequest(tenant, stream, [identified], Dedup: new DedupKey(Source, hash, hash)), ct);
            known.TryRemove((tenant, patient.PatientStream), out _);
        }
    }

    /// <summary>The identifier to name the patient by: the first of the latest list. Null when none was registered.</summary>
    public async ValueTask<SourceIdentifier?> FindAsync(int tenant, StreamName stream, CancellationToken ct)
    {
        var name = stream.ToString();
        if (known.TryGetValue((tenant, name), out var cached)) return cached;

        SourceIdentifier? latest = null;
        await foreach (var recorded in store.ReadWholeStreamAsync(tenant, stream, 1, ct))
        {
            if (recorded.Type != EventType) continue;
            var lists = JsonSerializer.Deserialize<string[][]>((await vault.OpenAsync(recorded, ct)).Span)!;
            if (lists.Length > 0) latest = new SourceIdentifier(lists[0][0], lists[0][1]);
        }

        // Emptied rather than grown: what is asked for again is read again.
        if (known.Count >= CachedMax) known.Clear();
        if (latest is not null) known[(tenant, name)] = latest;
        return latest;
    }
}
