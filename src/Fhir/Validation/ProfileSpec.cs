using System.Globalization;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation;

/// <summary>
/// What a profile says about one element, its base profiles' words included: a StructureDefinition's differential as a tree.
/// A derived profile starts from a copy of its base's tree and adds to it.
/// </summary>
internal sealed class ProfileSpec(string name)
{
    public string Name { get; } = name;

    public int Min { get; private set; }

    public int Max { get; private set; } = int.MaxValue;

    public List<ElementDefinition> Differentials { get; private init; } = [];

    public List<ProfileSpec> Children { get; private init; } = [];

    public List<ProfileSpec> Slices { get; private init; } = [];

    public List<(string Type, string Path)> Discriminators { get; private set; } = [];

    /// <summary>No item may be outside the slices.</summary>
    public bool IsClosed { get; private set; }

    public static ProfileSpec Of(StructureDefinition definition, ProfileSpec? baseSpec)
    {
        var root = baseSpec?.Copy() ?? new ProfileSpec(definition.Type ?? "");
        if (definition.Differential is not { } differential) return root;
        foreach (var element in differential.Element) root.At(element.Id ?? element.Path ?? "").Add(element);
        return root;
    }

    /// <summary>`Observation.code.coding:LOINC.system` leads down the tree, making what is not there yet.</summary>
    private ProfileSpec At(string id)
    {
        var at = this;
        foreach (var segment in id.Split('.').Skip(1))
        {
            var colon = segment.IndexOf(':', StringComparison.Ordinal);
            at = at.Child(colon < 0 ? segment : segment[..colon]);
            if (colon < 0) continue;
            foreach (var slice in segment[(colon + 1)..].Split('/')) at = Named(at.Slices, slice);
        }

        return at;
    }

    private ProfileSpec Child(string name) => Named(Children, name.EndsWith("[x]", StringComparison.Ordinal) ? name[..^3] : name);

    private static ProfileSpec Named(List<ProfileSpec> among, string name)
    {
        if (among.Find(x => x.Name == name) is { } known) return known;
        var made = new ProfileSpec(name);
        among.Add(made);
        return made;
    }

    private void Add(ElementDefinition element)
    {
        Differentials.Add(element);
        if (element.Min is { } min) Min = Math.Max(Min, min);
        if (element.Max is { } max && max != "*") Max = Math.Min(Max, int.Parse(max, CultureInfo.InvariantCulture));
        if (element.Slicing is not { } slicing) return;
        if (slicing.Discriminator.Count > 0) Discriminators = [.. slicing.Discriminator.Select(static x => (x.TypeElement?.Text ?? "value", x.Path ?? "$this"))];
        IsClosed |= slicing.RulesElement?.Text == "closed";
    }

    private ProfileSpec Copy() => new(Name)
    {
        Min = Min,
        Max = Max,
        Discriminators = [.. Discriminators],
        IsClosed = IsClosed,
        Differentials = [.. Differentials],
        Children = Children.ConvertAll(static x => x.Copy()),
        Slices = Slices.ConvertAll(static x => x.Copy()),
    };
}
