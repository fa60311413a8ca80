using System.Text;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Dialect = Vkp.Fhir.Codes.HelseplattformenStyle;

namespace Vkp.Adapters.Epj.HelseplattformenStyle;

/// <summary>The message as the dialect has it: the note as a DocumentReference whose text lies in a Binary, and the measurements as Observations. Pure.</summary>
internal static class TransactionComposer
{
    private static readonly NoteTemplate Template = new(CharactersMax: 32_000) { TellsEventTime = true };

    public static Bundle Compose(OutboundMessage message, SourceIdentifier patient)
    {
        var note = JournalNote.Of(message, Template);
        var textId = DeterministicId.From("note-text", message.MessageId.ToString("D"));
        var observations = message.Resources.OfType<Observation>().Select((observation, index) => Under(message, observation, index)).ToList();
        var bundle = new Bundle { Id = message.BundleId.ToString("D"), Meta = Parts.Profile(Dialect.Transaction), Type = Bundle.BundleType.Transaction };
        bundle.Entry.Add(Create(message.MessageId, Reference(message, note, patient, textId, observations), "DocumentReference", message.MessageId.ToString("D")));
        bundle.Entry.Add(Put(textId, new Binary { Id = textId.ToString("D"), ContentType = "text/plain", Data = Encoding.UTF8.GetBytes(note.Text) }));
        foreach (var (id, observation) in observations)
            bundle.Entry.Add(Create(id, observation, "Observation", id.ToString("D")));
        return bundle;
    }

    private static DocumentReference Reference(
        OutboundMessage message, JournalNote note, SourceIdentifier patient, Guid textId, IReadOnlyList<(Guid Id, Observation Observation)> observations) => new()
        {
            Meta = Parts.Profile(Dialect.Note),
            Identifier = [new Identifier(Dialect.MessageSystem, message.MessageId.ToString("D"))],
            Status = DocumentReference.DocumentReferenceStatus.Current,
            DocStatus = message.Resources.OfType<Composition>().FirstOrDefault()?.Status ?? CompositionStatus.Final,
            Type = Loinc.SummaryNote,
            Subject = Parts.Logical(patient),
            Date = message.RecordedAt,
            Author = [new ResourceReference { Display = note.AuthorName ?? message.SourceSystem }],
            Description = note.Title,
            Content = [new() { Attachment = new Attachment { ContentType = "text/plain; charset=utf-8", Language = "nb", Url = DeterministicId.Urn(textId), Title = note.Title } }],
            Context = new()
            {
                Period = new Period { StartElement = new FhirDateTime(message.OccurredAt) },
                Related = [.. observations.Select(entry => Parts.To(entry.Id))],
            },
        };

    /// <summary>A copy under the dialect's identifier, beside the sender's own.</summary>
    private static (Guid Id, Observation Observation) Under(OutboundMessage message, Observation observation, int index)
    {
        var id = Guid.TryParseExact(observation.Id, "D", out var own) ? own : DeterministicId.From("observation", message.MessageId.ToString("D"), index.ToString());
        var copy = (Observation)observation.DeepCopy();
        copy.Id = null;
        copy.Meta = Parts.Profile(Dialect.Measurement);
        // What else the message holds goes as text, so that a reference to it would lead nowhere.
        copy.DerivedFrom = [.. copy.DerivedFrom.Where(IsSent)];
        copy.HasMember = [.. copy.HasMember.Where(IsSent)];
        copy.Encounter = null;
        copy.Identifier.Insert(0, new Identifier(Dialect.MessageSystem, id.ToString("D")));
        return (id, copy);

        bool IsSent(ResourceReference reference) =>
            reference.Reference is not { } url || message.Resources.OfType<Observation>().Any(other => other.Id is not null && url == $"urn:uuid:{other.Id}");
    }

    private static Bundle.EntryComponent Create(Guid id, Resource resource, string type, string identifier) => new(DeterministicId.Urn(id), resource)
    {
        Request = new() { Method = Bundle.HTTPVerb.POST, Url = type, IfNoneExist = $"identifier={Dialect.MessageSystem}|{identifier}" },
    };

    /// <summary>A Binary has no identifier that a server could look for, so it is put under an id of ours.</summary>
    private static Bundle.EntryComponent Put(Guid id, Binary text) => new(DeterministicId.Urn(id), text)
    {
        Request = new() { Method = Bundle.HTTPVerb.PUT, Url = $"Binary/{id:D}" },
    };
}
