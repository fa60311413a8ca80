using System.Globalization;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>One message of a day.</summary>
public sealed record DayMessage(DateTimeOffset OccurredAt, IReadOnlyList<Resource> Resources);

/// <summary>The one note of a patient's day: the texts of its messages in the order they happened, compiled by a system (VKP section 2). Pure.</summary>
public static class DaySummary
{
    /// <param name="id">The note's id: derived from patient and day, so that a repeat is the same note.</param>
    /// <param name="day">The Norwegian day that has ended; messages of earlier days came after that day's note was written, and say so.</param>
    /// <param name="writtenAt">When the note is written.</param>
    public static Composition Compose(Guid id, SourceIdentifier patient, DateOnly day, DateTimeOffset writtenAt, IReadOnlyList<DayMessage> messages)
    {
        var told = messages.OrderBy(message => message.OccurredAt).ToList();
        var lines = told.Select(message => Told(message, day)).Prepend(Heading(day, told.Count));
        return new Composition
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.Composition),
            Identifier = Parts.UuidIdentifier(id),
            Status = CompositionStatus.Final,
            Type = Loinc.SummaryNote,
            Category = [IsHomeFollowUp(told) ? CompositionCategories.HomeFollowUp : CompositionCategories.SafetyAndMastery],
            Subject = Parts.Logical(patient),
            DateElement = new FhirDateTime(NorwegianTime.Local(writtenAt)),
            Author = [new ResourceReference { Display = "Velferdsteknologi, automatisk sammenstilt" }],
            Title = "Døgnoppsummering",
            Section = [Compositions.Section(CompositionSections.CompiledText, "Oppsummering", string.Join('\n', lines))],
        };
    }

    private static string Heading(DateOnly day, int messages) =>
        $"{day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)}: {(messages == 1 ? "1 hendelse" : $"{messages} hendelser")}.";

    private static string Told(DayMessage message, DateOnly day)
    {
        var text = NoteRenderer.Render(message.Resources);
        return NorwegianTime.Day(message.OccurredAt) < day ? $"Etterregistrert: {text}" : text;
    }

    private static bool IsHomeFollowUp(IEnumerable<DayMessage> messages) =>
        messages.All(message => message.Resources.Any(resource => resource is Observation or QuestionnaireResponse or CarePlan));
}
