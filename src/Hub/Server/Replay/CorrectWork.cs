using System.Text.Json;
using Npgsql;
using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Correcting;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Replay;

/// <summary>
/// Makes every journaled document of a selection again with today's translators, and where it becomes another, sends one that replaces it. Counts what differs
/// as an audit does. A document is corrected once for each version of its translators, however many replays go over it.
/// </summary>
public sealed class CorrectWork(
    SelectedDevice devices, MessageHistory history, MessageReader messages, Vault vault, MunicipalityRegistry registry, CorrectingMessages corrections,
    IReadOnlyDictionary<string, IVendorAdapter> vendors) : IReplayWork
{
    /// <summary>Only what stands in a journal is wrong there. What is on its way or refused is corrected where it is.</summary>
    public static readonly IReadOnlyList<string> States = ["journaled"];

    private const string Words = "Meldingen er lest på nytt med et rettet oversettelsesprogram. Innholdet her erstatter det som ble journalført tidligere om samme hendelse.";

    public async Task<ReplayPage> TakeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplaySelection selection, int max, ReplayTally tally, CancellationToken ct)
    {
        var found = await ResendStore.LockAsync(transaction, row, selection, States, max, ct);
        var position = found.Count < max ? row.UpTo : found[^1].Position;
        // One correction for all its receivers: it is a message, and routed like any other.
        IReadOnlyList<ReplayedDelivery> chosen = [.. (await devices.OnlyAsync(row.Tenant, selection.Device, found, ct)).DistinctBy(d => d.MessageId)];
        var parts = await OpenAsync(row.Tenant, [.. chosen.SelectMany(d => d.Covers.Concat(d.Context)).Distinct()], ct);
        var receivers = await Receivers.ReadAsync(transaction, row.Tenant, [.. chosen.Select(d => d.MessageId)], ct);
        var municipality = await registry.CurrentAsync(row.Tenant, ct);
        var facts = new List<AppendRequest>();
        foreach (var delivery in chosen)
        {
            var document = RemadeDocument.Of(delivery, parts, vendors);
            var concerned = receivers[delivery.MessageId].Where(r => Receivers.Concerns(CorrectionKind.Replaced, r.State)).Select(r => r.Destination).ToList();
            var (what, correction) = await DecideAsync(row, delivery, document, concerned, municipality, ct);
            tally.Take(delivery.MessageId, parts[delivery.Position].Metadata, document.Translators, document.AsRetranslated());
            tally.Send(what, correction is not null);
            if (correction is not null && !row.IsDryRun) facts.Add(correction);
        }

        return new ReplayPage(position, chosen.Count, facts);
    }

    /// <summary>What became of the corrections is told of each, as of any message.</summary>
    public System.Threading.Tasks.Task ConcludeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplayTally tally, CancellationToken ct) => System.Threading.Tasks.Task.CompletedTask;

    public void Forget(Guid id)
    {
        // Nothing is read ahead.
    }

    /// <param name="concerned">The document's receivers; what one has that is not there any more cannot be corrected by the thousand, and the report says so.</param>
    private async Task<(string What, AppendRequest? Correction)> DecideAsync(
        ReplayRow row, ReplayedDelivery delivery, RemadeDocument document, IReadOnlyList<string> concerned, RegistryState municipality, CancellationToken ct)
    {
        if (document.Hindrance is { } hindrance) return (hindrance, null);
        var id = CorrectingMessages.IdOf(delivery.MessageId, CorrectionKind.Replaced, document.Translators);
        var (replaced, journaled) = (delivery.MessageId, document.Then);
        if (delivery.CorrectedBy is { } latest)
        {
            if (latest == id) return ("left out, corrected by these translators already", null);
            if (await OwnCorrectionAsync(row.Tenant, latest, ct) is not { } standing) return ("left out, corrected since by its sender or a person", null);
            (replaced, journaled) = (latest, standing);
        }

        if (!RemadeDocument.Differ(journaled, document.Now)) return ("as it stands", null);
        var told = concerned.Where(municipality.Destinations.ContainsKey).ToList();
        if (told.Count == 0) return ("left out, its destination is gone", null);
        var main = document.Main;
        var correction = new Correction(CorrectionKind.Replaced, replaced, document.Translators, told, Words, row.Author, $"replay {row.Id:D}", row.Id);
        var corrected = new CorrectedMessage(row.Tenant, StreamName.Parse(delivery.Stream), main.Metadata, main.Body!.Patient!);
        var gone = concerned.Except(told, StringComparer.Ordinal).ToList();
        return (gone.Count == 0 ? "corrected" : $"corrected, but not at {string.Join(", ", gone)}, which is gone", await corrections.MakeAsync(corrected, correction, document.Now, ct));
    }

    /// <summary>What an earlier replay put in a document's place, without the note at its head; null when somebody else has corrected it.</summary>
    private async Task<IReadOnlyList<Resource>?> OwnCorrectionAsync(int tenant, Guid id, CancellationToken ct)
    {
        if (await messages.FindAsync(tenant, id, ct) is not { } row) return null;
        var part = (await OpenAsync(tenant, [row.Position], ct))[row.Position];
        return part.Metadata.ReplayId is null || part.Body is null ? null : [.. part.Body.Resources.Skip(1)];
    }

    private async Task<IReadOnlyDictionary<long, StoredPart>> OpenAsync(int tenant, long[] positions, CancellationToken ct)
    {
        var recorded = positions.Length == 0 ? [] : await history.ReadWithBodiesAsync(tenant, positions, ct);
        var bodies = recorded.Count == 0 ? [] : await vault.OpenAsync(recorded, ct);
        return recorded.Select((e, i) => new StoredPart(e, EventMetadata.Parse(e.Metadata), bodies[i])).ToDictionary(part => part.Event.Position);
    }
}

/// <summary>A stored message with its opened body; null when nobody can read it any more.</summary>
public sealed record StoredPart(RecordedEvent Event, EventMetadata Metadata, ReadOnlyMemory<byte>? Bytes)
{
    public MessageBody? Body => Bytes is { } bytes ? MessageBody.FromBytes(bytes) : null;
}
