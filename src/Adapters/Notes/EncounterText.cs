using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>`Digitalt tilsyn 11.05.2026 kl. 18:00 til kl. 18:03: planlagt tilsyn, bildetilsyn, toveis tale. Sted: stue @ hjemmet. Utført av Test Sykepleier.`</summary>
internal static class EncounterText
{
    public static IEnumerable<string> Lines(Encounter encounter)
    {
        var kind = encounter.Class?.Code is "HH" or "FLD" ? "Besøk" : "Digitalt tilsyn";
        var what = encounter.ReasonCode.Select(Says.Concept)
            .Concat(encounter.Participant.SelectMany(participant => participant.Type).Select(Says.Concept))
            .Where(words => words.Length > 0).Distinct();
        var text = Says.Sentence($"{kind}{Period(encounter.Period)}: {string.Join(", ", what)}");
        var places = string.Join(", ", encounter.Location.Select(location => Says.Who(location.Location)).Where(place => place.Length > 0));
        if (places.Length > 0)
            text += $" Sted: {places}.";
        var people = string.Join(", ", encounter.Participant.Select(participant => Says.Who(participant.Individual)).Where(name => name.Length > 0).Distinct());
        if (people.Length > 0)
            text += $" Utført av {people}.";
        if (encounter.Status == Encounter.EncounterStatus.InProgress)
            text += " Pågår.";
        yield return text;
    }

    private static string Period(Period? period)
    {
        if (Says.Time(period?.StartElement) is not { Length: > 0 } start)
            return string.Empty;
        if (period!.StartElement!.TryToDateTimeOffset(out var from) && period.EndElement is { } end && end.TryToDateTimeOffset(out var to))
            return to - from < TimeSpan.FromMinutes(2) ? $" {start}, {(int)(to - from).TotalSeconds} sekunder" : $" {start} til {NorwegianTime.TimeOn(to, from)}";
        return $" {start}";
    }
}
