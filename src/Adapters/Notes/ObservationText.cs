using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>`Oksygenmetning 02.03.2026 kl. 08:01: 86 %.`</summary>
internal static class ObservationText
{
    public static IEnumerable<string> Lines(Observation observation)
    {
        var at = Says.Time(observation.Effective as FhirDateTime) is { Length: > 0 } time ? $" {time}" : string.Empty;
        var notes = string.Concat(observation.Note.Where(note => note.Text is { Length: > 0 }).Select(note => $" {Says.Sentence(note.Text!)}"));
        yield return $"{Says.Concept(observation.Code)}{at}: {Says.Sentence(Values(observation))}{Status(observation)}{notes}";
    }

    public static string Values(Observation observation)
    {
        var values = observation.Component.Select(component => $"{Says.Concept(component.Code)} {Value(component.Value)}".Trim()).ToList();
        if (Value(observation.Value) is { Length: > 0 } own)
            values.Insert(0, own);
        if (values.Count == 0 && observation.DataAbsentReason is not null)
            values.Add("ingen verdi");
        return string.Join(", ", values);
    }

    private static string Value(DataType? value) => value switch
    {
        Quantity quantity => $"{quantity.ValueElement?.Text?.Replace('.', ',')} {Unit(quantity)}".Trim(),
        CodeableConcept concept => Says.Concept(concept),
        PrimitiveType primitive => primitive.Text ?? string.Empty,
        _ => string.Empty,
    };

    /// <summary>As people write it: the code is for machines.</summary>
    private static string Unit(Quantity quantity) => quantity.Code == "{score}" ? "poeng" : quantity.Unit ?? quantity.Code ?? string.Empty;

    private static string Status(Observation observation) => observation.Status switch
    {
        ObservationStatus.Corrected or ObservationStatus.Amended => " Rettet verdi.",
        ObservationStatus.EnteredInError => " Feilregistrert.",
        ObservationStatus.Cancelled => " Avbrutt.",
        _ => string.Empty,
    };
}
