using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>A note: its title, the steps of the treatment log in order, the sections' text, and who wrote it.</summary>
internal static class CompositionText
{
    /// <summary>Sections within sections; deeper ones are left out rather than followed for ever.</summary>
    private const int DepthMax = 8;

    public static IEnumerable<string> Lines(Composition composition)
    {
        if (composition.Title is { Length: > 0 } title)
            yield return title;
        foreach (var step in composition.Event)
            yield return Step(step);
        foreach (var line in composition.Section.SelectMany(section => Section(section, depth: 0)))
            yield return line;
        var authors = string.Join(", ", composition.Author.Select(Says.Who).Where(name => name.Length > 0));
        var at = Says.Time(composition.DateElement) is { Length: > 0 } time ? $" {time}" : string.Empty;
        if (authors.Length > 0 || at.Length > 0)
            yield return $"Skrevet{(authors.Length > 0 ? $" av {authors}" : string.Empty)}{at}.";
    }

    private static string Step(Composition.EventComponent step)
    {
        var words = step.Code.Select(StepWords).Where(text => text.Length > 0);
        var time = step.Period?.StartElement is { } start ? start.TryToDateTimeOffset(out var at) ? NorwegianTime.DateAndSeconds(at) : Says.Time(start) : string.Empty;
        return time.Length == 0 ? $"- {string.Join(", ", words)}" : $"- {time}: {string.Join(", ", words)}";
    }

    /// <summary>The step's own name and, when the sender wrote something beside the code, that too.</summary>
    private static string StepWords(CodeableConcept code)
    {
        var known = CompositionEvents.Find(code.CodeIn(CompositionEvents.System))?.Display;
        var name = known ?? Says.Concept(code);
        return code.Text is { Length: > 0 } text && text != name ? $"{Says.Capital(name)} ({text})" : Says.Capital(name);
    }

    private static IEnumerable<string> Section(Composition.SectionComponent section, int depth)
    {
        if (depth > DepthMax)
            yield break;
        var text = Says.Narrative(section.Text?.Div);
        if (text.Length > 0)
            yield return section.Title is { Length: > 0 } title ? $"{title}: {text}" : text;
        foreach (var line in section.Section.SelectMany(inner => Section(inner, depth + 1)))
            yield return line;
    }
}
