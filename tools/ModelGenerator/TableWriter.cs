using System.Text;

namespace Vkp.ModelGenerator;

/// <summary>Writes the tables that parsing and validation read at run time.</summary>
internal static class TableWriter
{
    private const int ExtensibleCodesMax = 300;

    /// <summary>
    /// `@name kind parent`, then per element `name min max types targets strength valueset`, and invariants as
    /// `!element key severity expression human` with an empty element for the type itself. Tab-separated.
    /// </summary>
    public static string Types(IEnumerable<TypeShape> types)
    {
        var sb = new StringBuilder();
        foreach (var type in types.SelectMany(static x => x.WithBackbones()))
        {
            sb.Line($"@{type.Name}\t{type.Kind}\t{type.Parent}");
            foreach (var i in type.Invariants) sb.Line($"!\t{i.Key}\t{i.Severity}\t{i.Expression}\t{i.Human}");
            foreach (var e in type.Elements)
            {
                var binding = e.BindingStrength is "required" or "extensible" && e.ValueSet is not null ? $"{e.BindingStrength}\t{e.ValueSet}" : "\t";
                sb.Line($"{e.Name}{(e.IsChoice ? "[x]" : "")}\t{e.Min}\t{e.Max}\t{string.Join('|', e.Types)}\t{string.Join('|', e.Targets)}\t{binding}".TrimEnd('\t'));
                foreach (var i in e.Invariants) sb.Line($"!{e.Name}\t{i.Key}\t{i.Severity}\t{i.Expression}\t{i.Human}");
            }
        }

        return sb.ToString();
    }

    /// <summary>`@url`, then per system `system code code ...`; `?url` for a set whose content is not published in the package.</summary>
    public static string ValueSets(R4Package package, IEnumerable<TypeShape> types)
    {
        var sb = new StringBuilder();
        var bound = types.SelectMany(static x => x.WithBackbones()).SelectMany(static x => x.Elements)
            .Where(static e => e.ValueSet is not null && e.BindingStrength is "required" or "extensible")
            .Select(static e => (ValueSet: e.ValueSet!, Strength: e.BindingStrength!))
            .Concat(VitalSigns.Bindings(package))
            .GroupBy(static e => e.ValueSet)
            .OrderBy(static x => x.Key, StringComparer.Ordinal);
        foreach (var set in bound)
        {
            var concepts = package.Expand(set.Key);
            if (concepts is null || (concepts.Count > ExtensibleCodesMax && set.All(static e => e.Strength == "extensible")))
            {
                sb.Line($"?{set.Key}");
                continue;
            }

            sb.Line($"@{set.Key}");
            foreach (var system in concepts.GroupBy(static c => c.System)) sb.Line($"{system.Key}\t{string.Join('\t', system.Select(static c => c.Code))}");
        }

        return sb.ToString();
    }
}
