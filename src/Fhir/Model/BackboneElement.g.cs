// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Base for elements defined inside a resource.</summary>
public abstract partial class BackboneElement : Element
{
    public IList<Extension> ModifierExtension { get => List<Extension>("modifierExtension"); set => SetList("modifierExtension", value); }
}

