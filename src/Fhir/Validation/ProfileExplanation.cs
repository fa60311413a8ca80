using System.Text;

namespace Vkp.Fhir.Validation;

/// <summary>A profile's rules as text, for a vendor's developer: what the profile and its bases demand, and which of it cannot be checked.</summary>
public static class ProfileExplanation
{
    public static string Of(FhirProfile profile)
    {
        var sb = new StringBuilder();
        sb.Append(profile.Canonical).Append('\n');
        sb.Append($"  {profile.Definition.Title}, version {profile.Definition.Version}, for {profile.Type}\n");
        if (profile.Definition.Description is { } description) sb.Append($"  {description}\n");
        for (var at = profile; at.Definition.BaseDefinition is { } b; at = ProfileCatalog.Find(b)!)
        {
            sb.Append($"  based on {b}\n");
            if (ProfileCatalog.Find(b) is null) break;
        }

        sb.Append('\n');
        foreach (var rule in profile.Rules.Rules) sb.Append($"{profile.Type}: {rule.Explain()}\n");
        foreach (var child in profile.Rules.Children) Write(sb, child, profile.Type, child.Name);
        foreach (var (element, type, rules) in profile.Rules.TypedChildren) Write(sb, rules, profile.Type, $"{element} as {type}");
        return sb.ToString();
    }

    private static void Write(StringBuilder sb, ElementRules rules, string parent, string name)
    {
        var path = $"{parent}.{name}";
        var words = new List<string>();
        if (rules.Max == 0) words.Add("must not be sent");
        else if (rules.Min > 0) words.Add(rules.Min == 1 ? "required" : $"at least {rules.Min}");
        if (rules.Max is > 0 and < int.MaxValue) words.Add($"at most {rules.Max}");
        words.AddRange(rules.Rules.Select(static x => x.Explain()));
        if (rules.IsClosed) words.Add("nothing but the slices below");
        if (words.Count > 0) sb.Append($"{path}: {string.Join("; ", words.Distinct())}\n");
        foreach (var child in rules.Children) Write(sb, child, path, child.Name);
        foreach (var (element, type, typed) in rules.TypedChildren) Write(sb, typed, path, $"{element} as {type}");
        foreach (var slice in rules.Slices) Write(sb, slice.Rules, parent, $"{rules.Name}:{slice.Name}");
    }
}
