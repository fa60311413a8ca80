// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A reference from one resource to another.</summary>
public partial class ResourceReference : DataType
{
    public override string TypeName => "Reference";

    public FhirString? ReferenceElement { get => Get<FhirString>("reference"); set => Set("reference", value); }

    public string? Reference { get => GetText("reference"); set => SetText<FhirString>("reference", value); }

    public FhirUri? TypeElement { get => Get<FhirUri>("type"); set => Set("type", value); }

    public string? Type { get => GetText("type"); set => SetText<FhirUri>("type", value); }

    public Identifier? Identifier { get => Get<Identifier>("identifier"); set => Set("identifier", value); }

    public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

    public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }
}

