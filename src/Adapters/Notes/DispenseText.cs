using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>`Medisindispenser 11.05.2026 kl. 08:04: Medisin utlevert uassistert. Planlagt 11.05.2026 kl. 08:00.` It says utlevert, never tatt.</summary>
internal static class DispenseText
{
    public static IEnumerable<string> Lines(MedicationDispense dispense)
    {
        var by = dispense.Performer.Select(performer => Says.Who(performer.Actor)).Where(name => name.Length > 0).ToList();
        var at = Says.Time(dispense.WhenHandedOverElement) is { Length: > 0 } time ? $" {time}" : string.Empty;
        var text = $"{(by.Count > 0 ? by[0] : "Medisindispenser")}{at}: {Says.Sentence(What(dispense.Category))}";
        foreach (var dosage in dispense.DosageInstruction.Where(dosage => dosage.Text is { Length: > 0 }))
            text += $" {Says.Sentence(dosage.Text!)}";
        if (by.Count > 1)
            text += $" Assistert av {string.Join(", ", by.Skip(1))}.";
        foreach (var note in dispense.Note.Where(note => note.Text is { Length: > 0 }))
            text += $" {Says.Sentence(note.Text!)}";
        yield return text;
    }

    /// <summary>The national displays of the inner codes say only how (`Assistert`); in a note the sentence must stand alone.</summary>
    private static string What(CodeableConcept? category) => category?.CodeIn(MedicationDispenseEvents.System) switch
    {
        "1" => "Medisin utlevert",
        "1.1" => "Medisin utlevert uassistert",
        "1.2" => "Medisin utlevert assistert",
        "2" => "Medisin utlevert til reise",
        "2.1" => "Medisin utlevert til reise, uassistert",
        "2.2" => "Medisin utlevert til reise, assistert",
        "3" => "Melding til bruker kvittert ut",
        _ => Says.Capital(Says.Concept(category)),
    };
}
