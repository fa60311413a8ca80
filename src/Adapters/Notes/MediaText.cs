using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>That there is a picture, and of what; never the picture.</summary>
internal static class MediaText
{
    public static IEnumerable<string> Lines(Media media)
    {
        var of = Says.Concept(media.BodySite) is { Length: > 0 } site ? $" av {site.ToLowerInvariant()}" : string.Empty;
        var at = Says.Time(media.Created as FhirDateTime) is { Length: > 0 } time ? $" {time}" : string.Empty;
        yield return $"Bilde{of}{at}. {Says.Sentence(media.Content?.Title ?? string.Empty)}".TrimEnd();
    }
}
