// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>The shelf-life and storage information for a medicinal product item or container can be described using this class.</summary>
public partial class ProductShelfLife : BackboneType
{
    public override string TypeName => "ProductShelfLife";

    public Identifier? Identifier { get => Get<Identifier>("identifier"); set => Set("identifier", value); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public Quantity? Period { get => Get<Quantity>("period"); set => Set("period", value); }

    public IList<CodeableConcept> SpecialPrecautionsForStorage { get => List<CodeableConcept>("specialPrecautionsForStorage"); set => SetList("specialPrecautionsForStorage", value); }
}

