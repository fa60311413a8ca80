using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Intake;

/// <summary>
/// A sender's correction of an earlier message of its own. Nothing is overwritten: the later message says which it replaces, so that the journal can show it,
/// and the earlier one gets the fact that it was replaced.
/// </summary>
public sealed class Corrections(EventLog store, Vault vault)
{
    /// <summary>The source under which corrections are deduplicated. No vendor system can have it: a vkp-id has two underscores.</summary>
    private const string Source = "hub:correction";

    /// <summary>Notes on the earlier message that <paramref name="correction"/> replaces it, once however often it is told.</summary>
    public async Task RecordAsync(MessageRow earlier, Guid correction, CancellationToken ct)
    {
        var keys = await vault.TenantAsync(earlier.Tenant, ct);
        var key = keys.KeyedHash("correction", $"{earlier.MessageId:N}{correction:N}").AsMemory(0, 16);
        var about = new EventMetadata { MessageId = earlier.MessageId, Source = earlier.Source, Adapter = earlier.Adapter, Kind = earlier.Kind };
        var fact = MessageFacts.Corrected(about, correction);
        await store.AppendAsync(new AppendRequest(earlier.Tenant, StreamName.Parse(earlier.Stream), [fact], Dedup: new DedupKey(Source, key, key)), ct);
    }

    /// <summary>The correction's resources, saying what they replace: as a relation where the main resource can hold one, and in words where it cannot.</summary>
    public static IReadOnlyList<Resource> Mark(IReadOnlyList<Resource> resources, Guid earlier)
    {
        var replaced = new Identifier { System = IdentifierSystems.Uri, Value = DeterministicId.Urn(earlier) };
        switch (resources[0].DeepCopy())
        {
            case Composition note:
                note.RelatesTo.Add(new() { Code = DocumentRelationshipType.Replaces, Target = replaced });
                return [note, .. resources.Skip(1)];
            case MedicationDispense dispense:
                dispense.Note.Add(new() { Text = "Erstatter en tidligere melding." });
                return [dispense, Revision(dispense, replaced), .. resources.Skip(1)];
            default:
                return resources;
        }
    }

    private static Provenance Revision(MedicationDispense dispense, Identifier replaced) => new()
    {
        Id = DeterministicId.From("revision", dispense.Id!, replaced.Value!).ToString("D"),
        Target = [new ResourceReference($"urn:uuid:{dispense.Id}")],
        Recorded = dispense.WhenHandedOverElement is { } at && at.TryToDateTimeOffset(out var when) ? when : null,
        Agent = [new() { Who = dispense.Performer.Select(performer => performer.Actor).FirstOrDefault() }],
        Entity = [new() { Role = Provenance.ProvenanceEntityRole.Revision, What = new ResourceReference { Identifier = replaced } }],
    };
}
