using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>
/// The one document of a case: what was reported while it was open, and what closed it. The vendor's closing names its cases by the vendor's ids;
/// the caller finds the messages of those cases and gathers them here. Pure; the resources given are not changed.
/// </summary>
public static class CaseDocument
{
    /// <param name="main">The resources of the message whose document it is, the main one first.</param>
    /// <param name="folded">The resources of every other message it carries, as they happened. Empty when none arrived: the main message then stands alone.</param>
    /// <param name="context">The resources of messages that are in the journal already and that it corrects or adds to.</param>
    /// <returns>
    /// The main message's resources first, then the others, each id once: a later message's version replaces an earlier one's, and a corrected value any other.
    /// A closing note refers to every alert, measurement and visit of the case. An alert that a dispense took the place of is cancelled.
    /// </returns>
    public static IReadOnlyList<Resource> Gather(
        IReadOnlyList<Resource> main, IEnumerable<IReadOnlyList<Resource>> folded, params IEnumerable<IReadOnlyList<Resource>> context)
    {
        var journaled = context.SelectMany(resources => resources).ToList();
        var earlier = folded.SelectMany(resources => resources).ToList();
        switch (main.Count == 0 ? null : main[0])
        {
            case MedicationDispense:
                return [.. main, .. Superseding.Cancelled([.. earlier, .. journaled])];
            case Composition note:
                var gathered = Merged(main, earlier);
                return [Addenda.Adding(Referring(note, gathered), journaled), .. gathered.Skip(1)];
            case Observation:
                return Merged([.. Addenda.Correcting(main, journaled)], earlier);
            default:
                return Merged(main, earlier);
        }
    }

    private static IReadOnlyList<Resource> Merged(IReadOnlyList<Resource> main, IEnumerable<Resource> earlier)
    {
        var merged = new List<Resource>(main);
        var own = merged.Count;
        foreach (var resource in earlier)
        {
            var known = merged.FindIndex(kept => IsSame(kept, resource));
            if (known < 0) merged.Add(resource);
            else if (known >= own || (IsCorrected(resource) && !IsCorrected(merged[known]))) merged[known] = resource;
        }

        return merged;
    }

    private static Composition Referring(Composition note, IReadOnlyList<Resource> gathered)
    {
        var referring = (Composition)note.DeepCopy();
        if (referring.Section.Count == 0)
            return referring;

        var named = referring.Section.SelectMany(section => section.Entry).Select(entry => entry.Reference).ToHashSet();
        foreach (var resource in gathered.Where(resource => resource is DetectedIssue or Observation or QuestionnaireResponse or Encounter))
        {
            var url = $"urn:uuid:{resource.Id}";
            if (resource.Id is not null && named.Add(url))
                referring.Section[^1].Entry.Add(new ResourceReference(url));
        }

        return referring;
    }

    private static bool IsCorrected(Resource resource) =>
        resource is Observation { Status: ObservationStatus.Corrected or ObservationStatus.Amended or ObservationStatus.EnteredInError };

    internal static bool IsSame(Resource one, Resource other) => one.Id is not null && one.Id == other.Id && one.TypeName == other.TypeName;
}
