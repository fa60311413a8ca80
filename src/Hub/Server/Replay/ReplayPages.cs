using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Replay;

/// <summary>Reads the messages of a selection page by page, with never more than two pages in memory, and translates them again.</summary>
public sealed class ReplayPages(NpgsqlDataSource database, EventLog store, Vault vault, IReadOnlyDictionary<string, IVendorAdapter> vendors) : IReplayWork
{
    private const int BiteMessagesMin = 10;

    private readonly Dictionary<Guid, (long After, int Max, Task<IReadOnlyList<RecordedEvent>> Reading)> ahead = [];

    /// <param name="max">Events looked at, whether or not they fit.</param>
    public Task<ReplayPage> TakeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplaySelection selection, int max, ReplayTally tally, CancellationToken ct) =>
        BackgroundThreads.Of.RunAsync(() => TakeHereAsync(row, selection, max, tally, ct), ct);

    private async Task<ReplayPage> TakeHereAsync(ReplayRow row, ReplaySelection selection, int max, ReplayTally tally, CancellationToken ct)
    {
        var read = ahead.Remove(row.Id, out var begun) && begun.After == row.Position && begun.Max == max
            ? await begun.Reading
            : await ReadAsync(row, selection, row.Position, max, ct);
        var events = read.Where(e => PlaceOf(e, selection) <= row.UpTo).ToList();
        var position = events.Count < max ? row.UpTo : PlaceOf(events[^1], selection);
        if (position < row.UpTo) ahead[row.Id] = (position, max, ReadAsync(row, selection, position, max, ct));

        var spread = new ParallelOptions { MaxDegreeOfParallelism = ProcessorsOf(row.Rate), TaskScheduler = TaskScheduler.Current, CancellationToken = ct };
        var known = new EventMetadata[events.Count];
        Parallel.For(0, known.Length, spread, i => known[i] = EventMetadata.Parse(events[i].Metadata));
        var candidates = await StandingAsync(row.Tenant, selection, [.. events.Zip(known).Where(c => selection.Fits(c.First, c.Second))], ct);
        var taken = 0;
        foreach (var bite in candidates.Chunk(BiteOf(row.Rate, max)))
        {
            // Half of the time that its pace gives a bite is left to others between this one and the last.
            if (bite[0] != candidates[0]) await Task.Delay(TimeSpan.FromSeconds(0.5 * bite.Length / row.Rate), ct);
            taken += Translate(bite, await vault.OpenAsync([.. bite.Select(c => c.Event)], spread), selection, spread, tally);
        }

        return new ReplayPage(position, taken, []);
    }

    /// <summary>Nothing was sent, so nothing is to come.</summary>
    public Task ConcludeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplayTally tally, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Forgets what was read ahead.</summary>
    public void Forget(Guid id) => ahead.Remove(id);

    /// <summary>Live traffic has half of the processors to itself, unless an operator asks for everything.</summary>
    private static int ProcessorsOf(int rate) => rate == 0 ? Environment.ProcessorCount : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>A replay at a pace works in bites of under a millisecond, two hundred a second: what is live waits behind one of them and not behind a page.</summary>
    private static int BiteOf(int rate, int max) => rate == 0 ? max : Math.Max(BiteMessagesMin, rate / 200);

    private Task<IReadOnlyList<RecordedEvent>> ReadAsync(ReplayRow row, ReplaySelection selection, long after, int max, CancellationToken ct) => selection.PatientStream is { } stream
        ? store.ReadStreamAsync(row.Tenant, StreamName.Parse(stream), after + 1, max, ct)
        : store.ReadLogAsync(row.Tenant, after, max, ct);

    private static long PlaceOf(RecordedEvent recorded, ReplaySelection selection) => selection.PatientStream is null ? recorded.Position : recorded.Version;

    private int Translate(
        (RecordedEvent Event, EventMetadata Metadata)[] candidates, ReadOnlyMemory<byte>?[] bodies, ReplaySelection selection, ParallelOptions spread, ReplayTally tally)
    {
        var made = new Retranslated?[candidates.Length];
        Parallel.For(0, made.Length, spread, i =>
        {
            if (bodies[i] is { } body) made[i] = Retranslation.Of(candidates[i].Event, candidates[i].Metadata, body, vendors, selection.Device);
        });

        // Folded in the order of the log, whichever processor was first.
        var taken = 0;
        for (var i = 0; i < made.Length; i++)
        {
            // Of a device is known only what can be read.
            if (made[i] is null && selection.Device is not null) continue;
            var metadata = candidates[i].Metadata;
            tally.Take(metadata.MessageId!.Value, metadata, vendors.TryGetValue(metadata.Adapter!, out var adapter) ? adapter.Info.Version : "none", made[i]);
            taken++;
        }

        return taken;
    }

    /// <summary>Leaves out what has gone on from being held, for that stands at another place, and what is not where the selection asks for.</summary>
    private async Task<List<(RecordedEvent Event, EventMetadata Metadata)>> StandingAsync(
        int tenant, ReplaySelection selection, List<(RecordedEvent Event, EventMetadata Metadata)> candidates, CancellationToken ct)
    {
        var asked = candidates.Where(c => selection.AsksForStanding || c.Event.Type == MessageEvents.Held).Select(c => c.Metadata.MessageId!.Value).ToArray();
        if (asked.Length == 0) return candidates;

        var standing = (await Sql.ReadAsync(
            database, "Replay.read-standing.sql", tenant, command => command.Parameters.Add(new() { Value = asked, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }),
            r => (Id: r.GetGuid(0), Position: r.GetInt64(1), State: r.GetString(2), Destinations: r.GetFieldValue<string[]>(3)), ct)).ToDictionary(row => row.Id);
        return [.. candidates.Where(c =>
        {
            if (!standing.TryGetValue(c.Metadata.MessageId!.Value, out var at)) return !selection.AsksForStanding;
            return (c.Event.Type != MessageEvents.Held || at.Position == c.Event.Position)
                && (selection.State is null || at.State == selection.State)
                && (selection.Destination is null || at.Destinations.Contains(selection.Destination));
        })];
    }
}
