using System.Globalization;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Faces;

/// <summary>
/// One patient's measurements, newest first, from the patient's own stream: every measurement that any vendor sent, each in its latest version. A vendor sees what
/// it sent itself. That somebody looked is a fact on the stream.
/// </summary>
public sealed class ObservationSearch(EventLog store, Vault vault)
{
    private const string Purpose = "Observation/_search";

    public async Task<Bundle> FindAsync(Reader reader, ObservationQuery query, CancellationToken ct)
    {
        var (found, deleted) = (new List<(DateTimeOffset At, Observation Observation)>(), 0);
        if (await vault.FindPatientStreamAsync(reader.Tenant, query.Patient.System, query.Patient.Value, ct) is { } stream)
        {
            await NoteAsync(reader, stream, ct);
            (found, deleted) = await ReadAsync(reader, stream, query, ct);
        }

        var bundle = new Bundle { Type = Bundle.BundleType.Searchset, Total = found.Count };
        foreach (var (_, observation) in found.OrderByDescending(f => f.At).Skip(query.Skip).Take(query.Count))
        {
            bundle.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{observation.Id}", observation) { Search = new() { Mode = Bundle.SearchEntryMode.Match } });
        }

        if (deleted > 0) bundle.Entry.Add(Outcome.OfDeleted(deleted));
        var next = query.Skip + query.Count;
        if (next < found.Count)
        {
            // Posted with the same body: the patient never stands in an address.
            bundle.Link.Add(new() { Relation = "next", Url = $"/fhir/Observation/_search?cursor={next.ToString(CultureInfo.InvariantCulture)}" });
        }

        return bundle;
    }

    /// <summary>The observations, and how many messages of their kind have lost their content within the time that is asked for.</summary>
    private async Task<(List<(DateTimeOffset, Observation)> Found, int Deleted)> ReadAsync(Reader reader, StreamName stream, ObservationQuery query, CancellationToken ct)
    {
        var (found, deleted) = (new List<(DateTimeOffset, Observation)>(), 0);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var from = query.Dates.Select(d => d.NotBefore).OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var version = long.MaxValue;
        while (await store.ReadStreamBackwardsAsync(reader.Tenant, stream, version, Limits.SubscriptionPageEventsMax, ct) is { Count: > 0 } page)
        {
            var wanted = page.Where(e => IsWanted(reader, e)).ToList();
            var events = wanted.Where(e => !e.BodyRemoved).ToList();
            deleted += wanted.Count(e => e.BodyRemoved && e.RecordedAt >= from);
            var bodies = events.Count == 0 ? [] : await vault.OpenAsync(events, ct);
            foreach (var observation in bodies.OfType<ReadOnlyMemory<byte>>().SelectMany(body => MessageBody.FromBytes(body).Resources.OfType<Observation>()))
            {
                // Read from the newest back: the first of an id is the latest word about it, whatever the query asks of it.
                if (!seen.Add(observation.Id ?? "") || observation.EffectiveTime() is not { } at) continue;
                if (query.Dates.All(d => d.Holds(at)) && IsOneOf(observation, query.Codes)) found.Add((at, observation));
            }

            // Nothing can have been measured after it came.
            if (page[^1].RecordedAt < from || page[^1].Version == 1) break;
            version = page[^1].Version - 1;
        }

        return (found, deleted);
    }

    private static bool IsWanted(Reader reader, RecordedEvent recorded)
    {
        if (recorded.Type is not (MessageEvents.Accepted or MessageEvents.Released)) return false;
        var metadata = EventMetadata.Parse(recorded.Metadata);
        return metadata.HasObservations == true && (reader.Destination is not null || metadata.Source == reader.Vendor!.VkpId);
    }

    private static bool IsOneOf(Observation observation, IReadOnlyList<(string? System, string Code)> codes) =>
        codes.Count == 0 || observation.Code is { } code && code.Coding.Any(c => codes.Any(wanted => c.Code == wanted.Code && (wanted.System is null || c.System == wanted.System)));

    private async System.Threading.Tasks.Task NoteAsync(Reader reader, StreamName stream, CancellationToken ct)
    {
        var metadata = new EventMetadata { Author = reader.ClientId, Purpose = Purpose };
        await store.AppendAsync(new AppendRequest(reader.Tenant, stream, [new NewEvent(Guid.CreateVersion7(), MessageEvents.BodyOpened, metadata.ToJson(), ReadOnlyMemory<byte>.Empty)]), ct);
    }
}
