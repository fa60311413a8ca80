// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Chemical substances are a single substance type whose primary defining element is the molecular structure. Chemical substances shall be defined on the basis of their complete covalent molecular structure; the presence of a salt (counter-ion) and/or solvates (water, alcohols) is also captured. Purity, grade, physical form or particle size are not taken into account in the definition of a chemical substance or in the assignment of a Substance ID.</summary>
public partial class SubstanceAmount : BackboneType
{
    public override string TypeName => "SubstanceAmount";

    public DataType? Amount { get => Get<DataType>("amount"); set => Set("amount", value); }

    public CodeableConcept? AmountType { get => Get<CodeableConcept>("amountType"); set => Set("amountType", value); }

    public FhirString? AmountTextElement { get => Get<FhirString>("amountText"); set => Set("amountText", value); }

    public string? AmountText { get => GetText("amountText"); set => SetText<FhirString>("amountText", value); }

    public ReferenceRangeComponent? ReferenceRange { get => Get<ReferenceRangeComponent>("referenceRange"); set => Set("referenceRange", value); }

    /// <summary>Reference range of possible or expected values.</summary>
    public partial class ReferenceRangeComponent : Element
    {
        public override string TypeName => "SubstanceAmount.referenceRange";

        public Quantity? LowLimit { get => Get<Quantity>("lowLimit"); set => Set("lowLimit", value); }

        public Quantity? HighLimit { get => Get<Quantity>("highLimit"); set => Set("highLimit", value); }
    }
}

