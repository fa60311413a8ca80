using Vkp.Adapters.Composing;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>What comes after a note is in the journal: it adds to the note, and says what stood there, because nothing in a journal is overwritten.</summary>
internal static class Addenda
{
    /// <summary>A second closing of the same case amends the first note.</summary>
    public static Composition Adding(Composition note, IReadOnlyList<Resource> journaled)
    {
        foreach (var earlier in journaled.OfType<Composition>().Where(earlier => earlier.Id is not null))
        {
            note.Status = CompositionStatus.Amended;
            note.RelatesTo.Add(new() { Code = DocumentRelationshipType.Appends, Target = Parts.UuidIdentifier(Guid.Parse(earlier.Id!)) });
        }

        return note;
    }

    /// <summary>A corrected measurement says which value the journal has.</summary>
    public static IEnumerable<Resource> Correcting(IReadOnlyList<Resource> main, IReadOnlyList<Resource> journaled) => main.Select(resource =>
    {
        if (resource is not Observation || journaled.OfType<Observation>().LastOrDefault(earlier => CaseDocument.IsSame(earlier, resource)) is not { } earlier)
            return resource;

        var correcting = (Observation)resource.DeepCopy();
        if (NoteRenderer.ValueOf(earlier) is { Length: > 0 } value)
            correcting.Note.Add(new() { Text = $"Tidligere journalført verdi: {value}." });
        // What is taken back is named by the time it was measured, not by the time somebody found out.
        if (correcting.Status == ObservationStatus.EnteredInError)
            correcting.Effective = (DataType?)earlier.Effective?.DeepCopy();
        return correcting;
    });
}
