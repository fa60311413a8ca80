using System.Collections.Concurrent;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.FhirPath;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation.Rules;

namespace Vkp.Fhir.Validation;

/// <summary>What base R4 says about one type, compiled from the generated table: required elements, bindings, targets, invariants.</summary>
internal sealed class BaseRules
{
    private static readonly ConcurrentDictionary<string, BaseRules> s_byType = new(StringComparer.Ordinal);

    private readonly ElementRow[] _required;
    private readonly InvariantRule[] _invariants;
    private readonly ElementBaseRules?[] _elements;

    private BaseRules(TypeDefinition type)
    {
        _required = [.. type.Elements.Where(static x => x.Min > 0)];
        _invariants = [.. type.Invariants.Where(static x => !IsCheckedHere(x.Key)).Select(static x => new InvariantRule(x))];
        _elements = new ElementBaseRules?[type.Elements.Count];
        foreach (var element in type.Elements) _elements[element.Ordinal] = ElementBaseRules.Of(element);
    }

    /// <summary>Checks a node and everything under it, and the profiles that resources declare.</summary>
    public static void Check(FhirNode node, ValidationRun run)
    {
        if (run.IsFull || node is OpaqueResource) return;
        s_byType.GetOrAdd(node.TypeRow.Name, static (_, type) => new BaseRules(type), node.TypeRow).CheckNode(node, run);
    }

    /// <summary>ele-1 and ext-1 hold by construction or are checked below without an expression; dom-6 (a narrative would be nice) is advice that no hub message follows.</summary>
    private static bool IsCheckedHere(string key) => key is "ele-1" or "ext-1" or "dom-6";

    private void CheckNode(FhirNode node, ValidationRun run)
    {
        var outer = (run.Resource, run.RootResource, run.Bundle);
        if (node is Resource resource) Enter(resource, run);
        foreach (var element in _required)
        {
            if (node.Find(element.Name) is null) run.Error(FhirIssueCodes.Missing, $"'{element.Name}' is missing; {node.TypeName} needs {(element.IsList ? "at least one" : "it")}.", $"Add {element.Name}.");
        }

        CheckChildren(node, run);
        foreach (var invariant in _invariants) invariant.Check(node, run);
        if (node is Extension extension) CheckExtension(extension, run);
        if (node.Find("modifierExtension") is NodeList modifiers) CheckModifiers(modifiers, run);
        if (node is CodeableConcept concept) CodeTexts.Check(concept, run);
        if (node is Bundle bundle) BundleRules.Check(bundle, run);
        if (node is Resource declared && run.Options.UseDeclaredProfiles) CheckDeclared(declared, run);
        (run.Resource, run.RootResource, run.Bundle) = outer;
    }

    private void CheckChildren(FhirNode node, ValidationRun run)
    {
        foreach (ref readonly var slot in node.Slots)
        {
            if (slot.Element.Ordinal >= _elements.Length) continue;
            var rules = _elements[slot.Element.Ordinal];
            switch (slot.Value)
            {
                case FhirNode child:
                    run.Push(slot.Element.Name);
                    CheckChild(child, rules, run);
                    run.Pop();
                    break;
                case NodeList list:
                    for (var i = 0; i < list.Items.Count; i++)
                    {
                        run.Push(slot.Element.Name, i);
                        CheckChild(list.Items[i], rules, run);
                        run.Pop();
                    }

                    break;
            }
        }
    }

    private static void CheckChild(FhirNode child, ElementBaseRules? rules, ValidationRun run)
    {
        rules?.Check(child, run);

        // A plain primitive has nothing under it.
        if (child is PrimitiveType && child.SlotCount == 0) return;
        Check(child, run);
    }

    private static void Enter(Resource resource, ValidationRun run)
    {
        var isContained = run.Resource is DomainResource container && !ReferenceEquals(container, resource) && container.Contained.Contains(resource);
        if (!isContained) run.RootResource = resource;
        run.Resource = resource;
        if (resource is Bundle bundle) run.Bundle = new BundleIndex(bundle);
    }

    private static void CheckExtension(Extension extension, ValidationRun run)
    {
        if (extension.Value is not null == extension.Extension.Count > 0)
        {
            run.Error(FhirIssueCodes.Invariant, "An extension has either a value or extensions of its own.", "Send one of the two.", "ext-1");
        }

        // An extension says by its address which definition it follows.
        if (extension.Url is { } url && ProfileCatalog.Find(url) is { Type: "Extension" } profile) ProfileRules.CheckItem(extension, profile, run);
    }

    /// <summary>A modifier extension can turn a statement into its opposite: one that nobody here knows must be seen by a person.</summary>
    private static void CheckModifiers(NodeList modifiers, ValidationRun run)
    {
        foreach (var modifier in modifiers.Items.OfType<Extension>())
        {
            if (modifier.Url is { } url && ProfileCatalog.Find(url) is not null) continue;
            run.Warning(FhirIssueCodes.NotChecked, "Holds a modifier extension that is not known here; it may change what the rest means.", "Look at it by eye before journaling.", modifier.Url);
        }
    }

    private static void CheckDeclared(Resource resource, ValidationRun run)
    {
        if (resource.Meta is not { } meta) return;
        for (var i = 0; i < meta.Profile.Count; i++)
        {
            if (meta.Profile[i] is { } canonical) ProfileRules.CheckDeclared(resource, canonical, i, run);
        }
    }
}

/// <summary>What base R4 says about the values of one element.</summary>
internal sealed class ElementBaseRules
{
    private readonly string[]? _types;
    private readonly BindingRule? _binding;
    private readonly TargetRule? _targets;
    private readonly InvariantRule[] _invariants;

    private ElementBaseRules(ElementRow element)
    {
        _types = element.IsChoice && element.Types.Length < 40 ? element.Types : null;
        _binding = element.ValueSet.Length > 0 ? new BindingRule(element.BindingStrength == "required", element.ValueSet) : null;
        _targets = element.Targets.Length > 0 ? new TargetRule(element.Targets) : null;
        _invariants = [.. element.Invariants.Select(static x => new InvariantRule(x))];
    }

    /// <summary>Null when there is nothing to check.</summary>
    public static ElementBaseRules? Of(ElementRow element) =>
        (element.IsChoice && element.Types.Length < 40) || element.ValueSet.Length > 0 || element.Targets.Length > 0 || element.Invariants.Count > 0 ? new ElementBaseRules(element) : null;

    public void Check(FhirNode node, ValidationRun run)
    {
        if (_types is not null && !_types.Contains(node.TypeName)) run.Error(FhirIssueCodes.WrongType, $"A {node.TypeName} is not allowed here.", $"Use {string.Join(" or ", _types)}.");
        _binding?.Check(node, run);
        _targets?.Check(node, run);
        foreach (var invariant in _invariants) invariant.Check(node, run);
    }
}
