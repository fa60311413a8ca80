// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Base for all elements.</summary>
public abstract partial class Element : FhirNode
{
    public FhirString? IdElement { get => Get<FhirString>("id"); set => Set("id", value); }

    public string? Id { get => GetText("id"); set => SetText<FhirString>("id", value); }

    public IList<Extension> Extension { get => List<Extension>("extension"); set => SetList("extension", value); }
}

