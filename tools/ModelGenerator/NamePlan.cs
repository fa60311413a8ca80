namespace Vkp.ModelGenerator;

/// <param name="Owner">The top-level type the enum is nested in, or null when several share it.</param>
public sealed record EnumShape(string Name, string? Owner, string ValueSet, IReadOnlyList<(string Member, string Code)> Members)
{
    public string FullName => Owner is null ? Name : $"{Owner}.{Name}";
}

/// <summary>The C# names that need all types to be known: enums (required bindings with a closed list short enough to read) and backbone classes.</summary>
public sealed class NamePlan
{
    private const int MembersMax = 60;

    public List<EnumShape> Enums { get; } = [];

    /// <summary>Class name by path, for elements that have another element's content.</summary>
    public Dictionary<string, string> BackboneClasses { get; } = new(StringComparer.Ordinal);

    public EnumShape? For(ElementShape element) =>
        element is { BindingStrength: "required", Types: ["code"], IsList: false } ? Enums.Find(x => x.ValueSet == element.ValueSet) : null;

    public static NamePlan Make(R4Package package, IReadOnlyList<TypeShape> types)
    {
        var plan = new NamePlan();
        foreach (var backbone in types.SelectMany(static x => x.WithBackbones()).Where(static x => x.Kind == 'B')) plan.BackboneClasses.Add(backbone.Name, Naming.Backbone(backbone));
        var uses = types
            .SelectMany(t => t.WithBackbones().SelectMany(x => x.Elements).Select(e => (Type: t, Element: e)))
            .Where(static x => x.Element is { BindingStrength: "required", Types: ["code"], IsList: false, ValueSet: not null })
            .GroupBy(static x => x.Element.ValueSet!)
            .OrderBy(static x => x.Key, StringComparer.Ordinal);
        foreach (var use in uses)
        {
            if (package.Expand(use.Key) is not { Count: > 0 and <= MembersMax } concepts) continue;
            var members = concepts.Select(c => (Naming.EnumMember(c.Code, c.Display), c.Code)).ToList();
            if (members.Exists(static m => m.Item1 is null) || members.DistinctBy(static m => m.Item1).Count() != members.Count) continue;
            var owners = use.Select(static x => x.Type.Name).Distinct().ToList();
            var name = Naming.Pascal(Naming.EnumMember(package.ValueSetName(use.Key), null) ?? "Codes");
            var owner = owners.Count == 1 ? Naming.Class(owners[0]) : null;
            var taken = owner is null ? types.Select(static t => Naming.Class(t.Name)) : types.First(t => t.Name == owners[0]).Elements.Select(static e => Naming.Pascal(e.Name)).Append(owner);
            if (taken.Contains(name)) name += "Codes";
            if (plan.Enums.Exists(x => x.FullName == (owner is null ? name : $"{owner}.{name}"))) name += "2";
            plan.Enums.Add(new EnumShape(name, owner, use.Key, [.. members.Select(static m => (m.Item1!, m.Code))]));
        }

        return plan;
    }
}
