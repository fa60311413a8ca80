using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>A note for a message that came without one, so that it can be a document.</summary>
internal static class NoteCompositions
{
    private static readonly NoteTemplate Template = new(CharactersMax: 16_000) { TellsEventTime = true };

    /// <param name="entries">What the note is about, the main resource first.</param>
    public static Composition Of(OutboundMessage message, IReadOnlyList<(Guid Id, Resource Resource)> entries)
    {
        var note = JournalNote.Of(message, Template);
        var id = DeterministicId.From("note", message.MessageId.ToString("D"));
        return new Composition
        {
            Id = id.ToString("D"),
            Identifier = Parts.UuidIdentifier(id),
            Status = CompositionStatus.Final,
            Type = Loinc.SummaryNote,
            Subject = entries.Select(entry => Patients.SubjectOf(entry.Resource)).FirstOrDefault(subject => subject is not null)?.DeepCopy() as ResourceReference,
            DateElement = new FhirDateTime(message.RecordedAt),
            Author = [new ResourceReference { Display = note.AuthorName ?? message.SourceSystem }],
            Title = note.Title,
            Section =
            [
                new()
                {
                    Title = note.Title,
                    Text = new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = Xhtml.Div(note.Text) },
                    Entry = [.. entries.Select(entry => Parts.To(entry.Id))],
                },
            ],
        };
    }
}
