using Vkp.Adapters;
using Vkp.Fhir.Codes;

namespace Vkp.Hub.Notifications;

/// <summary>What is known of an offered document without opening it.</summary>
public sealed record OfferedDocument(string Form, Lane Lane, string Source, string? SourceSystem);

/// <summary>
/// One filter of a subscription, `Bundle?lane=alarm`: which kind of resource it is about, and what must hold for it. A value is one of several divided by commas;
/// parameters of one filter must all hold.
/// </summary>
public sealed record DocumentFilter(string Form, IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Conditions)
{
    /// <summary>What a filter may ask: the lane, and the sender's tags as the read side has them.</summary>
    public static readonly IReadOnlyList<string> Known = ["lane", "_tag"];

    /// <summary>Null when it is not a filter of this topic.</summary>
    public static DocumentFilter? Parse(string text, IReadOnlyList<string> forms)
    {
        if (text.Split('?', 2) is not [var form, ..] parts || !forms.Contains(form, StringComparer.Ordinal)) return null;

        var conditions = new List<(string, IReadOnlyList<string>)>();
        foreach (var pair in parts.Length == 1 ? [] : parts[1].Split('&'))
        {
            if (pair.Split('=', 2) is not [var name, { Length: > 0 } value] || !Known.Contains(name, StringComparer.Ordinal)) return null;
            var values = Uri.UnescapeDataString(value).Split(',');
            if (name == "lane" && !values.All(IsLane)) return null;
            conditions.Add((name, values));
        }

        return new DocumentFilter(form, conditions);
    }

    /// <summary>
    /// Without filters everything passes. With filters a document passes when one of them is about its kind of resource, and all that are about its kind hold.
    /// </summary>
    public static bool Pass(IReadOnlyList<DocumentFilter> filters, OfferedDocument document)
    {
        var own = filters.Where(filter => filter.Form == document.Form).ToList();
        return filters.Count == 0 || (own.Count > 0 && own.All(filter => filter.Holds(document)));
    }

    private bool Holds(OfferedDocument document) => Conditions.All(condition => condition.Values.Any(value => condition.Name == "lane" ? IsIn(document.Lane, value) : HasTag(document, value)));

    private static bool IsLane(string value) => Enum.GetValues<Lane>().Any(lane => IsIn(lane, value));

    private static bool IsIn(Lane lane, string value) => lane.ToString().Equals(value, StringComparison.OrdinalIgnoreCase);

    private static bool HasTag(OfferedDocument document, string wanted)
    {
        var separator = wanted.IndexOf('|', StringComparison.Ordinal);
        var (system, code) = separator < 0 ? (null, wanted) : (wanted[..separator], wanted[(separator + 1)..]);
        return (system is null or JftTags.SourceClientName && code == document.Source) || (system is null or JftTags.SourceSystemName && code == document.SourceSystem);
    }
}
