using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>
/// The one document of a case: what was reported while it was open, and what closed it. The vendor's closing names its cases by the vendor's ids;
/// the caller finds the messages of those cases and gathers them here. Pure; the resources given are not changed.
/// </summary>
public static class CaseDocument
{
    /// <param name="closing">The resources of the message that closed the case, the main one first.</param>
    /// <param name="opened">The resources of every earlier message of the case, oldest message first. Empty when none arrived: the closing then stands alone.</param>
    /// <returns>
    /// The closing's resources first, then the earlier ones, each id once (a later message's version replaces an earlier one's). The closing note refers to every
    /// alert, measurement and visit of the case.
    /// </returns>
    public static IReadOnlyList<Resource> Gather(IReadOnlyList<Resource> closing, IEnumerable<IReadOnlyList<Resource>> opened)
    {
        var earlier = new List<Resource>();
        foreach (var resource in opened.SelectMany(resources => resources))
        {
            earlier.RemoveAll(kept => IsSame(kept, resource));
            if (!closing.Any(kept => IsSame(kept, resource)))
                earlier.Add(resource);
        }

        IReadOnlyList<Resource> gathered = [.. closing, .. earlier];
        return closing.Count > 0 && closing[0] is Composition note ? [Referring(note, gathered), .. gathered.Skip(1)] : gathered;
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

    private static bool IsSame(Resource one, Resource other) => one.Id is not null && one.Id == other.Id && one.TypeName == other.TypeName;
}
