using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Correcting;

/// <summary>A message whose document is corrected, as the log has it.</summary>
/// <param name="Patient">Whose it is; of a message that stands on a patient's stream there is always one.</param>
public sealed record CorrectedMessage(int Tenant, StreamName Stream, EventMetadata Metadata, SourceIdentifier Patient)
{
    public Guid Id => Metadata.MessageId!.Value;
}

/// <summary>What the correction says, and who says it.</summary>
/// <param name="Replaced">The message the journal systems know the wrong content by: the corrected one itself, or the latest correction of it.</param>
/// <param name="Distinction">What makes it another correction than the next: translators' versions, or an id. The same correction is never made twice.</param>
/// <param name="GoesTo">The destinations that are told.</param>
/// <param name="Words">To the reader of the journal, in bokmål.</param>
/// <param name="Reason">For the log, in the author's own words.</param>
public sealed record Correction(CorrectionKind Kind, Guid Replaced, string Distinction, IReadOnlyList<string> GoesTo, string Words, string Author, string Reason, Guid? ReplayId = null);

/// <summary>
/// Makes the message by which the hub's own municipality corrects a document: an ordinary message of the patient, under an id derived from what it corrects, so
/// that it is routed, delivered, traced and counted like any other; and the fact on the corrected message that it was.
/// </summary>
public sealed class CorrectingMessages(Vault vault, TimeProvider time)
{
    /// <summary>The hub itself as a source. No vendor system can be it: a vkp-id has two underscores.</summary>
    public const string Source = "hub:correcting";

    private static readonly AdapterInfo Self = new(EventMetadata.OwnAdapter, MajorVersion: 1, MinorVersion: 0);

    public static Guid IdOf(Guid corrected, CorrectionKind kind, string distinction) => DeterministicId.From("correcting", corrected.ToString("N"), kind.ToString(), distinction);

    /// <param name="resources">The corrected content; none for an amendment.</param>
    public async Task<AppendRequest> MakeAsync(CorrectedMessage corrected, Correction correction, IReadOnlyList<Resource> resources, CancellationToken ct)
    {
        var id = IdOf(corrected.Id, correction.Kind, correction.Distinction);
        var note = CorrectionNote.Compose(
            DeterministicId.From("correcting-note", id.ToString("N")), correction.Kind, corrected.Patient, correction.Replaced, time.GetUtcNow(), correction.Words, resources);
        // An amendment replaces nothing: what stands stands, and neither message is to say otherwise.
        var isReplacing = correction.Kind != CorrectionKind.Amended;
        var metadata = MetadataOf(corrected.Metadata, id, note) with
        {
            // What a replay finds waits behind everything; a person who corrects has somebody waiting.
            Lane = correction.ReplayId is null ? Lane.Clinical : Lane.Replay,
            Corrects = isReplacing ? correction.Replaced : null,
            GoesTo = correction.GoesTo,
            Author = correction.Author,
            Purpose = correction.Reason,
            ReplayId = correction.ReplayId,
        };
        var accepted = await SealAsync(corrected.Tenant, corrected.Stream, metadata, corrected.Patient, note, ct);
        IReadOnlyList<Guid> replaced = isReplacing ? [.. new[] { corrected.Id, correction.Replaced }.Distinct()] : [];
        var facts = replaced.Select(earlier => MessageFacts.Corrected(corrected.Metadata with { MessageId = earlier }, id, correction.Author, correction.Reason));
        return new AppendRequest(corrected.Tenant, corrected.Stream, [accepted, .. facts], Dedup: await OnceAsync(corrected.Tenant, id, ct));
    }

    /// <summary>The same content as a message of another patient's, which says nothing of where it stood before.</summary>
    /// <param name="resources">Already about the other patient.</param>
    public async Task<AppendRequest> MoveAsync(CorrectedMessage from, StreamName stream, SourceIdentifier patient, Guid id, IReadOnlyList<Resource> resources, string author, CancellationToken ct)
    {
        var metadata = MetadataOf(from.Metadata, id, resources) with { Lane = Lane.Clinical, Author = author };
        return new AppendRequest(from.Tenant, stream, [await SealAsync(from.Tenant, stream, metadata, patient, resources, ct)], Dedup: await OnceAsync(from.Tenant, id, ct));
    }

    private static EventMetadata MetadataOf(EventMetadata about, Guid id, IReadOnlyList<Resource> resources) => new()
    {
        MessageId = id,
        Source = Source,
        Adapter = Self.Name,
        Translator = Self.Version,
        Kind = about.Kind,
        OccurredAt = about.OccurredAt,
        Service = about.Service,
        // Delivered whatever the policy, and no part of any case.
        Traits = CaseTraits.Addendum,
        IsLate = true,
        HasObservations = resources.Any(resource => resource is Observation) ? true : null,
    };

    private async Task<NewEvent> SealAsync(int tenant, StreamName stream, EventMetadata metadata, SourceIdentifier patient, IReadOnlyList<Resource> resources, CancellationToken ct)
    {
        var id = metadata.MessageId!.Value;
        var body = new MessageBody(ReadOnlyMemory<byte>.Empty, id.ToString("D"), metadata.Kind!, patient, Device: null, [], resources);
        return new NewEvent(id, MessageEvents.Accepted, metadata.ToJson(), await vault.SealAsync(tenant, stream, id, body.ToBytes(), ct));
    }

    private async Task<DedupKey> OnceAsync(int tenant, Guid id, CancellationToken ct)
    {
        var key = (await vault.TenantAsync(tenant, ct)).KeyedHash("correcting", id.ToByteArray()).AsMemory(0, 16);
        return new DedupKey(Source, key, key);
    }
}
