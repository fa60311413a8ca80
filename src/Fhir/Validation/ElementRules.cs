using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation.Rules;

namespace Vkp.Fhir.Validation;

/// <summary>The compiled rules of one element: for each item, for its children, and for the slices among the items.</summary>
internal sealed class ElementRules
{
    private readonly ElementRules[] _children;
    private readonly SliceRules[] _slices;
    private readonly bool _isClosed;
    private readonly bool _hasSliceCardinality;

    private ElementRules(ProfileSpec spec, bool isSlice)
    {
        (Name, Min, Max) = (spec.Name, spec.Min, spec.Max);
        Rules = [.. spec.Differentials.SelectMany(RulesOf)];
        var members = spec.Children.ConvertAll(x => (Child: x, Type: TypedChoice(x.Name)));
        _children = [.. members.Where(static x => x.Type is null).Select(static x => new ElementRules(x.Child, isSlice: false))];
        TypedChildren = [.. members.Where(static x => x.Type is not null).Select(static x => (x.Type!.Value.Element, x.Type.Value.Type, new ElementRules(x.Child, isSlice: true)))];
        _slices = [.. spec.Slices.Select(x => new SliceRules(x, spec.Discriminators, new ElementRules(x, isSlice: true)))];
        _isClosed = spec.IsClosed && spec.Slices.Count > 0;
        _hasSliceCardinality = isSlice;
    }

    public string Name { get; }

    public int Min { get; }

    public int Max { get; }

    public Rule[] Rules { get; }

    public IEnumerable<ElementRules> Children => _children;

    public IEnumerable<SliceRules> Slices => _slices;

    public bool IsClosed => _isClosed;

    /// <summary>`valueQuantity`: rules for a choice element while it has that type.</summary>
    public (string Element, string Type, ElementRules Rules)[] TypedChildren { get; }

    public static ElementRules Compile(ProfileSpec spec) => new(spec, isSlice: false);

    /// <summary>The rules for one item and everything under it.</summary>
    public void CheckItem(FhirNode node, ValidationRun run)
    {
        foreach (var rule in Rules) rule.Check(node, run);
        foreach (var child in _children) child.CheckIn(node, run);
        foreach (var (element, type, rules) in TypedChildren) CheckTyped(node, element, type, rules, run);
    }

    /// <summary>Cardinality, items and slices of this element in its parent.</summary>
    private void CheckIn(FhirNode parent, ValidationRun run)
    {
        var value = parent.Find(Name);
        var items = value switch { NodeList list => list.Items, FhirNode single => [single], _ => (List<FhirNode>)[] };
        CheckCount(items.Count, Name, run);
        var counts = _slices.Length == 0 ? null : new int[_slices.Length];
        for (var i = 0; i < items.Count; i++)
        {
            run.Push(Name, value is NodeList ? i : -1);
            CheckItem(items[i], run);
            if (counts is not null) CheckSlices(items[i], counts, run);
            run.Pop();
        }

        for (var s = 0; s < _slices.Length; s++) _slices[s].Rules.CheckCount(counts![s], $"{Name}:{_slices[s].Name}", run);
    }

    private void CheckSlices(FhirNode item, int[] counts, ValidationRun run)
    {
        for (var s = 0; s < _slices.Length; s++)
        {
            if (!_slices[s].Matches(item, run)) continue;
            counts[s]++;
            _slices[s].Rules.CheckItem(item, run);
            return;
        }

        if (_isClosed) run.Error(FhirIssueCodes.SliceClosed, $"This {Name} is none of those allowed: {string.Join(", ", _slices.Select(static x => x.Name))}.", "Send one of these, or leave it out.");
    }

    private static void CheckTyped(FhirNode parent, string element, string type, ElementRules rules, ValidationRun run)
    {
        var isThere = parent.Find(element) is FhirNode value && value.TypeName == type;
        rules.CheckCount(isThere ? 1 : 0, rules.Name, run);
        if (!isThere) return;
        run.Push(element);
        rules.CheckItem((FhirNode)parent.Find(element)!, run);
        run.Pop();
    }

    private void CheckCount(int count, string what, ValidationRun run)
    {
        if (count < Min) run.Error(FhirIssueCodes.Missing, count == 0 ? $"'{what}' is missing." : $"'{what}' stands {count} times; at least {Min} are needed.", $"Add {what}.");
        if (count > Max) run.Error(FhirIssueCodes.TooMany, Max == 0 ? $"'{what}' must not be sent here." : $"'{what}' stands {count} times; at most {Max} are allowed.", Max == 0 ? "Leave it out." : $"Send at most {Max}.");
    }

    private static (string Element, string Type)? TypedChoice(string name)
    {
        // value, effective, medication and the like: the names that R4 has choices for.
        for (var i = 1; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterUpper(name[i]) || !ChoiceNames.Contains(name[..i])) continue;
            var type = name[i..];
            if (TypeDefinition.Find(type) is not null) return (name[..i], type);
            var primitive = char.ToLowerInvariant(type[0]) + type[1..];
            if (TypeDefinition.Find(primitive) is not null) return (name[..i], primitive);
        }

        return null;
    }

    private static readonly Lazy<HashSet<string>> s_choiceNames = new(static () => [.. TypeDefinition.All.SelectMany(static x => x.Elements).Where(static x => x.IsChoice).Select(static x => x.Name)]);

    private static HashSet<string> ChoiceNames => s_choiceNames.Value;

    private static IEnumerable<Rule> RulesOf(ElementDefinition element)
    {
        if (element.Fixed is { } expected) yield return new FixedRule(expected);
        if (element.Pattern is { } pattern) yield return new PatternRule(pattern);
        if (element.Binding is { ValueSet: { } valueSet } binding && binding.StrengthElement?.Text is "required" or "extensible") yield return new BindingRule(binding.StrengthElement!.Text == "required", valueSet);
        foreach (var constraint in element.Constraint)
        {
            if (constraint.Expression is null) continue;
            yield return new InvariantRule(new InvariantRow(constraint.Key ?? "?", constraint.SeverityElement?.Text == "error", constraint.Expression, constraint.Human ?? constraint.Expression));
        }

        if (element.Type.Count == 0) yield break;
        var types = element.Type.Select(static x => x.Code!).Distinct().ToList();
        if (element.Path?.Contains('.') == true && types is not ["BackboneElement" or "Element"]) yield return new TypeRule(types);
        var targets = element.Type.Where(static x => x.Code is "Reference").SelectMany(static x => x.TargetProfile).OfType<string>().ToList();
        if (targets.Count > 0) yield return new TargetRule(targets);
        if (element.Type is [{ Profile: [{ } profile] }]) yield return new ProfileRule(profile);
    }
}

/// <summary>One slice: how to know its items, and their rules.</summary>
internal sealed class SliceRules
{
    private readonly List<Func<FhirNode, ValidationRun, bool>> _matchers;

    public SliceRules(ProfileSpec spec, List<(string Type, string Path)> discriminators, ElementRules rules)
    {
        (Name, Rules) = (spec.Name, rules);
        _matchers = discriminators.ConvertAll(x => SliceMatchers.Of(spec, x.Type, x.Path));
    }

    public string Name { get; }

    public ElementRules Rules { get; }

    public bool Matches(FhirNode item, ValidationRun run) => _matchers.Count > 0 && _matchers.TrueForAll(x => x(item, run));
}
